//! The proxy for Quilt's API: clerk sessions, and calls forwarded with the account key.
//!
//! Called by the routes. The account key can charge cards: it must never leave this server except in a header to the wallet
//! server. Only the calls of the point-of-sale page are forwarded.

use core::str::FromStr;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use card_entry_protocol::origin::Origin;
use hmac::{Hmac, Mac};
use reqwest::{Client, Method, redirect};
use sha2::Sha256;

use crate::error::SiteError;

/// A clerk's working day.
const SESSION_LIFETIME_SECONDS: i64 = 12 * 3600;

/// Shorter than the wallet server's own limit of 30 seconds.
const CALL_TIMEOUT: Duration = Duration::from_secs(18);

const MAX_RESPONSE_BYTES: usize = 64 * 1024;

/// The account key. `Debug` prints `***`.
#[derive(Clone)]
pub struct AccountKey(String);

impl core::fmt::Debug for AccountKey {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("***")
    }
}

impl FromStr for AccountKey {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let valid = (16..=512).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic());
        valid
            .then(|| Self(text.to_owned()))
            .ok_or("give 16 characters or more, without spaces")
    }
}

/// A call of the point-of-sale page.
#[derive(Debug)]
pub struct ForwardedCall {
    pub method: Method,
    /// After `/v1/`, with the query.
    pub path: String,
    pub idempotency_key: Option<String>,
    pub language: Option<String>,
    pub body: Vec<u8>,
}

impl ForwardedCall {
    /// Whether the point-of-sale page makes such calls.
    fn is_allowed(&self) -> bool {
        const POSTS: [&str; 5] = [
            "terminal/connection_token",
            "payment/intent",
            "payment/capture",
            "payment/cancel",
            "customer/card",
        ];
        let path = self.path.split('?').next().unwrap_or_default();
        match self.method {
            Method::POST => POSTS.contains(&path),
            Method::GET => path == "customer/card",
            Method::DELETE => path
                .strip_prefix("customer/card/")
                .is_some_and(|id| id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')),
            _ => false,
        }
    }
}

#[derive(Debug, Clone)]
pub struct QuiltProxy {
    http: Client,
    wallet: Origin,
    key: AccountKey,
    session_key: [u8; 32],
}

impl QuiltProxy {
    /// The session key is random, so sessions end with the process.
    ///
    /// # Errors
    /// When randomness or TLS is not available.
    pub fn new(wallet: Origin, key: AccountKey) -> Result<Self, String> {
        let mut session_key = [0; 32];
        getrandom::fill(&mut session_key).map_err(|e| e.to_string())?;
        let http = Client::builder()
            .no_proxy()
            .redirect(redirect::Policy::none())
            .timeout(CALL_TIMEOUT)
            .build()
            .map_err(|e| e.to_string())?;
        Ok(Self {
            http,
            wallet,
            key,
            session_key,
        })
    }

    fn mac(&self, until: i64) -> Option<Hmac<Sha256>> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.session_key).ok()?;
        mac.update(format!("clerk:{until}").as_bytes());
        Some(mac)
    }

    /// The token of a session that begins at `now` (Unix seconds).
    #[must_use]
    pub fn new_session(&self, now: i64) -> Option<String> {
        let until = now.saturating_add(SESSION_LIFETIME_SECONDS);
        let mac = self.mac(until)?.finalize().into_bytes();
        Some(format!("{until}.{}", URL_SAFE_NO_PAD.encode(mac)))
    }

    /// Whether a session token is authentic and has not expired.
    #[must_use]
    pub fn is_valid_session(&self, token: &str, now: i64) -> bool {
        let Some((until, mac)) = token.split_once('.') else {
            return false;
        };
        let (Ok(until), Ok(mac)) = (until.parse(), URL_SAFE_NO_PAD.decode(mac)) else {
            return false;
        };
        let verified = self.mac(until).map(|expected| expected.verify_slice(&mac));
        until > now && verified.is_some_and(|checked| checked.is_ok())
    }

    /// Forwards a call with the account key; returns the status and the body.
    ///
    /// # Errors
    /// [`SiteError::NotFound`] for a call that is not allowed; [`SiteError::WalletUnavailable`] without a response.
    pub async fn forward(&self, call: ForwardedCall) -> Result<(u16, Vec<u8>), SiteError> {
        if !call.is_allowed() {
            return Err(SiteError::NotFound);
        }
        let unavailable =
            |e: reqwest::Error| SiteError::WalletUnavailable(e.without_url().to_string());
        let url = format!("{}/v1/{}", self.wallet, call.path);
        let mut request = self.http.request(call.method, url).bearer_auth(&self.key.0);
        if let Some(key) = call.idempotency_key {
            request = request.header("idempotency-key", key);
        }
        if let Some(language) = call.language {
            request = request.header("accept-language", language);
        }
        if !call.body.is_empty() {
            request = request
                .header("content-type", "application/json")
                .body(call.body);
        }
        let mut response = request.send().await.map_err(unavailable)?;
        let status = response.status().as_u16();
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(unavailable)? {
            if body.len() + chunk.len() > MAX_RESPONSE_BYTES {
                return Err(SiteError::WalletUnavailable(
                    "the response is too large".to_owned(),
                ));
            }
            body.extend_from_slice(&chunk);
        }
        Ok((status, body))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quilt_proxy() -> QuiltProxy {
        let wallet = Origin::parse("http://127.0.0.1:9").unwrap();
        QuiltProxy::new(wallet, "0123456789abcdef".parse().unwrap()).unwrap()
    }

    #[test]
    fn a_session_is_valid_until_it_expires() {
        let quilt_proxy = quilt_proxy();
        let token = quilt_proxy.new_session(1_000).unwrap();
        assert!(quilt_proxy.is_valid_session(&token, 1_000 + SESSION_LIFETIME_SECONDS - 1));
        assert!(!quilt_proxy.is_valid_session(&token, 1_000 + SESSION_LIFETIME_SECONDS));
        let later = token.replacen("44200", "99999", 1);
        for other in ["", ".", "99999999.", later.as_str(), "x"] {
            assert!(!quilt_proxy.is_valid_session(other, 1_000), "{other}");
        }
        let other_process = self::quilt_proxy();
        assert!(
            !other_process.is_valid_session(&token, 1_000),
            "another process's session"
        );
        assert!(!format!("{quilt_proxy:?}").contains("0123456789abcdef"));
    }

    #[test]
    fn only_point_of_sale_calls_are_forwarded() {
        let call = |method: Method, path: &str| ForwardedCall {
            method,
            path: path.to_owned(),
            idempotency_key: None,
            language: None,
            body: vec![],
        };
        for (method, path) in [
            (Method::POST, "payment/intent"),
            (Method::GET, "customer/card?external_customer_id=a"),
            (Method::DELETE, "customer/card/pm_1?external_customer_id=a"),
        ] {
            assert!(call(method, path).is_allowed(), "{path}");
        }
        for (method, path) in [
            (Method::GET, "payment/intent"),
            (Method::POST, "account/setup-intent"),
            (Method::POST, "../holds"),
            (Method::DELETE, "customer/card/../../../holds"),
            (Method::PUT, "customer/card"),
        ] {
            assert!(!call(method, path).is_allowed(), "{path}");
        }
    }
}
