//! The client for BokaMera's API: forwards visitors' calls to the wallet server with the salon's key.
//!
//! Called by the routes. The key gives access to every payment of the salon and must never leave this server. The wallet
//! server has the prices and decides which orders are valid.

use core::str::FromStr;
use std::time::Duration;

use axum::body::Bytes;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use booking_page::bokamera::Addresses;
use card_entry_protocol::dialect::bokamera::{BASE, WebAddress};
use card_entry_protocol::origin::Origin;
use reqwest::{Client, redirect};

use crate::error::SiteError;

/// The wallet server calls Stripe twice at most within one call.
const CALL_TIMEOUT: Duration = Duration::from_secs(18);

/// The salon's API key. `Debug` prints `***`.
#[derive(Clone)]
pub struct ApiKey(String);

impl core::fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("***")
    }
}

impl FromStr for ApiKey {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let valid = (16..=512).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic());
        valid
            .then(|| Self(text.to_owned()))
            .ok_or("give 16 characters or more, without spaces")
    }
}

/// The addresses of Stripe that a payment page uses.
#[derive(Debug, Clone)]
pub struct StripeAddresses {
    pub script: WebAddress,
    /// Origins that Stripe.js frames and calls.
    pub sources: Vec<Origin>,
    pub pages: Vec<Origin>,
}

/// Calls one wallet server with the salon's key.
#[derive(Debug, Clone)]
pub struct BokaMeraClient {
    http: Client,
    base: String,
    key: ApiKey,
    stripe: StripeAddresses,
}

impl BokaMeraClient {
    /// # Errors
    /// When TLS is not available.
    pub fn new(
        wallet: &Origin,
        key: ApiKey,
        stripe: StripeAddresses,
    ) -> Result<Self, reqwest::Error> {
        let http = Client::builder()
            .no_proxy()
            .redirect(redirect::Policy::none())
            .connect_timeout(Duration::from_secs(2))
            .timeout(CALL_TIMEOUT)
            .build()?;
        Ok(Self {
            http,
            base: format!("{wallet}{BASE}"),
            key,
            stripe,
        })
    }

    #[must_use]
    pub fn addresses(&self) -> Addresses {
        let pages = self.stripe.pages.iter();
        Addresses {
            script: self.stripe.script.as_str().to_owned(),
            pages: pages.map(|page| page.as_str().to_owned()).collect(),
        }
    }

    /// Forwards a call in the visitor's language and returns the response unchanged.
    ///
    /// # Errors
    /// When the wallet server does not respond.
    pub async fn forward(
        &self,
        path: &'static str,
        language: Option<HeaderValue>,
        body: Bytes,
    ) -> Result<Response, SiteError> {
        let unavailable =
            |error: reqwest::Error| SiteError::WalletUnavailable(error.without_url().to_string());
        let mut request = self
            .http
            .post(format!("{}{path}", self.base))
            .header("x-api-key", &self.key.0)
            .header("content-type", "application/json")
            .body(body);
        if let Some(language) = language {
            request = request.header(header::ACCEPT_LANGUAGE, language);
        }
        let received = request.send().await.map_err(unavailable)?;
        let status = StatusCode::from_u16(received.status().as_u16())
            .map_err(|error| SiteError::WalletUnavailable(error.to_string()))?;
        let forwarded = [header::RETRY_AFTER, header::CONTENT_LANGUAGE]
            .map(|name| (received.headers().get(&name).cloned(), name));
        let body = received.bytes().await.map_err(unavailable)?;
        let json = HeaderValue::from_static("application/json");
        let mut response = (status, body).into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, json);
        response
            .headers_mut()
            .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        for (value, name) in forwarded {
            if let Some(value) = value {
                response.headers_mut().insert(name, value);
            }
        }
        Ok(response)
    }
}
