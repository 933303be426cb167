//! One call to a gateway, with its status, its date and its body. It is made once: the operator can run the doctor again.
//!
//! Called by the checks of accounts. It must never put a part of a request or of a response into an error.

use reqwest::header::DATE;
use reqwest::{Client, Method, RequestBuilder};
use serde_json::Value;

use crate::clock::{Seconds, now};
use crate::config::{Account, Provider, ServerConfig};
use crate::gateway::{
    BRAINTREE_API_VERSION, GatewayError, STRIPE_API_VERSION, http_client, read_body,
};

/// The clients of both gateways.
#[derive(Debug)]
pub(super) struct GatewayClient {
    stripe: Client,
    stripe_url: String,
    braintree: Client,
    braintree_url: String,
}

/// Why a gateway gave no answer.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct NoResponse(String);

/// What a gateway answered.
#[derive(Debug)]
pub(super) struct GatewayResponse {
    pub(super) status: u16,
    /// How far this machine's clock is ahead of the gateway's, in seconds. `None`: it sent no date.
    pub(super) clock_ahead: Option<Seconds>,
    /// The JSON of the body, or null.
    pub(super) body: Value,
}

impl GatewayResponse {
    /// Stripe's code of an error, such as `testmode_charges_only`. Its message may repeat a part of the key.
    pub(super) fn error_code(&self) -> &str {
        let code = self.body.pointer("/error/code");
        code.and_then(Value::as_str).unwrap_or_default()
    }
}

impl GatewayClient {
    pub(super) fn new(config: &ServerConfig) -> Result<Self, GatewayError> {
        let (stripe_url, timeout) = (config.gateway_url.as_str(), config.gateway_timeout);
        Ok(Self {
            stripe: http_client(stripe_url, timeout)?,
            stripe_url: stripe_url.to_owned(),
            braintree: http_client(&config.braintree_url, timeout)?,
            braintree_url: config.braintree_url.clone(),
        })
    }

    /// Calls Stripe with an account's key, for its connected account if it has one.
    pub(super) async fn stripe(
        &self,
        account: &Account,
        method: Method,
        path: &str,
    ) -> Result<GatewayResponse, NoResponse> {
        let request = self.stripe_request(account, method, path);
        match &account.gateway_account {
            Some(connected) => send(request.header("stripe-account", connected.as_str())).await,
            None => send(request).await,
        }
    }

    /// Calls Stripe for the account of the key itself: a platform has the endpoints of its connected accounts.
    pub(super) async fn stripe_platform(
        &self,
        account: &Account,
        path: &str,
    ) -> Result<GatewayResponse, NoResponse> {
        send(self.stripe_request(account, Method::GET, path)).await
    }

    fn stripe_request(&self, account: &Account, method: Method, path: &str) -> RequestBuilder {
        self.stripe
            .request(method, format!("{}{path}", self.stripe_url))
            .bearer_auth(account.secret_key.reveal())
            .header("stripe-version", STRIPE_API_VERSION)
    }

    /// Asks Braintree whether it knows the account's pair of keys.
    pub(super) async fn braintree_ping(
        &self,
        account: &Account,
    ) -> Result<GatewayResponse, NoResponse> {
        let public = match &account.provider {
            Provider::Braintree { public_key, .. } => public_key.as_str(),
            Provider::Stripe => "",
        };
        let request = self
            .braintree
            .post(&self.braintree_url)
            .basic_auth(public, Some(account.secret_key.reveal()))
            .header("braintree-version", BRAINTREE_API_VERSION)
            .json(&serde_json::json!({"query": "query { ping }"}));
        send(request).await
    }
}

async fn send(request: RequestBuilder) -> Result<GatewayResponse, NoResponse> {
    let response = request.send().await.map_err(|e| NoResponse(reason(&e)))?;
    let date = response
        .headers()
        .get(DATE)
        .and_then(|date| date.to_str().ok());
    let clock_ahead = date
        .and_then(super::clock::parse_date)
        .map(|date| now() - date);
    let status = response.status().as_u16();
    let bytes = read_body(response).await;
    let bytes = bytes.map_err(|e| NoResponse(e.to_string()))?;
    Ok(GatewayResponse {
        status,
        clock_ahead,
        body: serde_json::from_slice(&bytes).unwrap_or_default(),
    })
}

/// Why no response came, down to the system's own reason, without the address.
pub(super) fn reason(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        return "no answer in time".to_owned();
    }
    let mut cause: &dyn std::error::Error = error;
    while let Some(source) = cause.source() {
        cause = source;
    }
    cause.to_string()
}
