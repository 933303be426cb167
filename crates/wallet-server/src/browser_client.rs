//! The browser that asks for a card entry: its network, and the CAPTCHA token that it sends in a header.
//!
//! Extracted by the routes that create intents and save cards. The token is in a header, because creating an intent is a
//! GET at one vendor, and a token in a URL would be logged. It must never be built from what a booking site's server sends.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use crate::app::App;
use crate::client_network::ClientNetwork;
use crate::error::ApiError;

/// The header of the CAPTCHA token. The CORS rules of the systems with browsers allow it.
pub const CHALLENGE_HEADER: &str = "challenge-token";

/// Where a request of a browser comes from, and what it shows against robots.
#[derive(Debug, Clone)]
pub struct BrowserClient {
    /// The network of its IP address.
    pub network: ClientNetwork,
    /// The token of the CAPTCHA that the person passed, if the request has one.
    pub challenge_token: Option<String>,
}

impl FromRequestParts<App> for BrowserClient {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let token = parts.headers.get(CHALLENGE_HEADER);
        let token = token.and_then(|token| token.to_str().ok());
        Ok(Self {
            challenge_token: token.map(str::to_owned),
            network: ClientNetwork::from_request_parts(parts, app).await?,
        })
    }
}
