//! The schemas of one API: one generator for what the server reads and one for what it writes, and the names of the
//! schemas in the document.
//!
//! A member that may be left out of a request can be in every response, so that one type has two schemas. It must never
//! give two schemas one name.

use std::collections::BTreeMap;

use schemars::SchemaGenerator;
use schemars::generate::{Contract, SchemaSettings};
use serde_json::{Map, Value};

use super::description;
use super::operation::SchemaOf;

/// Where a schema is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SchemaUse {
    Request,
    Response,
}

#[derive(Debug)]
pub(super) struct ComponentSchemas {
    api: &'static str,
    requests: SchemaGenerator,
    responses: SchemaGenerator,
}

/// The references of one API before they have their names in the document, such as `#/MyTime/request/SaveCard`.
fn path_of(api: &str, contract: &Contract) -> String {
    let side = if contract.is_deserialize() {
        "request"
    } else {
        "response"
    };
    format!("/{api}/{side}")
}

fn generator(api: &str, contract: Contract) -> SchemaGenerator {
    let path = path_of(api, &contract);
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.definitions_path = path.into();
        settings.meta_schema = None;
        settings.contract = contract;
    });
    settings.into_generator()
}

impl ComponentSchemas {
    pub fn new(api: &'static str) -> Self {
        Self {
            api,
            requests: generator(api, Contract::Deserialize),
            responses: generator(api, Contract::Serialize),
        }
    }

    /// The schema of a type, whose references [`Self::finish`] names.
    pub fn schema(&mut self, used_in: SchemaUse, of: SchemaOf) -> Value {
        let generator = match used_in {
            SchemaUse::Request => &mut self.requests,
            SchemaUse::Response => &mut self.responses,
        };
        let mut schema = of(generator).to_value();
        description::clean_up(&mut schema);
        schema
    }

    /// Adds the named schemas to the document, and the names of their references to `names`.
    pub fn finish(
        mut self,
        schemas: &mut Map<String, Value>,
        names: &mut BTreeMap<String, String>,
    ) {
        let written = self.responses.take_definitions(true);
        let read = self.requests.take_definitions(true);
        let sides = [
            (Contract::Serialize, &written, ""),
            (Contract::Deserialize, &read, "Input"),
        ];
        for (contract, definitions, ending) in sides {
            let path = path_of(self.api, &contract);
            for (name, schema) in definitions {
                let named = if name.starts_with(self.api) {
                    name.clone()
                } else {
                    format!("{}{name}", self.api)
                };
                let is_taken = schemas.contains_key(&named);
                let named = if is_taken {
                    format!("{named}{ending}")
                } else {
                    named
                };
                let mut schema = schema.clone();
                set_required(&mut schema, contract.is_deserialize());
                if !contract.is_deserialize() {
                    leave_out_nulls(&mut schema);
                }
                description::shorten(&mut schema);
                description::clean_up(&mut schema);
                names.insert(
                    format!("#{path}/{name}"),
                    format!("#/components/schemas/{named}"),
                );
                schemas.insert(named, schema);
            }
        }
    }
}

/// Requires the members of a request that serde would fill in, where the type names them.
fn set_required(schema: &mut Value, is_request: bool) {
    let Some(schema) = schema.as_object_mut() else {
        return;
    };
    if let Some(required) = schema.remove("x-required-in-requests")
        && is_request
    {
        schema.insert("required".to_owned(), required);
    }
}

/// A member of a response that is not required is left out and never null.
fn leave_out_nulls(schema: &mut Value) {
    let required = schema.get("required").cloned().unwrap_or_default();
    let is_required = |name: &str| {
        let mut required = required.as_array().into_iter().flatten();
        required.any(|one| one == name)
    };
    let members = schema.get_mut("properties").and_then(Value::as_object_mut);
    for (name, member) in members.into_iter().flatten() {
        if is_required(name) {
            continue;
        }
        let Some(member) = member.as_object_mut() else {
            continue;
        };
        for word in ["type", "anyOf"] {
            if let Some(Value::Array(kinds)) = member.get_mut(word) {
                kinds.retain(|kind| kind != "null" && kind.get("type") != Some(&"null".into()));
                if let [only] = kinds.as_slice() {
                    let only = only.clone();
                    match (word, only) {
                        ("anyOf", Value::Object(only)) => {
                            member.remove("anyOf");
                            member.extend(only);
                        }
                        (_, only) => {
                            member.insert(word.to_owned(), only);
                        }
                    }
                }
            }
        }
    }
}

/// Replaces every reference by its name in the document.
pub(super) fn name_references(document: &mut Value, names: &BTreeMap<String, String>) {
    match document {
        Value::Array(items) => items
            .iter_mut()
            .for_each(|item| name_references(item, names)),
        Value::Object(members) => {
            if let Some(Value::String(reference)) = members.get_mut("$ref")
                && let Some(named) = names.get(reference.as_str())
            {
                reference.clone_from(named);
            }
            for member in members.values_mut() {
                name_references(member, names);
            }
        }
        _ => {}
    }
}
