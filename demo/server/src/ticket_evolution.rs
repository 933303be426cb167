//! Signing for the ticket shop's visitors: the seller's secret stays here, and a page gets what its client may have.
//!
//! Called by the routes. It must never sign a path of a client who is not signed in, nor one that is not on its list.

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
pub const TOKEN: &str = "demo-tickets";

/// How long a visitor stays signed in, in seconds.
const SESSION: i64 = 12 * 3600;

/// How long one call may take.
const LONGEST_CALL: Duration = Duration::from_secs(18);

/// What both sides sign with. Its `Debug` is `***`.
#[derive(Clone)]
pub struct SellerSecret(String);

impl core::fmt::Debug for SellerSecret {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("***")
    }
}

impl FromStr for SellerSecret {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let fits = text.len() >= 16 && text.bytes().all(|b| b.is_ascii_graphic());
        fits.then(|| Self(text.to_owned()))
            .ok_or("give 16 characters or more, without spaces")
    }
}

#[derive(Debug, Clone)]
pub struct Seller {
    http: Client,
    wallet: Origin,
    secret: SellerSecret,
}

impl Seller {
    /// A seller who signs for this wallet server.
    ///
    /// # Errors
    /// When the machine offers no TLS.
    pub fn new(wallet: Origin, secret: SellerSecret) -> Result<Self, reqwest::Error> {
        let http = Client::builder()
            .no_proxy()
            .redirect(redirect::Policy::none())
            .connect_timeout(Duration::from_secs(2))
            .timeout(LONGEST_CALL)
            .build()?;
        Ok(Self {
            http,
            wallet,
            secret,
        })
    }

    fn seal(&self, text: &str) -> Result<String, SiteError> {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.secret.0.as_bytes())
            .map_err(|error| SiteError::Broken(error.to_string()))?;
        mac.update(b"visitor:");
        mac.update(text.as_bytes());
        Ok(URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))
    }

    /// A visitor's token: the client, until when, sealed.
    ///
    /// # Errors
    /// When it cannot be sealed, which a key of any length can.
    pub fn token(&self, client: u64, now: i64) -> Result<String, SiteError> {
        let text = format!("{client}.{}", now.saturating_add(SESSION));
        let seal = self.seal(&text)?;
        Ok(format!("{text}.{seal}"))
    }

    /// The client a visitor's token was made for, while it is good.
    #[must_use]
    pub fn client(&self, token: &str, now: i64) -> Option<u64> {
        let (text, seal) = token.rsplit_once('.')?;
        let mut mac = Hmac::<Sha256>::new_from_slice(self.secret.0.as_bytes()).ok()?;
        mac.update(b"visitor:");
        mac.update(text.as_bytes());
        mac.verify_slice(&URL_SAFE_NO_PAD.decode(seal).ok()?).ok()?;
        let (client, until) = text.split_once('.')?;
        let good = until.parse::<i64>().ok()? > now;
        client.parse().ok().filter(|_| good)
    }

    /// Signs a request and sends it: `path` begins after `/v9`.
    ///
    /// # Errors
    /// [`SiteError::WalletAway`] when there is no answer.
    pub async fn send(
        &self,
        method: Method,
        path: &str,
        query: &str,
        language: Option<&HeaderValue>,
        body: Bytes,
    ) -> Result<Told, SiteError> {
        let away = |error: reqwest::Error| SiteError::WalletAway(error.without_url().to_string());
        let broken = || SiteError::Broken("no secret to sign with".to_owned());
        let path = format!("{BASE}{path}");
        let origin = self.wallet.as_str();
        let signed = SignableRequest {
            method: method.as_str(),
            host: origin.split_once("://").map_or(origin, |(_, host)| host),
            path: &path,
            query,
            body: &body,
        };
        let secret = ApiSecret::new(&self.secret.0).ok_or_else(broken)?;
        let mark = if query.is_empty() { "" } else { "?" };
        let request = self
            .http
            .request(method.clone(), format!("{origin}{path}{mark}{query}"))
            .header(TOKEN_HEADER, TOKEN)
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
        let answer = request.send().await.map_err(away)?;
        Ok(Told {
            status: answer.status(),
            retry_after: answer.headers().get(RETRY_AFTER).cloned(),
            language: answer.headers().get(CONTENT_LANGUAGE).cloned(),
            body: answer.bytes().await.map_err(away)?,
        })
    }

    /// The same for a body of ours, whose change is meant however often it is asked for, and an answer that has to be one of success.
    ///
    /// # Errors
    /// [`SiteError::WalletAway`] for any other answer.
    pub async fn ask(&self, path: &str, body: &Value) -> Result<Value, SiteError> {
        let body = Bytes::from(body.to_string());
        let told = self
            .send(Method::POST, path, "", None, numbered(&body)?)
            .await?;
        if !told.status.is_success() {
            return Err(SiteError::WalletAway(format!("status {}", told.status)));
        }
        serde_json::from_slice(&told.body).map_err(|_| SiteError::WalletAway("no JSON".to_owned()))
    }
}

