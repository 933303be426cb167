//! Writes the declared APIs as one OpenAPI 3.1 document.
//!
//! Called once at the start. Sources: <https://spec.openapis.org/oas/v3.1.1.html>. It must never contain a value of the
//! configuration but the server's own origin.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::api::ApiDescription;
use super::components::{ComponentSchemas, SchemaUse, name_references};
use super::operation::{ApiOperation, OperationParameter, ParameterLocation};
use super::responses;

/// Texts about all calls.
const ABOUT: &str = "The wallet APIs of this server and its own calls. Every response has the header `x-request-id`; an \
    error repeats it in its body. Sentences for people are in the language of `accept-language`: English, Arabic, German, \
    Spanish or French, and `content-language` names it. Members that are not described are ignored, and whole numbers may \
    be in quotes. A request may take 30 seconds unless the operator chose another time.";

/// Writes the document of these APIs.
pub(super) fn write(apis: &[ApiDescription], public_url: &str) -> Value {
    let mut document = json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Wallet server",
            "version": env!("CARGO_PKG_VERSION"),
            "description": ABOUT,
            "license": {"name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0"},
        },
        "servers": [{"url": public_url}],
        "tags": tags(apis),
    });
    let (mut paths, mut schemas) = (Map::new(), Map::new());
    let (mut shared, mut schemes) = (Map::new(), Map::new());
    let mut names = BTreeMap::new();
    for api in apis {
        let mut components = ComponentSchemas::new(api.name);
        for operation in &api.operations {
            let path = format!("{}{}", api.base, operation.path);
            let written = Value::Object(write_operation(api, operation, &mut components));
            let item = paths.entry(path).or_insert_with(|| Map::new().into());
            if let Some(item) = item.as_object_mut() {
                item.insert(operation.method.to_owned(), written);
            }
        }
        shared.extend(responses::shared(api, &mut components));
        components.finish(&mut schemas, &mut names);
        for scheme in api.schemes {
            schemes.insert(scheme.name().to_owned(), scheme.to_json());
        }
    }
    if let Some(document) = document.as_object_mut() {
        document.insert("paths".to_owned(), paths.into());
        let components =
            json!({"schemas": schemas, "responses": shared, "securitySchemes": schemes});
        document.insert("components".to_owned(), components);
    }
    name_references(&mut document, &names);
    document
}

fn tags(apis: &[ApiDescription]) -> Vec<Value> {
    let all = apis.iter().flat_map(|api| api.tags);
    all.map(|(name, description)| json!({"name": name, "description": description}))
        .collect()
}

fn write_operation(
    api: &ApiDescription,
    operation: &ApiOperation,
    components: &mut ComponentSchemas,
) -> Map<String, Value> {
    let mut written = Map::new();
    let mut insert = |name: &str, value: Value| written.insert(name.to_owned(), value);
    insert("operationId", operation.id.into());
    insert("tags", json!([operation.tag]));
    insert("summary", operation.summary.into());
    if !operation.notes.is_empty() {
        insert("description", operation.notes.into());
    }
    let mut parameters: Vec<_> = operation.parameters.iter().map(write_parameter).collect();
    if let Some(query) = operation.query {
        parameters.extend(query_parameters(
            &components.schema(SchemaUse::Request, query),
        ));
    }
    if !parameters.is_empty() {
        insert("parameters", parameters.into());
    }
    if let Some(body) = operation.body {
        let schema = components.schema(SchemaUse::Request, body);
        insert(
            "requestBody",
            json!({
                "required": !operation.body_is_optional,
                "content": {"application/json": {"schema": schema}},
            }),
        );
    }
    let security = if operation.is_public {
        Vec::new()
    } else {
        let alternative = |all: &&[&str]| {
            let all = all.iter().map(|name| ((*name).to_owned(), json!([])));
            Value::Object(all.collect())
        };
        api.security.iter().map(alternative).collect()
    };
    insert("security", security.into());
    insert(
        "responses",
        responses::of_operation(api, operation, components).into(),
    );
    written
}

fn write_parameter(parameter: &OperationParameter) -> Value {
    let (location, required) = match parameter.location {
        ParameterLocation::Path => ("path", true),
        ParameterLocation::Header => ("header", false),
    };
    json!({
        "name": parameter.name, "in": location, "required": required, "description": parameter.description,
        "schema": {"type": "string"},
    })
}

/// The members of an object as query parameters.
fn query_parameters(object: &Value) -> Vec<Value> {
    let required = |name: &str| {
        let required = object.get("required").and_then(Value::as_array);
        required.is_some_and(|all| all.iter().any(|one| one == name))
    };
    let members = object.get("properties").and_then(Value::as_object);
    let members = members.into_iter().flatten();
    let parameter = |(name, schema): (&String, &Value)| {
        let mut schema = schema.clone();
        let description = schema
            .as_object_mut()
            .and_then(|schema| schema.remove("description"));
        // A query has no null: a parameter is left out.
        if let Some(Value::Array(kinds)) = schema.get("type")
            && let Some(kind) = kinds.iter().find(|kind| *kind != "null").cloned()
            && let Some(schema) = schema.as_object_mut()
        {
            schema.insert("type".to_owned(), kind);
        }
        let mut written =
            json!({"name": name, "in": "query", "required": required(name), "schema": schema});
        if let (Some(description), Some(written)) = (description, written.as_object_mut()) {
            written.insert("description".to_owned(), description);
        }
        written
    };
    members.map(parameter).collect()
}
