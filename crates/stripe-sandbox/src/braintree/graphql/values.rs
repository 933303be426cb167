//! Variables and arguments of one document: read, checked, and put where they are used.

use super::coerce::{coerce, compatible};
use super::error::GraphError;
use super::schema::{InputDef, Schema, TypeRef, name_of};
use graphql_parser::Pos;
use graphql_parser::query::{Type, Value as Written, VariableDefinition};
use serde_json::{Map, Value};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// The variables of the operation that runs.
#[derive(Debug)]
pub struct Variables {
    declared: BTreeMap<String, (TypeRef, bool)>,
    values: BTreeMap<String, Value>,
    used: RefCell<BTreeSet<String>>,
}

type Definition<'a> = VariableDefinition<'a, String>;

impl Variables {
    /// Reads what was sent by what the operation declares.
    ///
    /// # Errors
    /// An unknown type, or a value that is none of its type.
    pub fn read(
        schema: &Schema,
        definitions: &[Definition<'_>],
        sent: &Map<String, Value>,
    ) -> Result<Self, GraphError> {
        let mut variables = Self {
            declared: BTreeMap::new(),
            values: BTreeMap::new(),
            used: RefCell::default(),
        };
        for definition in definitions {
            let (name, at) = (&definition.name, definition.position);
            let ty = owned(&definition.var_type);
            if schema.kind(name_of(&ty)).is_none() {
                let name = name_of(&ty);
                let theirs = format!("Validation error of type UnknownType: Unknown type {name}");
                return Err(GraphError::not_modelled(
                    &format!("the type '{name}'"),
                    &theirs,
                    at,
                ));
            }
            let default = definition.default_value.as_ref().map(literal);
            let value = sent.get(name).cloned().or_else(|| default.clone());
            let value = match (value, &ty) {
                (None, Type::NonNullType(_)) => {
                    let wrong =
                        format!("Variable '{name}' has coerced Null value for NonNull type '{ty}'");
                    return Err(GraphError::document(wrong, at));
                }
                (None, _) => None,
                (Some(value), _) => Some(coerce(schema, &value, &ty).map_err(|wrong| {
                    let theirs = format!("Variable '{name}' has an invalid value: {}", wrong.words);
                    GraphError::of_value(wrong.member, &theirs, at)
                })?),
            };
            variables
                .values
                .extend(value.map(|value| (name.clone(), value)));
            variables
                .declared
                .insert(name.clone(), (ty, default.is_some()));
        }
        Ok(variables)
    }

    /// The first variable that nothing uses: a document that has one is refused, as at Braintree.
    #[must_use]
    pub fn unused(&self) -> Option<String> {
        let used = self.used.borrow();
        self.declared
            .keys()
            .find(|name| !used.contains(*name))
            .cloned()
    }

    /// The arguments of a field, each as its type allows.
    ///
    /// # Errors
    /// An unknown or a missing argument, or a value that is none of its type.
    pub fn arguments(
        &self,
        schema: &Schema,
        defs: &[InputDef],
        written: &[(String, Written<'_, String>)],
        at: Pos,
    ) -> Result<Map<String, Value>, GraphError> {
        let refuse = |kind: &str, words: String| {
            GraphError::document(format!("Validation error of type {kind}: {words}"), at)
        };
        if let Some((unknown, _)) = written
            .iter()
            .find(|(name, _)| !defs.iter().any(|def| def.name == *name))
        {
            let theirs = format!(
                "Validation error of type UnknownArgument: Unknown field argument {unknown}"
            );
            return Err(GraphError::not_modelled(
                &format!("the field argument '{unknown}'"),
                &theirs,
                at,
            ));
        }
        let mut whole = Map::new();
        for def in defs {
            let given = written.iter().find(|(name, _)| *name == def.name);
            let value = match given {
                Some((_, Written::Variable(name))) => {
                    let (ty, default) = self.declared.get(name).ok_or_else(|| {
                        refuse("UndefinedVariable", format!("Undefined variable {name}"))
                    })?;
                    let nullable = TypeRef::NonNullType(Box::new(ty.clone()));
                    if !compatible(if *default { &nullable } else { ty }, &def.ty) {
                        let words = format!(
                            "Variable '{name}' of type '{ty}' does not match the type '{}'",
                            def.ty
                        );
                        return Err(refuse("VariableTypeMismatch", words));
                    }
                    self.used.borrow_mut().insert(name.clone());
                    self.values.get(name).cloned()
                }
                Some((_, other)) => Some(self.fill(other).map_err(|name| {
                    refuse("UndefinedVariable", format!("Undefined variable {name}"))
                })?),
                None => None,
            };
            match value {
                None if matches!(def.ty, Type::NonNullType(_)) => {
                    let words = format!("Missing field argument {}", def.name);
                    return Err(refuse("MissingFieldArgument", words));
                }
                None => {}
                Some(value) => {
                    let value = coerce(schema, &value, &def.ty).map_err(|wrong| {
                        let theirs = format!(
                            "Validation error of type WrongType: argument '{}' {}",
                            def.name, wrong.words
                        );
                        GraphError::of_value(wrong.member, &theirs, at)
                    })?;
                    whole.insert(def.name.clone(), value);
                }
            }
        }
        Ok(whole)
    }

    /// A written value with its variables filled in; the error names one that is not declared.
    fn fill(&self, written: &Written<'_, String>) -> Result<Value, String> {
        match written {
            Written::Variable(name) if !self.declared.contains_key(name) => Err(name.clone()),
            Written::Variable(name) => {
                self.used.borrow_mut().insert(name.clone());
                Ok(self.values.get(name).cloned().unwrap_or(Value::Null))
            }
            Written::List(items) => items.iter().map(|item| self.fill(item)).collect(),
            Written::Object(members) => members
                .iter()
                .map(|(name, value)| Ok((name.clone(), self.fill(value)?)))
                .collect::<Result<Map<_, _>, _>>()
                .map(Value::Object),
            other => Ok(literal(other)),
        }
    }
}

fn literal(written: &Written<'_, String>) -> Value {
    match written {
        Written::Int(number) => number.as_i64().into(),
        Written::Float(number) => (*number).into(),
        Written::String(text) | Written::Enum(text) => text.clone().into(),
        Written::Boolean(truth) => (*truth).into(),
        Written::List(items) => items.iter().map(literal).collect(),
        Written::Object(members) => members
            .iter()
            .map(|(name, value)| (name.clone(), literal(value)))
            .collect(),
        Written::Null | Written::Variable(_) => Value::Null,
    }
}

fn owned(ty: &Type<'_, String>) -> TypeRef {
    match ty {
        Type::NamedType(name) => TypeRef::NamedType(name.clone()),
        Type::ListType(inner) => TypeRef::ListType(Box::new(owned(inner))),
        Type::NonNullType(inner) => TypeRef::NonNullType(Box::new(owned(inner))),
    }
}
