//! Selection sets with their fragments laid out flat. Used by [`super::document`].

use super::document::Asked;
use super::error::GraphError;
use super::schema::{Kind, Schema, TypeRef, name_of};
use super::values::Variables;
use graphql_parser::Pos;
use graphql_parser::query::{
    Definition, Directive, Document, Field, FragmentDefinition, Selection, SelectionSet,
    TypeCondition,
};
use std::collections::BTreeMap;

/// Lays out the selections of one document.
pub struct Flat<'d> {
    schema: &'d Schema,
    fragments: BTreeMap<&'d str, &'d FragmentDefinition<'d, String>>,
    variables: &'d Variables,
}

impl<'d> Flat<'d> {
    /// For the fragments of `document`.
    pub fn new(
        schema: &'d Schema,
        document: &'d Document<'d, String>,
        variables: &'d Variables,
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

    /// The fields `set` asks of the type `on`.
    pub fn fields(
        &self,
        set: &SelectionSet<'d, String>,
        on: &str,
    ) -> Result<Vec<Asked>, GraphError> {
        let mut asked = Vec::new();
        self.lay_out(set, on, &mut Vec::new(), &mut asked)?;
        Ok(asked)
    }

    fn lay_out(
        &self,
        set: &SelectionSet<'d, String>,
        on: &str,
        open: &mut Vec<String>,
        asked: &mut Vec<Asked>,
    ) -> Result<(), GraphError> {
        for selection in &set.items {
            match selection {
                Selection::Field(field) => {
                    if self.wanted(&field.directives)? {
                        merge(asked, self.field(field, on, open)?)?;
                    }
                }
                Selection::InlineFragment(it) => {
                    let condition = it
                        .type_condition
                        .as_ref()
                        .map_or(on, |TypeCondition::On(name)| name);
                    self.applies(condition, on, it.position)?;
                    if self.wanted(&it.directives)? {
                        self.lay_out(&it.selection_set, condition, open, asked)?;
                    }
                }
                Selection::FragmentSpread(it) => {
                    let Some(fragment) = self.fragments.get(it.fragment_name.as_str()) else {
                        let words = format!("Undefined fragment {}", it.fragment_name);
                        return Err(refuse("UndefinedFragment", &words, it.position));
                    };
                    let TypeCondition::On(condition) = &fragment.type_condition;
                    self.applies(condition, on, it.position)?;
                    if open.contains(&it.fragment_name) {
                        let words = format!("Fragment {} contains itself", it.fragment_name);
                        return Err(refuse("FragmentCycle", &words, it.position));
                    }
                    if self.wanted(&it.directives)? {
                        open.push(it.fragment_name.clone());
                        self.lay_out(&fragment.selection_set, condition, open, asked)?;
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
    ) -> Result<Asked, GraphError> {
        let at = field.position;
        let mut asked = Asked {
            key: field.alias.as_ref().unwrap_or(&field.name).clone(),
            name: field.name.clone(),
            args: serde_json::Map::new(),
            on: on.to_owned(),
            ty: TypeRef::NamedType("String".to_owned()),
            sub: Vec::new(),
            at,
        };
        if field.name == "__typename" {
            return Ok(asked);
        }
        let def = self
            .schema
            .kind(on)
            .and_then(Kind::fields)
            .and_then(|fields| fields.get(&field.name));
        let Some(def) = def else {
            let words = format!("Field '{}' in type '{on}' is undefined", field.name);
            let theirs = format!("Validation error of type FieldUndefined: {words}");
            let what = format!("the field '{}' of the type '{on}'", field.name);
            return Err(GraphError::not_modelled(&what, &theirs, at));
        };
        asked.ty = def.ty.clone();
        asked.args = self
            .variables
            .arguments(self.schema, &def.args, &field.arguments, at)?;
        let inner = name_of(&def.ty);
        let parts = self.schema.kind(inner).and_then(Kind::fields).is_some();
        match (parts, field.selection_set.items.is_empty()) {
            (true, true) => {
                let words = format!(
                    "Sub selection required for type {inner} of field {}",
                    field.name
                );
                return Err(refuse("SubSelectionRequired", &words, at));
            }
            (false, false) => {
                let words = format!(
                    "Sub selection not allowed on leaf type {inner} of field {}",
                    field.name
                );
                return Err(refuse("SubSelectionNotAllowed", &words, at));
            }
            (true, false) => self.lay_out(&field.selection_set, inner, open, &mut asked.sub)?,
            (false, true) => {}
        }
        Ok(asked)
    }

    fn applies(&self, condition: &str, on: &str, at: Pos) -> Result<(), GraphError> {
        if self.schema.kind(condition).is_none() {
            return Err(refuse(
                "UnknownType",
                &format!("Unknown type {condition}"),
                at,
            ));
        }
        if !self.schema.overlap(condition, on) {
            let words = format!(
                "Fragment cannot be spread here as objects of type {on} can never be of type {condition}"
            );
            return Err(refuse("InvalidFragmentType", &words, at));
        }
        Ok(())
    }

    fn wanted(&self, directives: &[Directive<'d, String>]) -> Result<bool, GraphError> {
        let condition = super::schema::InputDef {
            name: "if".to_owned(),
            ty: TypeRef::NonNullType(Box::new(TypeRef::NamedType("Boolean".to_owned()))),
        };
        let mut wanted = true;
        for directive in directives {
            let at = directive.position;
            let args = self.variables.arguments(
                self.schema,
                std::slice::from_ref(&condition),
                &directive.arguments,
                at,
            )?;
            let truth = args
                .get("if")
                .and_then(serde_json::Value::as_bool)
                .unwrap_or_default();
            wanted &= match directive.name.as_str() {
                "include" => truth,
                "skip" => !truth,
                other => {
                    return Err(refuse(
                        "UnknownDirective",
                        &format!("Unknown directive {other}"),
                        at,
                    ));
                }
            };
        }
        Ok(wanted)
    }
}

/// The same field asked for twice is one field that answers both.
fn merge(asked: &mut Vec<Asked>, new: Asked) -> Result<(), GraphError> {
    let same = asked
        .iter_mut()
        .find(|known| known.key == new.key && known.on == new.on);
    match same {
        None => asked.push(new),
        Some(known) if known.name == new.name && known.args == new.args => {
            for sub in new.sub {
                merge(&mut known.sub, sub)?;
            }
        }
        Some(_) => {
            let words = format!("{}: they are different fields", new.key);
            return Err(refuse("FieldsConflict", &words, new.at));
        }
    }
    Ok(())
}

fn refuse(kind: &str, words: &str, at: Pos) -> GraphError {
    GraphError::document(format!("Validation error of type {kind}: {words}"), at)
}
