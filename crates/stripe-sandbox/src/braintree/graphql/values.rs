//! The variables and arguments of one document: coerces variables and substitutes them in arguments.

use super::coerce::{coerce, compatible};
use super::error::GraphError;
use super::schema::{InputDef, Schema, TypeRef, name_of};
use graphql_parser::Pos;
use graphql_parser::query::{Type, Value as Literal, VariableDefinition};
use serde_json::{Map, Value};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// The variables of the selected operation.
#[derive(Debug)]
pub struct QueryVariables {
    declared: BTreeMap<String, (TypeRef, bool)>,
    values: BTreeMap<String, Value>,
    used: RefCell<BTreeSet<String>>,
}

type Definition<'a> = VariableDefinition<'a, String>;

impl QueryVariables {
    /// Coerces the sent values to the types the operation declares.
    ///
    /// # Errors
    /// An unknown type, or a value that does not fit its type.
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
                let braintree_message =
                    format!("Validation error of type UnknownType: Unknown type {name}");
                return Err(GraphError::not_modelled(
                    &format!("the type '{name}'"),
                    &braintree_message,
                    at,
                ));
            }
            let default = definition.default_value.as_ref().map(literal);
            let value = sent.get(name).cloned().or_else(|| default.clone());
            let value = match (value, &ty) {
                (None, Type::NonNullType(_)) => {
                    let message =
                        format!("Variable '{name}' has coerced Null value for NonNull type '{ty}'");
                    return Err(GraphError::document(message, at));
                }
                (None, _) => None,
                (Some(value), _) => Some(coerce(schema, &value, &ty).map_err(|error| {
                    let braintree_message =
                        format!("Variable '{name}' has an invalid value: {}", error.message);
                    GraphError::of_value(error.unknown_field, &braintree_message, at)
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

    /// The first variable that no argument uses. Braintree refuses a document that has one.
    #[must_use]
    pub fn unused(&self) -> Option<String> {
        let used = self.used.borrow();
        self.declared
            .keys()
            .find(|name| !used.contains(*name))
            .cloned()
    }

    /// The arguments of a field or directive, coerced to their types.
    ///
    /// # Errors
    /// An unknown or missing argument, or a value that does not fit its type.
    pub fn arguments(
        &self,
        schema: &Schema,
        defs: &[InputDef],
        given: &[(String, Literal<'_, String>)],
        at: Pos,
    ) -> Result<Map<String, Value>, GraphError> {
        let refuse = |kind: &str, message: String| {
            GraphError::document(format!("Validation error of type {kind}: {message}"), at)
        };
        if let Some((unknown, _)) = given
            .iter()
            .find(|(name, _)| !defs.iter().any(|def| def.name == *name))
        {
            let braintree_message = format!(
                "Validation error of type UnknownArgument: Unknown field argument {unknown}"
            );
            return Err(GraphError::not_modelled(
                &format!("the field argument '{unknown}'"),
                &braintree_message,
                at,
            ));
        }
        let mut arguments = Map::new();
        for def in defs {
            let argument = given.iter().find(|(name, _)| *name == def.name);
            let value = match argument {
                Some((_, Literal::Variable(name))) => {
                    let (ty, default) = self.declared.get(name).ok_or_else(|| {
                        refuse("UndefinedVariable", format!("Undefined variable {name}"))
                    })?;
                    let nullable = TypeRef::NonNullType(Box::new(ty.clone()));
                    if !compatible(if *default { &nullable } else { ty }, &def.ty) {
                        let message = format!(
                            "Variable '{name}' of type '{ty}' does not match the type '{}'",
                            def.ty
                        );
                        return Err(refuse("VariableTypeMismatch", message));
                    }
                    self.used.borrow_mut().insert(name.clone());
                    self.values.get(name).cloned()
                }
                Some((_, other)) => Some(self.substitute(other).map_err(|name| {
                    refuse("UndefinedVariable", format!("Undefined variable {name}"))
                })?),
                None => None,
            };
            match value {
                None if matches!(def.ty, Type::NonNullType(_)) => {
                    let message = format!("Missing field argument {}", def.name);
                    return Err(refuse("MissingFieldArgument", message));
                }
                None => {}
                Some(value) => {
                    let value = coerce(schema, &value, &def.ty).map_err(|error| {
                        let braintree_message = format!(
                            "Validation error of type WrongType: argument '{}' {}",
                            def.name, error.message
                        );
                        GraphError::of_value(error.unknown_field, &braintree_message, at)
                    })?;
                    arguments.insert(def.name.clone(), value);
                }
            }
        }
        Ok(arguments)
    }

    /// A literal with its variables substituted. The error is the name of an undeclared variable.
    fn substitute(&self, literal_value: &Literal<'_, String>) -> Result<Value, String> {
        match literal_value {
            Literal::Variable(name) if !self.declared.contains_key(name) => Err(name.clone()),
            Literal::Variable(name) => {
                self.used.borrow_mut().insert(name.clone());
                Ok(self.values.get(name).cloned().unwrap_or(Value::Null))
            }
            Literal::List(items) => items.iter().map(|item| self.substitute(item)).collect(),
            Literal::Object(members) => members
                .iter()
                .map(|(name, value)| Ok((name.clone(), self.substitute(value)?)))
                .collect::<Result<Map<_, _>, _>>()
                .map(Value::Object),
            other => Ok(literal(other)),
        }
    }
}

fn literal(literal_value: &Literal<'_, String>) -> Value {
    match literal_value {
        Literal::Int(number) => number.as_i64().into(),
        Literal::Float(number) => (*number).into(),
        Literal::String(text) | Literal::Enum(text) => text.clone().into(),
        Literal::Boolean(truth) => (*truth).into(),
        Literal::List(items) => items.iter().map(literal).collect(),
        Literal::Object(members) => members
            .iter()
            .map(|(name, value)| (name.clone(), literal(value)))
            .collect(),
        Literal::Null | Literal::Variable(_) => Value::Null,
    }
}

fn owned(ty: &Type<'_, String>) -> TypeRef {
    match ty {
        Type::NamedType(name) => TypeRef::NamedType(name.clone()),
        Type::ListType(inner) => TypeRef::ListType(Box::new(owned(inner))),
        Type::NonNullType(inner) => TypeRef::NonNullType(Box::new(owned(inner))),
    }
}
