//! The client for Ticket Evolution's API: visitor tokens, and calls signed with the seller's secret.
//!
//! Called by the routes. It must never sign a path of a client who is not signed in, nor a path that is not allowed.

use core::str::FromStr;
use std::time::Duration;

use axum::body::Bytes;
use axum::http::header::{ACCEPT_LANGUAGE, CONTENT_LANGUAGE, RETRY_AFTER};
use axum::http::{HeaderValue, Method, StatusCode};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use card_entry_protocol::dialect::ticket_evolution::BASE;
use card_entry_protocol::dialect::ticket_evolution::signing::{
    ApiSecret, SIGNATURE_HEADER, SignableRequest, TOKEN_HEADER,
};
use card_entry_protocol::origin::Origin;
use hmac::{Hmac, Mac};
use reqwest::{Client, redirect};
use serde_json::{Map, Value};
use sha2::Sha256;

use crate::error::SiteError;

/// The seller's `X-Token`, as the wallet server's configuration has it.
pub const API_TOKEN: &str = "demo-tickets";

const SESSION_LIFETIME_SECONDS: i64 = 12 * 3600;

const CALL_TIMEOUT: Duration = Duration::from_secs(18);

/// The API secret. `Debug` prints `***`.
#[derive(Clone)]
pub struct TicketEvolutionSecret(String);

impl core::fmt::Debug for TicketEvolutionSecret {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("***")
    }
}

impl FromStr for TicketEvolutionSecret {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let valid = text.len() >= 16 && text.bytes().all(|b| b.is_ascii_graphic());
        valid
            .then(|| Self(text.to_owned()))
            .ok_or("give 16 characters or more, without spaces")
    }
}

/// One call to the API, before it is signed.
#[derive(Debug)]
pub struct TicketEvolutionCall<'a> {
    pub method: Method,
    /// After `/v9`.
    pub path: &'a str,
    pub query: &'a str,
    pub language: Option<&'a HeaderValue>,
    pub body: Bytes,
}

#[derive(Debug, Clone)]
pub struct TicketEvolutionClient {
    http: Client,
    wallet: Origin,
    secret: TicketEvolutionSecret,
}

impl TicketEvolutionClient {
    /// # Errors
    /// When TLS is not available.
    pub fn new(wallet: Origin, secret: TicketEvolutionSecret) -> Result<Self, reqwest::Error> {
        let http = Client::builder()
            .no_proxy()
            .redirect(redirect::Policy::none())
            .connect_timeout(Duration::from_secs(2))
            .timeout(CALL_TIMEOUT)
            .build()?;
        Ok(Self {
            http,
            wallet,
            secret,
        })
    }

    fn mac(&self, text: &str) -> Result<String, SiteError> {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.secret.0.as_bytes())
            .map_err(|error| SiteError::Internal(error.to_string()))?;
        mac.update(b"visitor:");
        mac.update(text.as_bytes());
        Ok(URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))
    }

    /// A visitor's token: client id, expiry and HMAC.
    ///
    /// # Errors
    /// Never in practice: HMAC takes a key of any length.
    pub fn token(&self, client: u64, now: i64) -> Result<String, SiteError> {
        let text = format!("{client}.{}", now.saturating_add(SESSION_LIFETIME_SECONDS));
        let mac = self.mac(&text)?;
        Ok(format!("{text}.{mac}"))
    }

    /// The client id of a visitor's token, if the token is authentic and has not expired.
    #[must_use]
    pub fn client(&self, token: &str, now: i64) -> Option<u64> {
        let (text, mac_text) = token.rsplit_once('.')?;
        let mut mac = Hmac::<Sha256>::new_from_slice(self.secret.0.as_bytes()).ok()?;
        mac.update(b"visitor:");
        mac.update(text.as_bytes());
        mac.verify_slice(&URL_SAFE_NO_PAD.decode(mac_text).ok()?)
            .ok()?;
        let (client, until) = text.split_once('.')?;
        let valid = until.parse::<i64>().ok()? > now;
        client.parse().ok().filter(|_| valid)
    }

    /// Signs a call and sends it.
    ///
    /// # Errors
    /// [`SiteError::WalletUnavailable`] without a response.
    pub async fn send(
        &self,
        call: TicketEvolutionCall<'_>,
    ) -> Result<ForwardedResponse, SiteError> {
        let TicketEvolutionCall {
            method,
            path,
            query,
            language,
            body,
        } = call;
        let unavailable =
            |error: reqwest::Error| SiteError::WalletUnavailable(error.without_url().to_string());
        let no_secret = || SiteError::Internal("no secret to sign with".to_owned());
        let path = format!("{BASE}{path}");
        let origin = self.wallet.as_str();
        let signed = SignableRequest {
            method: method.as_str(),
            host: origin.split_once("://").map_or(origin, |(_, host)| host),
            path: &path,
            query,
            body: &body,
        };
        let secret = ApiSecret::new(&self.secret.0).ok_or_else(no_secret)?;
        let mark = if query.is_empty() { "" } else { "?" };
        let request = self
            .http
            .request(method.clone(), format!("{origin}{path}{mark}{query}"))
            .header(TOKEN_HEADER, API_TOKEN)
            .header(SIGNATURE_HEADER, secret.sign(&signed))
            .header("accept", "application/json");
        let request = match language {
            Some(language) => request.header(ACCEPT_LANGUAGE, language),
            None => request,
        };
        let request = if body.is_empty() {
            request
        } else {
            let json = request.header("content-type", "application/json");
            json.body(body.clone())
        };
        let response = request.send().await.map_err(unavailable)?;
        Ok(ForwardedResponse {
            status: response.status(),
            retry_after: response.headers().get(RETRY_AFTER).cloned(),
            language: response.headers().get(CONTENT_LANGUAGE).cloned(),
            body: response.bytes().await.map_err(unavailable)?,
        })
    }

    /// Posts a body of this server with a new request id, so that a repeated body counts as a new request.
    ///
    /// # Errors
    /// [`SiteError::WalletUnavailable`] when the response is no success.
    pub async fn post(&self, path: &str, body: &Value) -> Result<Value, SiteError> {
        let body = Bytes::from(body.to_string());
        let call = TicketEvolutionCall {
            method: Method::POST,
            path,
            query: "",
            language: None,
            body: with_request_id(&body)?,
        };
        let received = self.send(call).await?;
        if !received.status.is_success() {
            return Err(SiteError::WalletUnavailable(format!(
                "status {}",
                received.status
            )));
        }
        serde_json::from_slice(&received.body)
            .map_err(|_| SiteError::WalletUnavailable("the response is no JSON".to_owned()))
    }
}