/// What the wallet server answered.
#[derive(Debug)]
pub struct Told {
    pub status: StatusCode,
    /// How long to wait, with 503.
    pub retry_after: Option<HeaderValue>,
    /// The language of its sentence.
    pub language: Option<HeaderValue>,
    pub body: Bytes,
}

/// A body with a member that no other has: a signature has no date, and what it was given for is done once.
///
/// # Errors
/// [`SiteError::Unreadable`] when it is no JSON object.
pub fn numbered(body: &[u8]) -> Result<Bytes, SiteError> {
    let unread = |_| SiteError::Unreadable(StatusCode::BAD_REQUEST);
    let mut change: Map<String, Value> = match body {
        [] => Map::new(),
        body => serde_json::from_slice(body).map_err(unread)?,
    };
    let mut drawn = [0_u8; 16];
    getrandom::fill(&mut drawn).map_err(|error| SiteError::Broken(error.to_string()))?;
    let drawn = u128::from_be_bytes(drawn);
    change.insert("request_id".to_owned(), format!("{drawn:032x}").into());
    Ok(Bytes::from(Value::Object(change).to_string()))
}

/// A path a page may have signed, beneath its own client: cards, what its fields start with, what it chooses from.
#[must_use]
pub fn is_listed(method: &Method, rest: &str) -> bool {
    let card = rest.strip_prefix("credit_cards/");
    let one = card.is_some_and(|id| !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit()));
    match *method {
        Method::GET => one || ["credit_cards", "addresses", "phone_numbers"].contains(&rest),
        Method::POST => ["credit_cards", "braintree_client_token"].contains(&rest),
        Method::PUT | Method::DELETE => one,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seller() -> Seller {
        let wallet = Origin::parse("http://127.0.0.1:1").unwrap();
        Seller::new(wallet, "0123456789abcdef".parse().unwrap()).unwrap()
    }

    #[test]
    fn a_token_names_its_client_until_it_ends() {
        let token = seller().token(7, 1_000).unwrap();
        assert_eq!(seller().client(&token, 1_000), Some(7));
        assert_eq!(seller().client(&token, 1_000 + SESSION), None);
        let other = token.replacen('7', "8", 1);
        for bad in ["", ".", "7", "7.99999999999.", &other] {
            assert_eq!(seller().client(bad, 0), None, "{bad}");
        }
    }

    #[test]
    fn only_what_a_wallet_needs_is_signed() {
        for (method, rest) in [
            (Method::GET, "credit_cards"),
            (Method::PUT, "credit_cards/1"),
            (Method::POST, "braintree_client_token"),
        ] {
            assert!(is_listed(&method, rest), "{rest}");
        }
        for (method, rest) in [
            (Method::POST, "addresses"),
            (Method::GET, ""),
            (Method::GET, "credit_cards/../../8/credit_cards"),
            (Method::DELETE, "credit_cards"),
            (Method::PUT, "credit_cards/%2e"),
        ] {
            assert!(!is_listed(&method, rest), "{rest}");
        }
    }
}
