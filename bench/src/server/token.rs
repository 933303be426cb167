//! Signs MikroCloud tokens for the owners of the load. Such an owner needs no password, whose hashing would be measured
//! instead of the wallet. A key must never be used outside of a benchmark: it is derived from the account's number.

use std::time::{SystemTime, UNIX_EPOCH};

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use hmac::{Hmac, Mac};
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::error::BenchError;

/// Longer than any run.
const LIFETIME_SECONDS: u64 = 24 * 60 * 60;

/// The `kid` of every token.
pub const KEY_ID: &str = "bench";

/// The `iss` of an account's tokens.
#[must_use]
pub fn issuer(account: u64) -> String {
    format!("https://tokens-{account}.bench.example")
}

/// The shared secret of an account, in base64, for the settings file.
#[must_use]
pub fn secret_base64(account: u64) -> String {
    STANDARD.encode(secret(account))
}

fn secret(account: u64) -> [u8; 32] {
    Sha256::digest(format!("bench account {account}")).into()
}

/// A token with HS256 for one owner, with the scopes to read and to write.
///
/// # Errors
/// The computer's clock is before 1970.
pub fn sign(account: u64, owner: &str) -> Result<String, BenchError> {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_err(|cause| BenchError::failed("reading the clock", cause))?;
    let head = json!({"alg": "HS256", "typ": "JWT", "kid": KEY_ID});
    let claims = json!({
        "iss": issuer(account),
        "sub": owner,
        "exp": now.as_secs() + LIFETIME_SECONDS,
        "scope": "account:read account:write",
    });
    let part = |value: &serde_json::Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let text = format!("{}.{}", part(&head), part(&claims));
    let mut mac = Hmac::<Sha256>::new_from_slice(&secret(account))
        .map_err(|cause| BenchError::failed("signing a token", cause))?;
    mac.update(text.as_bytes());
    let signature = URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes());
    Ok(format!("{text}.{signature}"))
}
