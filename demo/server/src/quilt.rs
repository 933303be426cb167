//! The till's way to Quilt's API: its clerks' sessions, and the account key that only this server has.
//!
//! Called by the routes. Whoever has the key charges people's cards: it goes to the wallet server in a header and
//! nowhere else, and only calls a till makes are handed on.

use core::str::FromStr;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use card_entry_protocol::origin::Origin;
use hmac::{Hmac, Mac};
use reqwest::{Client, Method, redirect};
use sha2::Sha256;

use crate::error::SiteError;

/// A clerk's shift, in seconds.
const SHIFT: i64 = 12 * 3600;

/// How long one call may take: the wallet server itself gives up after 30 seconds.
const LONGEST_CALL: Duration = Duration::from_secs(18);

/// The largest answer handed back, in bytes.
const LARGEST_ANSWER: usize = 64 * 1024;

/// The account key. Its `Debug` is `***`.
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
        let fits = (16..=512).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic());
        fits.then(|| Self(text.to_owned()))
            .ok_or("give 16 characters or more, without spaces")
    }
}

/// A call of the till, as it is handed on.
#[derive(Debug)]
pub struct Handed {
    pub method: Method,
    /// Behind `/v1/`, with its query.
    pub path: String,
    pub key: Option<String>,
    pub language: Option<String>,
    pub body: Vec<u8>,
}

impl Handed {
    /// Whether a till makes this call.
    fn is_a_till_s(&self) -> bool {
        const POSTS: [&str; 5] = [
            "terminal/connection_token",
            "payment/intent",
            "payment/capture",
            "payment/cancel",
            "customer/card",
        ];
        let plain = self.path.split('?').next().unwrap_or_default();
        match self.method {
            Method::POST => POSTS.contains(&plain),
            Method::GET => plain == "customer/card",
            Method::DELETE => plain
                .strip_prefix("customer/card/")
                .is_some_and(|id| id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')),
            _ => false,
        }
    }
}

#[derive(Debug, Clone)]
pub struct Counter {
    http: Client,
    wallet: Origin,
    key: AccountKey,
    sessions: [u8; 32],
}

impl Counter {
    /// The till of the account with this key. Sessions end with the program.
    ///
    /// # Errors
    /// When the machine offers no randomness or no TLS.
    pub fn new(wallet: Origin, key: AccountKey) -> Result<Self, String> {
        let mut sessions = [0; 32];
        getrandom::fill(&mut sessions).map_err(|e| e.to_string())?;
        let http = Client::builder()
            .no_proxy()
            .redirect(redirect::Policy::none())
            .timeout(LONGEST_CALL)
            .build()
            .map_err(|e| e.to_string())?;
        Ok(Self {
            http,
            wallet,
            key,
            sessions,
        })
    }

    fn mac(&self, until: i64) -> Option<Hmac<Sha256>> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.sessions).ok()?;
        mac.update(format!("clerk:{until}").as_bytes());
        Some(mac)
    }

    /// A session that begins at `now` (Unix seconds).
    #[must_use]
    pub fn open(&self, now: i64) -> Option<String> {
        let until = now.saturating_add(SHIFT);
        let mac = self.mac(until)?.finalize().into_bytes();
        Some(format!("{until}.{}", URL_SAFE_NO_PAD.encode(mac)))
    }

    /// Whether a session is one of ours, and not over.
    #[must_use]
    pub fn knows(&self, token: &str, now: i64) -> bool {
        let Some((until, mac)) = token.split_once('.') else {
            return false;
        };
        let (Ok(until), Ok(mac)) = (until.parse(), URL_SAFE_NO_PAD.decode(mac)) else {
            return false;
        };
        let good = self.mac(until).map(|wanted| wanted.verify_slice(&mac));
        until > now && good.is_some_and(|checked| checked.is_ok())
    }

    /// Hands a call on with the account key; the status and the body.
    ///
    /// # Errors
    /// [`SiteError::NotFound`] for what is no till's call; [`SiteError::WalletAway`] without an answer.
    pub async fn hand_on(&self, call: Handed) -> Result<(u16, Vec<u8>), SiteError> {
        if !call.is_a_till_s() {
            return Err(SiteError::NotFound);
        }
        let away = |e: reqwest::Error| SiteError::WalletAway(e.without_url().to_string());
        let url = format!("{}/v1/{}", self.wallet, call.path);
        let mut request = self.http.request(call.method, url).bearer_auth(&self.key.0);
        if let Some(key) = call.key {
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
        let mut answer = request.send().await.map_err(away)?;
        let status = answer.status().as_u16();
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(away)? {
            if body.len() + chunk.len() > LARGEST_ANSWER {
                return Err(SiteError::WalletAway("an endless answer".to_owned()));
            }
            body.extend_from_slice(&chunk);
        }
        Ok((status, body))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counter() -> Counter {
        let wallet = Origin::parse("http://127.0.0.1:9").unwrap();
        Counter::new(wallet, "0123456789abcdef".parse().unwrap()).unwrap()
    }

    #[test]
    fn a_session_is_ours_until_its_end() {
        let counter = counter();
        let token = counter.open(1_000).unwrap();
        assert!(counter.knows(&token, 1_000 + SHIFT - 1));
        assert!(!counter.knows(&token, 1_000 + SHIFT));
        let later = token.replacen("44200", "99999", 1);
        for other in ["", ".", "99999999.", later.as_str(), "x"] {
            assert!(!counter.knows(other, 1_000), "{other}");
        }
        let stranger = self::counter();
        assert!(!stranger.knows(&token, 1_000), "another program's");
        assert!(!format!("{counter:?}").contains("0123456789abcdef"));
    }

    #[test]
    fn only_a_till_s_calls_are_handed_on() {
        let call = |method: Method, path: &str| Handed {
            method,
            path: path.to_owned(),
            key: None,
            language: None,
            body: vec![],
        };
        for (method, path) in [
            (Method::POST, "payment/intent"),
            (Method::GET, "customer/card?external_customer_id=a"),
            (Method::DELETE, "customer/card/pm_1?external_customer_id=a"),
        ] {
            assert!(call(method, path).is_a_till_s(), "{path}");
        }
        for (method, path) in [
            (Method::GET, "payment/intent"),
            (Method::POST, "account/setup-intent"),
            (Method::POST, "../holds"),
            (Method::DELETE, "customer/card/../../../holds"),
            (Method::PUT, "customer/card"),
        ] {
            assert!(!call(method, path).is_a_till_s(), "{path}");
        }
    }
}
