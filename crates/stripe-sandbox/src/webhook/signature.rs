//! The `Stripe-Signature` header: `t=…,v1=…[,v1=…],v0=…`, as
//! <https://docs.stripe.com/webhooks#verify-manually> describes it. Used by [`super::sender`].
//! The secret must never be logged.

use crate::object::webhook_endpoint::SigningSecret;
use hmac::{Hmac, Mac as _};
use sha2::Sha256;
use std::fmt::Write as _;

/// HMAC-SHA256 of `timestamp.body`, in hexadecimal.
#[must_use]
pub fn sign(secret: &SigningSecret, timestamp: i64, body: &[u8]) -> String {
    // HMAC accepts a key of any length, so this never fails.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.0.as_bytes()) else {
        return String::new();
    };
    mac.update(format!("{timestamp}.").as_bytes());
    mac.update(body);
    let mut hex = String::with_capacity(64);
    for byte in mac.finalize().into_bytes() {
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}

/// The header value: one `v1` for each secret, and the `v0` that Stripe adds in test mode. A receiver must not
/// trust `v0`.
#[must_use]
pub fn header(secrets: &[SigningSecret], timestamp: i64, body: &[u8]) -> String {
    let mut parts = vec![format!("t={timestamp}")];
    parts.extend(
        secrets
            .iter()
            .map(|secret| format!("v1={}", sign(secret, timestamp, body))),
    );
    let v0_secret = SigningSecret("v0".to_owned());
    parts.push(format!("v0={}", sign(&v0_secret, timestamp, body)));
    parts.join(",")
}
