//! Collects the fields of a selection set with its fragments inlined (`CollectFields` of the GraphQL specification).

use super::document::SelectedField;
use super::error::GraphError;
use super::schema::{Schema, TypeKind, TypeRef, name_of};
use super::values::QueryVariables;
use graphql_parser::Pos;
use graphql_parser::query::{
    Definition, Directive, Document, Field, FragmentDefinition, Selection, SelectionSet,
    TypeCondition,
};
use std::collections::BTreeMap;

/// Collects the fields of one document.
pub struct FieldCollector<'d> {
    schema: &'d Schema,
    fragments: BTreeMap<&'d str, &'d FragmentDefinition<'d, String>>,
    variables: &'d QueryVariables,
}

impl<'d> FieldCollector<'d> {
    pub fn new(
        schema: &'d Schema,
        document: &'d Document<'d, String>,
        variables: &'d QueryVariables,
    ) -> Self {
        let fragments = document
            .definitions
            .iter()
            .filter_map(|definition| match definition {
                Definition::Fragment(fragment) => Some((fragment.name.as_str(), fragment)),
                Definition::Operation(_) => None,
            })
            .collect();
        Self {
            schema,
            fragments,
            variables,
        }
    }

    /// The fields that `set` selects on the type `on`.
    pub fn collect(
        &self,
        set: &SelectionSet<'d, String>,
        on: &str,
    ) -> Result<Vec<SelectedField>, GraphError> {
        let mut collected = Vec::new();
        self.collect_into(set, on, &mut Vec::new(), &mut collected)?;
        Ok(collected)
    }

    fn collect_into(
        &self,
        set: &SelectionSet<'d, String>,
        on: &str,
        open: &mut Vec<String>,
        collected: &mut Vec<SelectedField>,
    ) -> Result<(), GraphError> {
        for selection in &set.items {
            match selection {
                Selection::Field(field) => {
                    if self.is_included(&field.directives)? {
                        merge(collected, self.field(field, on, open)?)?;
                    }
                }
                Selection::InlineFragment(it) => {
                    let condition = it
                        .type_condition
                        .as_ref()
                        .map_or(on, |TypeCondition::On(name)| name);
                    self.check_type_condition(condition, on, it.position)?;
                    if self.is_included(&it.directives)? {
                        self.collect_into(&it.selection_set, condition, open, collected)?;
                    }
                }
                Selection::FragmentSpread(it) => {
                    let Some(fragment) = self.fragments.get(it.fragment_name.as_str()) else {
                        let message = format!("Undefined fragment {}", it.fragment_name);
                        return Err(refuse("UndefinedFragment", &message, it.position));
                    };
                    let TypeCondition::On(condition) = &fragment.type_condition;
                    self.check_type_condition(condition, on, it.position)?;
                    if open.contains(&it.fragment_name) {
                        let message = format!("Fragment {} contains itself", it.fragment_name);
                        return Err(refuse("FragmentCycle", &message, it.position));
                    }
                    if self.is_included(&it.directives)? {
                        open.push(it.fragment_name.clone());
                        self.collect_into(&fragment.selection_set, condition, open, collected)?;
                        open.pop();
                    }
                }
            }
        }
        Ok(())
    }

    fn field(
        &self,
        field: &Field<'d, String>,
        on: &str,
        open: &mut Vec<String>,
    ) -> Result<SelectedField, GraphError> {
        let at = field.position;
        let mut selected = SelectedField {
            key: field.alias.as_ref().unwrap_or(&field.name).clone(),
            name: field.name.clone(),
            args: serde_json::Map::new(),
            on: on.to_owned(),
            ty: TypeRef::NamedType("String".to_owned()),
            selections: Vec::new(),
            at,
        };
        if field.name == "__typename" {
            return Ok(selected);
        }
        let def = self
            .schema
            .kind(on)
            .and_then(TypeKind::fields)
            .and_then(|fields| fields.get(&field.name));
        let Some(def) = def else {
            let message = format!("Field '{}' in type '{on}' is undefined", field.name);
            let braintree_message = format!("Validation error of type FieldUndefined: {message}");
            let what = format!("the field '{}' of the type '{on}'", field.name);
            return Err(GraphError::not_modelled(&what, &braintree_message, at));
        };
        selected.ty = def.ty.clone();
        selected.args = self
            .variables
            .arguments(self.schema, &def.args, &field.arguments, at)?;
        let inner = name_of(&def.ty);
        let has_fields = self.schema.kind(inner).and_then(TypeKind::fields).is_some();
        match (has_fields, field.selection_set.items.is_empty()) {
            (true, true) => {
                let message = format!(
                    "Sub selection required for type {inner} of field {}",
                    field.name
                );
                return Err(refuse("SubSelectionRequired", &message, at));
            }
            (false, false) => {
                let message = format!(
                    "Sub selection not allowed on leaf type {inner} of field {}",
                    field.name
                );
                return Err(refuse("SubSelectionNotAllowed", &message, at));
            }
            (true, false) => {
                self.collect_into(&field.selection_set, inner, open, &mut selected.selections)?
            }
            (false, true) => {}
        }
        Ok(selected)
    }

    fn check_type_condition(&self, condition: &str, on: &str, at: Pos) -> Result<(), GraphError> {
        if self.schema.kind(condition).is_none() {
            return Err(refuse(
                "UnknownType",
                &format!("Unknown type {condition}"),
                at,
            ));
        }
        if !self.schema.overlap(condition, on) {
            let message = format!(
                "Fragment cannot be spread here as objects of type {on} can never be of type {condition}"
            );
            return Err(refuse("InvalidFragmentType", &message, at));
        }
        Ok(())
    }

    fn is_included(&self, directives: &[Directive<'d, String>]) -> Result<bool, GraphError> {
        let condition = super::schema::InputDef {
            name: "if".to_owned(),
            ty: TypeRef::NonNullType(Box::new(TypeRef::NamedType("Boolean".to_owned()))),
        };
        let mut included = true;
        for directive in directives {
            let at = directive.position;
            let args = self.variables.arguments(
                self.schema,
                std::slice::from_ref(&condition),
                &directive.arguments,
                at,
            )?;
            let value = args
                .get("if")
                .and_then(serde_json::Value::as_bool)
                .unwrap_or_default();
            included &= match directive.name.as_str() {
                "include" => value,
                "skip" => !value,
                other => {
                    return Err(refuse(
                        "UnknownDirective",
                        &format!("Unknown directive {other}"),
                        at,
                    ));
                }
            };
        }
        Ok(included)
    }
}

/// Merges a field that is selected twice into one.
fn merge(collected: &mut Vec<SelectedField>, new: SelectedField) -> Result<(), GraphError> {
    let same = collected
        .iter_mut()
        .find(|field| field.key == new.key && field.on == new.on);
    match same {
        None => collected.push(new),
        Some(field) if field.name == new.name && field.args == new.args => {
            for selection in new.selections {
                merge(&mut field.selections, selection)?;
            }
        }
        Some(_) => {
            let message = format!("{}: they are different fields", new.key);
            return Err(refuse("FieldsConflict", &message, new.at));
        }
    }
    Ok(())
}

fn refuse(kind: &str, message: &str, at: Pos) -> GraphError {
    GraphError::document(format!("Validation error of type {kind}: {message}"), at)
}
