//! A response of the server, read whole and compared with the OpenAPI document.

use reqwest::Response;
use serde_json::Value;

use super::contract;

#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    pub status: u16,
    pub body: Value,
}

impl Answer {
    pub async fn of(response: Response) -> Self {
        let status = response.status().as_u16();
        let path = response.url().path().to_owned();
        let body = response.bytes().await.expect("a whole answer");
        let mut body = serde_json::from_slice(&body).unwrap_or(Value::Null);
        contract::check(&path, status, &body);
        remove_request_id(&mut body);
        Self { status, body }
    }

    /// The sentence a person reads.
    pub fn sentence(&self) -> &str {
        self.body["message"]
            .as_str()
            .or(self.body["error"].as_str())
            .unwrap_or("")
    }

    /// The wallet of a `{user}`.
    pub fn cards(&self) -> Vec<Value> {
        self.body["user"]["credit_cards"]
            .as_array()
            .cloned()
            .unwrap_or_default()
    }
}

/// Removes the id, which is different in each error, so that errors can be compared.
fn remove_request_id(body: &mut Value) {
    let places = [
        ("", "request_id"),
        ("/error", "request_id"),
        ("/ResponseStatus", "Meta"),
    ];
    for (place, name) in places {
        if let Some(Value::Object(object)) = body.pointer_mut(place) {
            object.remove(name);
        }
    }
}
