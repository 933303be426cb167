//! Values that were sent, made into what a type allows. Used for variables and for arguments.

use super::schema::{Kind, Schema, TypeRef, name_of};
use graphql_parser::schema::Type;
use serde_json::{Map, Value};

/// What is wrong with a value. It never repeats the value.
#[derive(Debug, PartialEq, Eq)]
pub struct Wrong {
    pub words: String,
    /// The member that the excerpt of the schema does not have, when it is that.
    pub member: Option<String>,
}

impl From<String> for Wrong {
    fn from(words: String) -> Self {
        Self {
            words,
            member: None,
        }
    }
}

/// `value` as `ty`, or what is wrong with it.
///
/// # Errors
/// A sentence such as `Field 'x' has coerced Null value for NonNull type 'ID!'`.
pub fn coerce(schema: &Schema, value: &Value, ty: &TypeRef) -> Result<Value, Wrong> {
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
            Some(Kind::Input(_)) => object(schema, value, name),
            Some(Kind::Enum(words)) => match value.as_str() {
                Some(word) if words.contains(word) => Ok(value.clone()),
                _ => Err(format!("is no value of the enum type '{name}'").into()),
            },
            Some(Kind::Scalar) => scalar(value, name),
            _ => Err(format!("cannot be of the type '{name}'").into()),
        },
    }
}

fn object(schema: &Schema, value: &Value, name: &str) -> Result<Value, Wrong> {
    let (Some(Kind::Input(members)), Value::Object(given)) = (schema.kind(name), value) else {
        return Err(format!("must be an object of the type '{name}'").into());
    };
    if let Some(unknown) = given
        .keys()
        .find(|key| !members.iter().any(|member| member.name == **key))
    {
        let shown: String = unknown.chars().take(40).collect();
        return Err(Wrong {
            words: format!(
                "contains a field name '{shown}' that is not defined for input object type '{name}'"
            ),
            member: Some(format!(
                "the field '{shown}' of the input object type '{name}'"
            )),
        });
    }
    let mut whole = Map::new();
    for member in members {
        match given.get(&member.name) {
            None if !matches!(member.ty, Type::NonNullType(_)) => {}
            sent => {
                let value = coerce(schema, sent.unwrap_or(&Value::Null), &member.ty)
                    .map_err(|wrong| inside(&member.name, wrong))?;
                whole.insert(member.name.clone(), value);
            }
        }
    }
    Ok(Value::Object(whole))
}

fn inside(member: &str, wrong: Wrong) -> Wrong {
    match wrong.words.starts_with("Field '") {
        true => wrong,
        false => Wrong {
            words: format!("Field '{member}' {}", wrong.words),
            ..wrong
        },
    }
}

/// Scalars of Braintree's own are strings; a number is taken where people write one.
fn scalar(value: &Value, name: &str) -> Result<Value, Wrong> {
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

/// Whether a variable of type `given` may stand where `wanted` is expected.
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
