//! One GraphQL call to Braintree over HTTP: with a pinned version, limited in time and size, sent once. Its callers repeat
//! it where that is safe.
//!
//! Called by the typed calls only. It must never put a part of a request or response into an error.

use std::time::Duration;

use axum::body::Bytes;
use reqwest::Client;
use reqwest::header::CONTENT_TYPE;
use serde::Deserialize;
use serde_json::Value;
use zeroize::Zeroizing;

use super::GatewayError;
use super::error::GraphQlError;
use crate::gateway::GatewayMetrics;
use crate::gateway::http::{build_client, read_body};

/// The version this server was written for: <https://developer.paypal.com/braintree/graphql/guides/making_api_calls/>.
pub(crate) const API_VERSION: &str = "2019-01-01";

/// Braintree's API, for all accounts.
#[derive(Debug, Clone)]
pub struct BraintreeApi {
    http: Client,
    url: String,
    metrics: GatewayMetrics,
}

#[derive(Deserialize)]
struct GraphQlResponse {
    #[serde(default)]
    data: Value,
    #[serde(default)]
    errors: Option<Vec<GraphQlError>>,
}

impl BraintreeApi {
    /// Creates a client; nothing is sent. Fails if TLS cannot be set up.
    pub fn new(url: &str, timeout: Duration) -> Result<Self, GatewayError> {
        Ok(Self {
            http: build_client(url, timeout)?,
            url: url.to_owned(),
            metrics: GatewayMetrics::new("braintree"),
        })
    }

    pub(crate) fn metrics(&self) -> &GatewayMetrics {
        &self.metrics
    }

    /// Sends a body with a pair of keys, and returns the response's `data`. The body is not copied here, and is
    /// overwritten after it was sent.
    pub(super) async fn call(
        &self,
        public_key: &str,
        private_key: &str,
        body: Zeroizing<String>,
    ) -> Result<Value, GatewayError> {
        let indeterminate =
            |e: reqwest::Error| GatewayError::Indeterminate(e.without_url().to_string());
        let response = self
            .http
            .post(&self.url)
            .basic_auth(public_key, Some(private_key))
            .header("braintree-version", API_VERSION)
            .header(CONTENT_TYPE, "application/json")
            .body(Bytes::from_owner(body))
            .send()
            .await
            .map_err(indeterminate)?;
        let status = response.status().as_u16();
        let bytes = read_body(response).await?;
        // Braintree answers GraphQL with status 200, errors too. Another status comes from a proxy or an outage.
        if status != 200 {
            return Err(GatewayError::Indeterminate(format!("status {status}")));
        }
        let response: GraphQlResponse = serde_json::from_slice(&bytes).map_err(|e| {
            let place = format!("{:?} at column {}", e.classify(), e.column());
            GatewayError::MalformedResponse(place)
        })?;
        match response.errors.as_deref() {
            Some([first, ..]) => Err(first.to_gateway_error(&response.data)),
            _ => Ok(response.data),
        }
    }
}
