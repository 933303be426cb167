//! The document against the official JSON Schema of OpenAPI 3.1, and its schemas against JSON Schema 2020-12.
//!
//! `oas-3.1-schema-2026-08-03.json` is `src/schemas/validation/schema.yaml` of
//! <https://github.com/OAI/OpenAPI-Specification> (Apache-2.0), as published at
//! <https://spec.openapis.org/oas/3.1/schema/2026-08-03>.

use std::collections::BTreeSet;

use jsonschema::Draft;
use serde_json::{Value, json};

use super::document;
use crate::support::World;
use crate::support::contract::{Comparison, compare};

const OFFICIAL: &str = include_str!("oas-3.1-schema-2026-08-03.json");

fn errors(document: &Value) -> Vec<String> {
    let schema = serde_json::from_str(OFFICIAL).unwrap();
    let validator = jsonschema::options()
        .with_draft(Draft::Draft202012)
        .offline()
        .build(&schema)
        .unwrap();
    let errors = validator.iter_errors(document);
    errors
        .map(|error| format!("{} at {}", error, error.instance_path()))
        .collect()
}

/// Every object in the document that is a reference.
fn references(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        Value::Object(members) => {
            if let Some(Value::String(reference)) = members.get("$ref") {
                found.insert(reference.clone());
            }
            members.values().for_each(|item| references(item, found));
        }
        _ => {}
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_document_is_valid_openapi() {
    let world = World::open().await;
    let mut document = document(&world).await;
    assert_eq!(errors(&document), [""; 0]);
    // The check can fail.
    document["paths"]["/holds"]["post"]["responses"] = json!({"twohundred": {}});
    assert!(!errors(&document).is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn every_schema_is_a_valid_json_schema() {
    let world = World::open().await;
    let document = document(&world).await;
    let schemas = document["components"]["schemas"].as_object().unwrap();
    assert!(schemas.len() > 80, "{}", schemas.len());
    for (name, schema) in schemas {
        let invalid = jsonschema::draft202012::meta::validate(schema);
        assert!(invalid.is_ok(), "{name}: {:?}", invalid.err());
        assert!(schema["description"].is_string(), "{name} says nothing");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_reference_leads_somewhere_and_every_schema_is_used() {
    let world = World::open().await;
    let document = document(&world).await;
    let mut used = BTreeSet::new();
    references(&document, &mut used);
    for reference in &used {
        let pointer = reference.strip_prefix('#').unwrap();
        assert!(document.pointer(pointer).is_some(), "{reference}");
    }
    for name in document["components"]["schemas"]
        .as_object()
        .unwrap()
        .keys()
    {
        let reference = format!("#/components/schemas/{name}");
        assert!(used.contains(&reference), "{name} is not used");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_call_has_an_id_of_its_own_and_names_the_parameters_of_its_path() {
    let world = World::open().await;
    let document = document(&world).await;
    let mut ids = BTreeSet::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for operation in methods.as_object().unwrap().values() {
            let id = operation["operationId"].as_str().unwrap();
            assert!(ids.insert(id.to_owned()), "{id} is there twice");
            let named: BTreeSet<_> = path
                .split('/')
                .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
                .collect();
            let parameters = operation["parameters"].as_array();
            let described: BTreeSet<_> = parameters
                .into_iter()
                .flatten()
                .filter(|parameter| parameter["in"] == "path")
                .map(|parameter| parameter["name"].as_str().unwrap())
                .collect();
            assert_eq!(named, described, "{path}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_systems_with_an_account_are_described() {
    let world = World::with(|settings| settings.accounts.truncate(1)).await;
    let document = document(&world).await;
    let paths = document["paths"].as_object().unwrap();
    assert!(paths.contains_key("/api/mkp/v1/user/credit_cards"));
    assert!(paths.contains_key("/holds"));
    for path in paths.keys() {
        let foreign = ["/v1", "/v9", "/payment", "/__faults"];
        assert!(!foreign.iter().any(|base| path.starts_with(base)), "{path}");
    }
    assert_eq!(document["servers"][0]["url"], "http://127.0.0.1:9");
}

#[test]
fn an_answer_that_is_not_documented_is_noticed() {
    let call = |status, body| compare("DELETE", "/v1/account/payment-methods/pm_1", status, &body);
    assert_eq!(call(204, json!(null)), Comparison::Documented);
    assert_eq!(
        call(410, json!({"message": "Gone."})),
        Comparison::Documented
    );
    for (status, body) in [
        (200, json!({})),
        (204, json!({})),
        (404, json!({"message": "Gone."})),
        (410, json!({"message": "Gone.", "secret": 1})),
        (410, json!({"message": 7})),
        (410, json!({})),
    ] {
        let found = call(status, body);
        assert!(
            matches!(found, Comparison::Undocumented(_)),
            "{status} {found:?}"
        );
    }
    let other = compare("GET", "/v1/payment_methods", 200, &json!({}));
    assert_eq!(other, Comparison::OtherAddress);
}
