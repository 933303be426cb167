//! Projects a resolver's result onto the selected fields. References between objects are followed only as far as the document
//! selects, because they form cycles: a customer has cards, and each card has its customer.

use super::document::SelectedField;
use super::schema::{Schema, name_of};
use serde_json::{Map, Value, json};

/// Nodes per page of a connection.
const MAX_PAGE_SIZE: u64 = 50;

pub trait ObjectStore {
    /// The object behind a global id, with its `__typename`.
    fn object(&self, id: &str) -> Option<Value>;

    /// Global ids of the transactions that match a `TransactionSearchInput`, newest first.
    fn transactions(&self, input: &Map<String, Value>) -> Vec<String>;
}

/// The result of `search`. The search runs during projection, because its input is an argument of the inner field.
#[must_use]
pub fn search() -> Value {
    json!({ "transactions": { "__search": true } })
}

/// A reference to the object with the global id `id`.
#[must_use]
pub fn reference(id: &str) -> Value {
    json!({ "__ref": id })
}

/// A connection to the objects with these global ids.
#[must_use]
pub fn list(ids: impl IntoIterator<Item = String>) -> Value {
    json!({ "__list": ids.into_iter().collect::<Vec<_>>() })
}

#[derive(Clone, Copy)]
pub struct Projection<'a> {
    pub schema: &'a Schema,
    pub store: &'a dyn ObjectStore,
}

impl Projection<'_> {
    /// Projects `value` onto the selections of `field`.
    #[must_use]
    pub fn value(&self, value: &Value, field: &SelectedField) -> Value {
        if let Some(id) = value.get("__ref").and_then(Value::as_str) {
            return match self.store.object(id) {
                Some(object) => self.value(&object, field),
                None => Value::Null,
            };
        }
        if let Some(ids) = value.get("__list").and_then(Value::as_array) {
            return self.object(
                &page(ids, &field.args),
                name_of(&field.ty),
                &field.selections,
            );
        }
        if value.get("__search").is_some() {
            let input = field.args.get("input").and_then(Value::as_object);
            let found = self.store.transactions(input.unwrap_or(&Map::new()));
            let ids: Vec<Value> = found.into_iter().map(Value::from).collect();
            return self.object(
                &page(&ids, &field.args),
                name_of(&field.ty),
                &field.selections,
            );
        }
        match value {
            Value::Array(items) => items.iter().map(|item| self.value(item, field)).collect(),
            Value::Object(_) if !field.selections.is_empty() => {
                self.object(value, name_of(&field.ty), &field.selections)
            }
            other => other.clone(),
        }
    }

    fn object(&self, value: &Value, ty: &str, selections: &[SelectedField]) -> Value {
        let type_name = value
            .get("__typename")
            .and_then(Value::as_str)
            .unwrap_or(ty);
        let mut projected = Map::new();
        for field in selections
            .iter()
            .filter(|field| self.schema.fits(type_name, &field.on))
        {
            let new = match field.name.as_str() {
                "__typename" => type_name.into(),
                name => self.value(value.get(name).unwrap_or(&Value::Null), field),
            };
            match projected.get_mut(&field.key) {
                Some(present) => merge_values(present, new),
                None => {
                    projected.insert(field.key.clone(), new);
                }
            }
        }
        Value::Object(projected)
    }
}

/// Merges the parts of one object that different fragments select.
fn merge_values(present: &mut Value, new: Value) {
    match (present, new) {
        (Value::Object(present), Value::Object(new)) => {
            for (key, value) in new {
                match present.get_mut(&key) {
                    Some(inner) => merge_values(inner, value),
                    None => {
                        present.insert(key, value);
                    }
                }
            }
        }
        (Value::Array(present), Value::Array(new)) => {
            present
                .iter_mut()
                .zip(new)
                .for_each(|(inner, value)| merge_values(inner, value));
        }
        _ => {}
    }
}

/// One page of a connection: the first `first` nodes after the cursor `after`, at most [`MAX_PAGE_SIZE`]. A cursor is the id of
/// its node.
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
        .map_or(MAX_PAGE_SIZE, |first| first.min(MAX_PAGE_SIZE));
    let nodes: Vec<&Value> = ids
        .iter()
        .skip(from)
        .take(usize::try_from(first).unwrap_or(usize::MAX))
        .collect();
    let edges: Vec<Value> = nodes
        .iter()
        .map(|id| json!({ "cursor": id, "node": { "__ref": id } }))
        .collect();
    json!({
        "edges": edges,
        "pageInfo": {
            "hasNextPage": from + nodes.len() < ids.len(), "hasPreviousPage": from > 0,
            "startCursor": nodes.first(), "endCursor": nodes.last(),
        },
    })
}
