//! The salon's payments: what its visitors ask for is passed on to the wallet server, with the salon's key.
//!
//! Called by the routes. The key opens every payment of the salon, so it stays on this server; what a visitor may ask
//! for is decided by the wallet server, which has the prices.

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

/// How long one call may take: the wallet server asks Stripe twice at most.
const LONGEST_CALL: Duration = Duration::from_secs(18);

/// The salon's key. Its `Debug` is `***`.
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
        let fits = (16..=512).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic());
        fits.then(|| Self(text.to_owned()))
            .ok_or("give 16 characters or more, without spaces")
    }
}

/// Stripe, as a page that pays needs it.
#[derive(Debug, Clone)]
pub struct Stripe {
    pub script: WebAddress,
    /// What Stripe.js frames and calls.
    pub sources: Vec<Origin>,
    pub pages: Vec<Origin>,
}

/// The client of one wallet server, with the salon's key.
#[derive(Debug, Clone)]
pub struct Till {
    http: Client,
    base: String,
    key: ApiKey,
    stripe: Stripe,
}

impl Till {
    /// A client for this server.
    ///
    /// # Errors
    /// When the machine offers no TLS.
    pub fn new(wallet: &Origin, key: ApiKey, stripe: Stripe) -> Result<Self, reqwest::Error> {
        let http = Client::builder()
            .no_proxy()
            .redirect(redirect::Policy::none())
            .connect_timeout(Duration::from_secs(2))
            .timeout(LONGEST_CALL)
            .build()?;
        Ok(Self {
            http,
            base: format!("{wallet}{BASE}"),
            key,
            stripe,
        })
    }

    /// Where Stripe's script and pages are.
    #[must_use]
    pub fn addresses(&self) -> Addresses {
        let pages = self.stripe.pages.iter();
        Addresses {
            script: self.stripe.script.as_str().to_owned(),
            pages: pages.map(|page| page.as_str().to_owned()).collect(),
        }
    }

    /// Passes a call on in the visitor's language, and its answer back as it is.
    ///
    /// # Errors
    /// When the wallet server does not answer.
    pub async fn pass(
        &self,
        path: &'static str,
        language: Option<HeaderValue>,
        body: Bytes,
    ) -> Result<Response, SiteError> {
        let away = |error: reqwest::Error| SiteError::WalletAway(error.without_url().to_string());
        let mut request = self
            .http
            .post(format!("{}{path}", self.base))
            .header("x-api-key", &self.key.0)
            .header("content-type", "application/json")
            .body(body);
        if let Some(language) = language {
            request = request.header(header::ACCEPT_LANGUAGE, language);
        }
        let answer = request.send().await.map_err(away)?;
        let status = StatusCode::from_u16(answer.status().as_u16())
            .map_err(|error| SiteError::WalletAway(error.to_string()))?;
        let told = [header::RETRY_AFTER, header::CONTENT_LANGUAGE]
            .map(|name| (answer.headers().get(&name).cloned(), name));
        let body = answer.bytes().await.map_err(away)?;
        let json = HeaderValue::from_static("application/json");
        let mut response = (status, body).into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, json);
        response
            .headers_mut()
            .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        for (value, name) in told {
            if let Some(value) = value {
                response.headers_mut().insert(name, value);
            }
        }
        Ok(response)
    }
}
