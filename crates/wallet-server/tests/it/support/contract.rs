//! Compares the responses that tests read with the OpenAPI document: a status or a member that it does not have fails the
//! test.
//!
//! [`super::Answer`] calls it for every response. Requests to addresses that are not in the document, such as those of the
//! gateway, are left alone.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jsonschema::{Draft, ValidatorMap};
use serde_json::{Map, Value, json};
use wallet_server::config::WalletSystem;
use wallet_server::openapi::{ApiDocumentation, DocumentScope};

/// The sentence of a fault that a test injected, which has any status.
const INJECTED: &str = "This failure was asked for.";

/// What the document says about a response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Comparison {
    /// A call has this response.
    Documented,
    /// The address is not in the document.
    OtherAddress,
    /// The address is in the document, and none of its calls has this response.
    Undocumented(String),
}

/// One call: the segments of its path, and the JSON pointer of its body's schema by status.
struct Call {
    method: String,
    segments: Vec<String>,
    bodies: BTreeMap<u16, Option<String>>,
}

pub struct Contract {
    calls: Vec<Call>,
    schemas: ValidatorMap,
}

static CONTRACT: LazyLock<Contract> = LazyLock::new(|| {
    let documentation = ApiDocumentation::new(DocumentScope {
        systems: &WalletSystem::ALL,
        allow_faults: true,
        public_url: "https://cards.example",
    });
    Contract::of(&serde_json::from_str(&documentation.json).unwrap())
});

/// Panics if the document does not have the response.
pub fn check(path: &str, status: u16, body: &Value) {
    if let Comparison::Undocumented(why) = CONTRACT.compare(None, path, status, body) {
        panic!("not as in the OpenAPI document: {path} answered {status} {body}: {why}");
    }
}

/// What the document says about a response of a call.
pub fn compare(method: &str, path: &str, status: u16, body: &Value) -> Comparison {
    CONTRACT.compare(Some(method), path, status, body)
}

impl Contract {
    pub fn of(document: &Value) -> Self {
        let mut schemas = document["components"]["schemas"]
            .as_object()
            .unwrap()
            .clone();
        let mut calls = Vec::new();
        for (path, methods) in document["paths"].as_object().unwrap() {
            for (method, operation) in methods.as_object().unwrap() {
                let mut bodies = BTreeMap::new();
                for (status, response) in operation["responses"].as_object().unwrap() {
                    let shared = response["$ref"]
                        .as_str()
                        .map(|at| at.trim_start_matches('#'));
                    let response = shared.map_or(response, |at| document.pointer(at).unwrap());
                    let schema = response.pointer("/content/application~1json/schema");
                    let pointer = schema.map(|schema| {
                        let name = format!("response{}", schemas.len());
                        schemas.insert(name.clone(), schema.clone());
                        format!("#/$defs/{name}")
                    });
                    bodies.insert(status.parse().unwrap(), pointer);
                }
                calls.push(Call {
                    method: method.to_ascii_uppercase(),
                    segments: path.split('/').map(str::to_owned).collect(),
                    bodies,
                });
            }
        }
        let mut schemas = json!({"$defs": schemas});
        adapt(&mut schemas);
        let schemas = jsonschema::options()
            .with_draft(Draft::Draft202012)
            .offline()
            .build_map(&schemas)
            .unwrap();
        Self { calls, schemas }
    }

    fn compare(&self, method: Option<&str>, path: &str, status: u16, body: &Value) -> Comparison {
        let path: Vec<&str> = path.split('/').collect();
        let calls = self.calls.iter().filter(|call| call.has_path(&path));
        let calls: Vec<_> = calls
            .filter(|call| method.is_none_or(|method| call.method == method))
            .collect();
        let injected = body.to_string().contains(INJECTED);
        if calls.is_empty() || status == 405 || injected {
            return Comparison::OtherAddress;
        }
        let mut why = format!("no call has the status {status}");
        for call in calls {
            match call.bodies.get(&status) {
                None => {}
                Some(None) if body.is_null() => return Comparison::Documented,
                Some(None) => why = format!("{} has no body", call.method),
                Some(Some(pointer)) => {
                    let errors = self.schemas.get(pointer).unwrap().iter_errors(body);
                    let errors: Vec<_> = errors
                        .map(|error| format!("{} at {}", error, error.instance_path()))
                        .collect();
                    if errors.is_empty() {
                        return Comparison::Documented;
                    }
                    why = format!("{}: {}", call.method, errors.join("; "));
                }
            }
        }
        Comparison::Undocumented(why)
    }
}

impl Call {
    fn has_path(&self, path: &[&str]) -> bool {
        let mut both = self.segments.iter().zip(path);
        self.segments.len() == path.len()
            && both.all(|(segment, given)| segment.starts_with('{') || segment == given)
    }
}

/// Makes the schemas a document of JSON Schema, in which an object has no members but those that are described.
fn adapt(schema: &mut Value) {
    match schema {
        Value::Array(items) => items.iter_mut().for_each(adapt),
        Value::Object(members) => {
            if let Some(Value::String(reference)) = members.get_mut("$ref") {
                *reference = reference.replace("#/components/schemas/", "#/$defs/");
            }
            close(members);
            members.values_mut().for_each(adapt);
        }
        _ => {}
    }
}

fn close(members: &mut Map<String, Value>) {
    let is_object = members.get("type").is_some_and(|kind| kind == "object");
    if is_object && members.contains_key("properties") {
        members
            .entry("additionalProperties")
            .or_insert(Value::Bool(false));
    }
}
