//! The OpenAPI document and its pages: the document is valid, describes what is configured, and describes what the server
//! really answers. That every route has a call is a test beside the document's code.

mod mytime_responses;
mod other_responses;
mod pages;
mod requests;
mod validity;

use serde_json::Value;

use crate::support::Answer;
use crate::support::World;
use crate::support::contract::{Comparison, compare};

pub async fn document(world: &World) -> Value {
    let response = world.get("/docs/openapi.json").send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "application/json");
    response.json().await.unwrap()
}

/// Asserts the status of a response, and that the call's documentation has it.
#[track_caller]
pub fn documented((method, path): (&str, &str), status: u16, answer: &Answer) {
    assert_eq!(answer.status, status, "{answer:?}");
    let found = compare(method, path, answer.status, &answer.body);
    assert_eq!(found, Comparison::Documented, "{method} {path} {answer:?}");
}
