//! One GraphQL call over HTTP: pinned, bounded, sent once.
//!
//! Called by the typed calls only. It must never put what was sent or answered into an error.

use std::time::Duration;

use axum::body::Bytes;
use reqwest::Client;
use reqwest::header::CONTENT_TYPE;
use serde::Deserialize;
use serde_json::Value;
use zeroize::Zeroizing;

use super::GatewayError;
use super::error::GraphQlError;
use crate::gateway::http::{build_client, read_body};

/// The version this server was written against: <https://developer.paypal.com/braintree/graphql/guides/making_api_calls/>.
const API_VERSION: &str = "2019-01-01";

/// Braintree, for all accounts.
#[derive(Debug, Clone)]
pub struct BraintreeClient {
    http: Client,
    url: String,
}

#[derive(Deserialize)]
struct GraphQlResponse {
    #[serde(default)]
    data: Value,
    #[serde(default)]
    errors: Option<Vec<GraphQlError>>,
}

impl BraintreeClient {
    /// Prepares a client; nothing is sent yet.
    ///
    /// # Errors
    /// When TLS cannot be set up.
    pub fn new(url: &str, timeout: Duration) -> Result<Self, GatewayError> {
        Ok(Self {
            http: build_client(url, timeout)?,
            url: url.to_owned(),
        })
    }

    /// Sends a body with a pair of keys, and returns the answer's `data`. The body is not copied here, and is overwritten
    /// once it is sent.
    pub(super) async fn call(
        &self,
        public_key: &str,
        private_key: &str,
        body: Zeroizing<String>,
    ) -> Result<Value, GatewayError> {
        let unclear = |e: reqwest::Error| GatewayError::Indeterminate(e.without_url().to_string());
        let answer = self
            .http
            .post(&self.url)
            .basic_auth(public_key, Some(private_key))
            .header("braintree-version", API_VERSION)
            .header(CONTENT_TYPE, "application/json")
            .body(Bytes::from_owner(body))
            .send()
            .await
            .map_err(unclear)?;
        let status = answer.status().as_u16();
        let bytes = read_body(answer).await?;
        // Whatever the answer says, its status is 200; another is a proxy's or an outage's.
        if status != 200 {
            return Err(GatewayError::Indeterminate(format!("status {status}")));
        }
        let answer: GraphQlResponse = serde_json::from_slice(&bytes).map_err(|e| {
            let place = format!("{:?} at column {}", e.classify(), e.column());
            GatewayError::MalformedResponse(place)
        })?;
        match answer.errors.as_deref() {
            Some([first, ..]) => Err(first.to_gateway_error(&answer.data)),
            _ => Ok(answer.data),
        }
    }
}
