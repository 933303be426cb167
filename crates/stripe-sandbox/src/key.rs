//! API keys: the account of a call, and its rights. Parsed before anything else.
//!
//! A live key must never be accepted, so that a wrong setting cannot send real cards here.

use crate::error::ApiError;
use base64::Engine as _;
use serde::{Deserialize, Serialize};

/// What a caller may call and see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rights {
    /// A browser's key: few calls, and objects without the members that only the merchant may see.
    Publishable,
    /// A server's key: every call.
    Secret,
}

/// A test key: `pk_test_<name>`, `sk_test_<name>` or `rk_test_<name>`. All belong to the account `<name>`. A restricted
/// key has every permission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiKey {
    pub rights: Rights,
    pub account: String,
}

impl ApiKey {
    /// Parses a key from a header or a form.
    ///
    /// # Errors
    /// 401 for a live key, and for text that is not a key.
    pub fn parse(text: &str) -> Result<Self, ApiError> {
        for live in ["pk_live_", "sk_live_", "rk_live_"] {
            if text.starts_with(live) {
                return Err(ApiError::unauthorized(
                    "This is a sandbox: it refuses live keys. Use a key that starts with pk_test_ or sk_test_.",
                ));
            }
        }
        let secret = ["sk_test_", "rk_test_"];
        let secret = secret.iter().find_map(|prefix| text.strip_prefix(prefix));
        let (rights, name) = match (text.strip_prefix("pk_test_"), secret) {
            (Some(name), _) => (Rights::Publishable, name),
            (_, Some(name)) => (Rights::Secret, name),
            _ => return Err(unknown_key(text)),
        };
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
        if name.is_empty() || name.len() > 200 || !name.chars().all(plain) {
            return Err(unknown_key(text));
        }
        Ok(Self {
            rights,
            account: name.to_owned(),
        })
    }

    /// Parses an `Authorization` header: `Bearer <key>`, or `Basic` with the key as the user name.
    ///
    /// # Errors
    /// 401 when the header has no valid key.
    pub fn from_authorization(header: &str) -> Result<Self, ApiError> {
        if let Some(key) = header.strip_prefix("Bearer ") {
            return Self::parse(key.trim());
        }
        let user = header
            .strip_prefix("Basic ")
            .and_then(|encoded| {
                base64::engine::general_purpose::STANDARD
                    .decode(encoded.trim())
                    .ok()
            })
            .and_then(|bytes| String::from_utf8(bytes).ok())
            .and_then(|pair| pair.split(':').next().map(str::to_owned));
        match user {
            Some(key) => Self::parse(&key),
            None => Err(ApiError::unauthorized(
                "You did not provide an API key. Send it as a Bearer token.",
            )),
        }
    }
}

/// The error for an unknown key. It shows at most eight characters, because the text may be a secret.
fn unknown_key(text: &str) -> ApiError {
    let prefix: String = text.chars().take(8).filter(char::is_ascii).collect();
    ApiError::unauthorized(&format!("Invalid API Key provided: {prefix}***"))
}