/// The wallet server's response, for the page.
#[derive(Debug)]
pub struct ForwardedResponse {
    pub status: StatusCode,
    /// `Retry-After` of a 503.
    pub retry_after: Option<HeaderValue>,
    /// The language of the message in `body`.
    pub language: Option<HeaderValue>,
    pub body: Bytes,
}

/// Adds a random `request_id` to a body. A signature has no date and the API accepts each signature once, so a repeated body
/// needs one.
///
/// # Errors
/// [`SiteError::InvalidRequest`] when the body is no JSON object.
pub fn with_request_id(body: &[u8]) -> Result<Bytes, SiteError> {
    let malformed = |_| SiteError::InvalidRequest(StatusCode::BAD_REQUEST);
    let mut members: Map<String, Value> = match body {
        [] => Map::new(),
        body => serde_json::from_slice(body).map_err(malformed)?,
    };
    let mut random = [0_u8; 16];
    getrandom::fill(&mut random).map_err(|error| SiteError::Internal(error.to_string()))?;
    let random = u128::from_be_bytes(random);
    members.insert("request_id".to_owned(), format!("{random:032x}").into());
    Ok(Bytes::from(Value::Object(members).to_string()))
}

/// Whether a page may call this path below its own client: cards, client tokens, addresses, telephone numbers.
#[must_use]
pub fn is_allowed(method: &Method, rest: &str) -> bool {
    let card = rest.strip_prefix("credit_cards/");
    let is_card = card.is_some_and(|id| !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit()));
    match *method {
        Method::GET => is_card || ["credit_cards", "addresses", "phone_numbers"].contains(&rest),
        Method::POST => ["credit_cards", "braintree_client_token"].contains(&rest),
        Method::PUT | Method::DELETE => is_card,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ticket_evolution() -> TicketEvolutionClient {
        let wallet = Origin::parse("http://127.0.0.1:1").unwrap();
        TicketEvolutionClient::new(wallet, "0123456789abcdef".parse().unwrap()).unwrap()
    }

    #[test]
    fn a_token_is_valid_until_it_expires() {
        let token = ticket_evolution().token(7, 1_000).unwrap();
        assert_eq!(ticket_evolution().client(&token, 1_000), Some(7));
        assert_eq!(
            ticket_evolution().client(&token, 1_000 + SESSION_LIFETIME_SECONDS),
            None
        );
        let other = token.replacen('7', "8", 1);
        for bad in ["", ".", "7", "7.99999999999.", &other] {
            assert_eq!(ticket_evolution().client(bad, 0), None, "{bad}");
        }
    }

    #[test]
    fn only_wallet_calls_are_allowed() {
        for (method, rest) in [
            (Method::GET, "credit_cards"),
            (Method::PUT, "credit_cards/1"),
            (Method::POST, "braintree_client_token"),
        ] {
            assert!(is_allowed(&method, rest), "{rest}");
        }
        for (method, rest) in [
            (Method::POST, "addresses"),
            (Method::GET, ""),
            (Method::GET, "credit_cards/../../8/credit_cards"),
            (Method::DELETE, "credit_cards"),
            (Method::PUT, "credit_cards/%2e"),
        ] {
            assert!(!is_allowed(&method, rest), "{rest}");
        }
    }
}
