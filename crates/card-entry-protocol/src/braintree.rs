//! Checks Braintree's tokenization keys, client tokens and nonces, which take the place of Stripe's publishable keys,
//! client secrets and payment methods.
//!
//! [`crate::secret`] and [`crate::card`] call it, because their types carry these texts. A page that is built without the
//! feature `braintree` accepts none of them and does not contain the checks. A server always accepts them: if it turned on
//! the feature, Cargo would turn it on in every page of the same build. A key must never be accepted as a nonce, nor a
//! nonce as a client token.

use crate::text::{is_prefixed_word, is_word};

/// Whether this build accepts Braintree's keys, client tokens and nonces.
pub(crate) const KNOWN: bool = cfg!(any(feature = "braintree", not(target_arch = "wasm32")));

/// A tokenization key, `sandbox_…_<merchant>` or `production_…_<merchant>`. It is public.
/// See <https://developer.paypal.com/braintree/docs/guides/authorization/tokenization-key/javascript/v3>.
pub(crate) fn is_key(text: &str) -> bool {
    KNOWN
        && ["sandbox_", "production_"].iter().any(|mode| {
            is_prefixed_word(text, mode, 3, 200)
                && text
                    .strip_prefix(mode)
                    .is_some_and(|rest| rest.bytes().skip(1).any(|b| b == b'_'))
        })
}

/// Client tokens of production have between two and four thousand characters.
const MAX_CLIENT_TOKEN_BYTES: usize = 8 * 1024;

/// A client token: a JSON object in base64, so it starts with `eyJ`, the encoding of `{"`.
/// See <https://developer.paypal.com/braintree/docs/guides/authorization/client-token>.
pub(crate) fn is_client_token(text: &str) -> bool {
    KNOWN
        && (32..=MAX_CLIENT_TOKEN_BYTES).contains(&text.len())
        && text.starts_with("eyJ")
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"+/=".contains(&b))
}

/// A payment method nonce, valid for one use: `tokencc_…` from Hosted Fields and GraphQL, or the older UUID.
/// See <https://developer.paypal.com/braintree/docs/guides/payment-method-nonces>.
pub(crate) fn is_nonce(text: &str) -> bool {
    KNOWN && (is_prefixed_word(text, "tokencc_", 8, 128) || is_uuid(text))
}

fn is_uuid(text: &str) -> bool {
    let lengths = [8, 4, 4, 4, 12];
    let mut parts = text.split('-');
    let fits = |length: &usize| {
        parts
            .next()
            .is_some_and(|part| is_word(part, *length, *length) && !part.contains('_'))
    };
    lengths.iter().all(fits) && parts.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_each_form_and_no_other() {
        assert!(is_key("sandbox_g42y39zw_348pk9cgf3bgyw2b"));
        assert!(is_key("production_abc_def"));
        for text in ["sandbox_", "sandbox_abc", "pk_test_demo", "sandbox_a b_c"] {
            assert!(!is_key(text), "{text}");
        }
        assert!(is_nonce("tokencc_bh_bdbzqz_nxk3rt_k8f9dn_g4xh2m_mh7"));
        assert!(is_nonce("1c46c538-712e-4b63-8c8f-5d1a0bf1b0a1"));
        for text in [
            "",
            "tokencc_",
            "4111111111111111",
            "1c46c538-712e-4b63-8c8f",
            "tokencc_<b>_12345",
        ] {
            assert!(!is_nonce(text), "{text}");
        }
        assert!(is_client_token(&format!("eyJ{}", "ab+/".repeat(20))));
        for text in [
            "eyJ",
            "seti_1_secret_2",
            &format!("eyJ{}", "<b>".repeat(20)),
        ] {
            assert!(!is_client_token(text), "{text}");
        }
    }
}
