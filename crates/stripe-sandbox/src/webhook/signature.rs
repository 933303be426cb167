//! The `Stripe-Signature` header: `t=…,v1=…[,v1=…],v0=…`, as
//! <https://docs.stripe.com/webhooks#verify-manually> describes it. Used by the courier.

use crate::object::webhook_endpoint::SigningSecret;
use hmac::{Hmac, Mac as _};
use sha2::Sha256;
use std::fmt::Write as _;

/// HMAC-SHA256 of `moment.body`, in hexadecimal.
#[must_use]
pub fn sign(secret: &SigningSecret, moment: i64, body: &[u8]) -> String {
    // HMAC takes a key of any length.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.0.as_bytes()) else {
        return String::new();
    };
    mac.update(format!("{moment}.").as_bytes());
    mac.update(body);
    let mut hex = String::with_capacity(64);
    for byte in mac.finalize().into_bytes() {
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}

/// The whole header: one `v1` for each secret, and the `v0` that Stripe adds in test mode and no
/// receiver may trust.
#[must_use]
pub fn header(secrets: &[SigningSecret], moment: i64, body: &[u8], with_v1: bool) -> String {
    let mut parts = vec![format!("t={moment}")];
    if with_v1 {
        parts.extend(
            secrets
                .iter()
                .map(|secret| format!("v1={}", sign(secret, moment, body))),
        );
    }
    let decoy = SigningSecret("v0".to_owned());
    parts.push(format!("v0={}", sign(&decoy, moment, body)));
    parts.join(",")
}
