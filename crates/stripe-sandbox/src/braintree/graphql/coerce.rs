//! Input coercion: converts the values of variables and arguments to their schema types.

use super::schema::{Schema, TypeKind, TypeRef, name_of};
use graphql_parser::schema::Type;
use serde_json::{Map, Value};

/// Why a value cannot be coerced. The message must never repeat the value, which may be a card number.
#[derive(Debug, PartialEq, Eq)]
pub struct CoercionError {
    pub message: String,
    /// The input field that the sandbox's schema lacks, when that is the reason.
    pub unknown_field: Option<String>,
}

impl From<String> for CoercionError {
    fn from(message: String) -> Self {
        Self {
            message,
            unknown_field: None,
        }
    }
}

/// Coerces `value` to the type `ty`.
///
/// # Errors
/// A message such as `Field 'x' has coerced Null value for NonNull type 'ID!'`.
pub fn coerce(schema: &Schema, value: &Value, ty: &TypeRef) -> Result<Value, CoercionError> {
    match ty {
        Type::NonNullType(_) if value.is_null() => {
            Err(format!("has coerced Null value for NonNull type '{ty}'").into())
        }
        Type::NonNullType(inner) => coerce(schema, value, inner),
        _ if value.is_null() => Ok(Value::Null),
        Type::ListType(inner) => {
            let items = match value {
                Value::Array(items) => items.clone(),
                one => vec![one.clone()],
            };
            items
                .iter()
                .map(|item| coerce(schema, item, inner))
                .collect::<Result<Vec<_>, _>>()
                .map(Value::Array)
        }
        Type::NamedType(name) => match schema.kind(name) {
            Some(TypeKind::Input(_)) => object(schema, value, name),
            Some(TypeKind::Enum(values)) => match value.as_str() {
                Some(name) if values.contains(name) => Ok(value.clone()),
                _ => Err(format!("is no value of the enum type '{name}'").into()),
            },
            Some(TypeKind::Scalar) => scalar(value, name),
            _ => Err(format!("cannot be of the type '{name}'").into()),
        },
    }
}

fn object(schema: &Schema, value: &Value, name: &str) -> Result<Value, CoercionError> {
    let (Some(TypeKind::Input(members)), Value::Object(given)) = (schema.kind(name), value) else {
        return Err(format!("must be an object of the type '{name}'").into());
    };
    if let Some(unknown) = given
        .keys()
        .find(|key| !members.iter().any(|member| member.name == **key))
    {
        let shown: String = unknown.chars().take(40).collect();
        return Err(CoercionError {
            message: format!(
                "contains a field name '{shown}' that is not defined for input object type '{name}'"
            ),
            unknown_field: Some(format!(
                "the field '{shown}' of the input object type '{name}'"
            )),
        });
    }
    let mut coerced = Map::new();
    for member in members {
        match given.get(&member.name) {
            None if !matches!(member.ty, Type::NonNullType(_)) => {}
            given => {
                let value = coerce(schema, given.unwrap_or(&Value::Null), &member.ty)
                    .map_err(|error| in_member(&member.name, error))?;
                coerced.insert(member.name.clone(), value);
            }
        }
    }
    Ok(Value::Object(coerced))
}

fn in_member(member: &str, error: CoercionError) -> CoercionError {
    match error.message.starts_with("Field '") {
        true => error,
        false => CoercionError {
            message: format!("Field '{member}' {}", error.message),
            ..error
        },
    }
}

/// Braintree's own scalars are strings; a number is accepted for them too, because clients send numbers.
fn scalar(value: &Value, name: &str) -> Result<Value, CoercionError> {
    let fits = match name {
        "Int" => value.as_i64().is_some_and(|n| i32::try_from(n).is_ok()),
        "Float" => value.is_number(),
        "Boolean" => value.is_boolean(),
        "String" | "URL" => value.is_string(),
        _ => value.is_string() || value.is_number(),
    };
    match (fits, value) {
        (false, _) => Err(format!("is no value of the type '{name}'").into()),
        (true, Value::Number(number)) if !matches!(name, "Int" | "Float") => {
            Ok(number.to_string().into())
        }
        (true, _) => Ok(value.clone()),
    }
}

/// Whether a variable of type `given` can be used where the type `wanted` is expected.
#[must_use]
pub fn compatible(given: &TypeRef, wanted: &TypeRef) -> bool {
    match (given, wanted) {
        (Type::NonNullType(given), Type::NonNullType(wanted)) => compatible(given, wanted),
        (Type::NonNullType(given), wanted) => compatible(given, wanted),
        (_, Type::NonNullType(_)) => false,
        (Type::ListType(given), Type::ListType(wanted)) => compatible(given, wanted),
        (Type::NamedType(_), Type::NamedType(_)) => name_of(given) == name_of(wanted),
        _ => false,
    }
}
