//! The responses of a call: its own, and the errors that the calls of an API share.
//!
//! A shared error is written once and referred to, unless the call has more to say about its status. It must never leave
//! out a form of a body: two forms of one status are alternatives.

use serde_json::{Map, Value, json};

use super::api::ApiDescription;
use super::components::{ComponentSchemas, SchemaUse};
use super::operation::{ApiOperation, OperationResponse, ResponseContent, SharedError};

/// The errors that say with `retry-after` when to try again.
const WITH_RETRY_AFTER: [u16; 2] = [429, 503];

fn shared_name(api: &ApiDescription, error: SharedError) -> String {
    format!("{}{}", api.name, error.0)
}

/// The errors that calls of the API refer to.
pub(super) fn shared(
    api: &ApiDescription,
    components: &mut ComponentSchemas,
) -> Map<String, Value> {
    let is_used = |error: &&SharedError| {
        let mut operations = api.operations.iter();
        operations.any(|operation| refers_to(operation, **error))
    };
    let errors = api.shared_errors.iter().filter(is_used);
    let errors = errors.map(|error| {
        let response = OperationResponse {
            status: error.0,
            description: error.2,
            content: ResponseContent::Error,
        };
        (
            shared_name(api, *error),
            write(api, &[&response], components),
        )
    });
    errors.collect()
}

/// Whether the call has the error, and nothing else with its status.
fn refers_to(operation: &ApiOperation, error: SharedError) -> bool {
    let mut own = operation.responses.iter();
    operation.can_answer(error.1) && !own.any(|own| own.status == error.0)
}

/// The responses of a call by status.
pub(super) fn of_operation(
    api: &ApiDescription,
    operation: &ApiOperation,
    components: &mut ComponentSchemas,
) -> Map<String, Value> {
    let mut written = Map::new();
    for response in &operation.responses {
        let status = response.status;
        if written.contains_key(&status.to_string()) {
            continue;
        }
        let own = operation
            .responses
            .iter()
            .filter(|own| own.status == status);
        let mut forms: Vec<_> = own.collect();
        let mut shared = api.shared_errors.iter();
        let shared = shared.find(|error| error.0 == status && operation.can_answer(error.1));
        let shared = shared.map(|error| OperationResponse {
            status,
            description: error.2,
            content: ResponseContent::Error,
        });
        let has_error = |forms: &[&OperationResponse]| {
            let mut forms = forms.iter();
            forms.any(|form| matches!(form.content, ResponseContent::Error))
        };
        if let Some(shared) = &shared
            && !has_error(&forms)
        {
            forms.push(shared);
        }
        written.insert(status.to_string(), write(api, &forms, components));
    }
    for error in api.shared_errors {
        if refers_to(operation, *error) {
            let reference = format!("#/components/responses/{}", shared_name(api, *error));
            written.insert(error.0.to_string(), json!({"$ref": reference}));
        }
    }
    written
}

/// Writes the forms of one status as one response.
fn write(
    api: &ApiDescription,
    forms: &[&OperationResponse],
    components: &mut ComponentSchemas,
) -> Value {
    let mut texts: Vec<&str> = Vec::new();
    let mut bodies: Vec<Value> = Vec::new();
    let mut written = Map::new();
    for form in forms {
        if !form.description.is_empty() && !texts.contains(&form.description) {
            texts.push(form.description);
        }
        match form.content {
            ResponseContent::Empty => {}
            ResponseContent::Html => {
                let page = json!({"text/html": {"schema": {"type": "string"}}});
                written.insert("content".to_owned(), page);
            }
            ResponseContent::Json(of) => bodies.push(components.schema(SchemaUse::Response, of)),
            ResponseContent::Error => {
                bodies.push(components.schema(SchemaUse::Response, api.error));
            }
        }
        if WITH_RETRY_AFTER.contains(&form.status) {
            let header = json!({
                "description": "When to try again, in seconds. It is left out where a repeat does not help.",
                "schema": {"type": "integer"},
            });
            written.insert("headers".to_owned(), json!({"retry-after": header}));
        }
    }
    bodies.dedup();
    let schema = match bodies.as_slice() {
        [] => None,
        [only] => Some(only.clone()),
        alternatives => Some(json!({"anyOf": alternatives})),
    };
    if let Some(schema) = schema {
        let content = json!({"application/json": {"schema": schema}});
        written.insert("content".to_owned(), content);
    }
    written.insert("description".to_owned(), texts.join(" ").into());
    written.into()
}
