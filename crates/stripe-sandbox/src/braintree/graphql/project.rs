//! From what a call made to what was asked for. An object may hold references, which are followed only as far as the
//! document goes: a customer has cards, which have the customer.

use super::document::Asked;
use super::schema::{Schema, name_of};
use serde_json::{Map, Value, json};

pub trait Store {
    /// The object behind a global id, with its `__typename`.
    fn object(&self, id: &str) -> Option<Value>;

    /// Global ids of the transactions that are looked for, newest first.
    fn transactions(&self, input: &Map<String, Value>) -> Vec<String>;
}

/// What is found depends on what each member is asked with.
#[must_use]
pub fn search() -> Value {
    json!({ "transactions": { "__search": true } })
}

/// A reference to the object `id`, for a member of another object.
#[must_use]
pub fn reference(id: &str) -> Value {
    json!({ "__ref": id })
}

/// References to several objects, for a member that is a connection.
#[must_use]
pub fn list(ids: impl IntoIterator<Item = String>) -> Value {
    json!({ "__list": ids.into_iter().collect::<Vec<_>>() })
}

#[derive(Clone, Copy)]
pub struct Project<'a> {
    pub schema: &'a Schema,
    pub store: &'a dyn Store,
}

impl Project<'_> {
    /// What `asked` asks for, of `value`.
    #[must_use]
    pub fn value(&self, value: &Value, asked: &Asked) -> Value {
        if let Some(id) = value.get("__ref").and_then(Value::as_str) {
            return match self.store.object(id) {
                Some(object) => self.value(&object, asked),
                None => Value::Null,
            };
        }
        if let Some(ids) = value.get("__list").and_then(Value::as_array) {
            return self.object(&page(ids, &asked.args), name_of(&asked.ty), &asked.sub);
        }
        if value.get("__search").is_some() {
            let input = asked.args.get("input").and_then(Value::as_object);
            let found = self.store.transactions(input.unwrap_or(&Map::new()));
            let ids: Vec<Value> = found.into_iter().map(Value::from).collect();
            return self.object(&page(&ids, &asked.args), name_of(&asked.ty), &asked.sub);
        }
        match value {
            Value::Array(items) => items.iter().map(|item| self.value(item, asked)).collect(),
            Value::Object(_) if !asked.sub.is_empty() => {
                self.object(value, name_of(&asked.ty), &asked.sub)
            }
            other => other.clone(),
        }
    }

    fn object(&self, value: &Value, ty: &str, asked: &[Asked]) -> Value {
        let own = value
            .get("__typename")
            .and_then(Value::as_str)
            .unwrap_or(ty);
        let mut answer = Map::new();
        for field in asked
            .iter()
            .filter(|field| self.schema.fits(own, &field.on))
        {
            let new = match field.name.as_str() {
                "__typename" => own.into(),
                name => self.value(value.get(name).unwrap_or(&Value::Null), field),
            };
            match answer.get_mut(&field.key) {
                Some(known) => blend(known, new),
                None => {
                    answer.insert(field.key.clone(), new);
                }
            }
        }
        Value::Object(answer)
    }
}

/// Two fragments may each ask for a part of the same object.
fn blend(known: &mut Value, new: Value) {
    match (known, new) {
        (Value::Object(known), Value::Object(new)) => {
            for (key, value) in new {
                match known.get_mut(&key) {
                    Some(inner) => blend(inner, value),
                    None => {
                        known.insert(key, value);
                    }
                }
            }
        }
        (Value::Array(known), Value::Array(new)) => {
            known
                .iter_mut()
                .zip(new)
                .for_each(|(inner, value)| blend(inner, value));
        }
        _ => {}
    }
}

/// One page of a connection: `first` after the cursor `after`. A cursor is the id of its node.
fn page(ids: &[Value], args: &Map<String, Value>) -> Value {
    let after = args.get("after").filter(|cursor| !cursor.is_null());
    let from = after.map_or(0, |cursor| {
        ids.iter()
            .position(|id| id == cursor)
            .map_or(ids.len(), |at| at + 1)
    });
    let first = args
        .get("first")
        .and_then(Value::as_u64)
        .map_or(50, |n| n.min(50));
    let shown: Vec<&Value> = ids
        .iter()
        .skip(from)
        .take(usize::try_from(first).unwrap_or(50))
        .collect();
    let edges: Vec<Value> = shown
        .iter()
        .map(|id| json!({ "cursor": id, "node": { "__ref": id } }))
        .collect();
    json!({
        "edges": edges,
        "pageInfo": {
            "hasNextPage": from + shown.len() < ids.len(), "hasPreviousPage": from > 0,
            "startCursor": shown.first(), "endCursor": shown.last(),
        },
    })
}
