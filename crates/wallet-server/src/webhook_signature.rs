//! Verifies the `Stripe-Signature` header: `t=…,v1=…[,v1=…]`, an HMAC-SHA256 of `t.body` with a secret of the endpoint.
//!
//! Called by the webhook route before it parses the body. One valid `v1` is enough, because Stripe signs with the old and
//! the new secret while a secret is being rolled. It must never accept another scheme, and it compares in constant time.
//! See <https://docs.stripe.com/webhooks#verify-manually>.

use ring::hmac;

use crate::clock::Seconds;
use crate::secret::Secret;

/// The maximum age of a signature, in seconds, as in Stripe's libraries. The same applies to times in the future.
const TOLERANCE_SECONDS: u64 = 300;

/// The maximum number of signatures that are verified; Stripe sends two at most.
const MAX_SIGNATURES: usize = 16;

/// Whether the body was signed with one of the secrets within the tolerance of `now`.
#[must_use]
pub fn is_signed(header: &str, body: &[u8], secrets: &[Secret], now: Seconds) -> bool {
    let parts = || header.split(',').filter_map(|part| part.split_once('='));
    let mut timestamps = parts().filter(|(scheme, _)| scheme.trim() == "t");
    let (Some((_, text)), None) = (timestamps.next(), timestamps.next()) else {
        return false;
    };
    // Digits only, because the signature covers the text as it was received.
    let timestamp = Some(text)
        .filter(|text| text.bytes().all(|b| b.is_ascii_digit()))
        .and_then(|text| text.parse::<Seconds>().ok());
    if timestamp.is_none_or(|timestamp| timestamp.abs_diff(now) > TOLERANCE_SECONDS) {
        return false;
    }
    let signed = [text.as_bytes(), b".", body].concat();
    let signatures = parts().filter(|(scheme, _)| scheme.trim() == "v1");
    signatures
        .take(MAX_SIGNATURES)
        .filter_map(|(_, hex)| decode_hex(hex))
        .any(|signature| {
            secrets.iter().any(|secret| {
                let key = hmac::Key::new(hmac::HMAC_SHA256, secret.reveal().as_bytes());
                hmac::verify(&key, &signed, &signature).is_ok()
            })
        })
}

fn decode_hex(hex: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = hex
        .chars()
        .map(|digit| u8::try_from(digit.to_digit(16)?).ok())
        .collect();
    let digits = digits.filter(|digits| digits.len() == 64)?;
    let pair = |pair: &[u8]| pair.iter().fold(0, |byte, digit| byte << 4 | digit);
    Some(digits.chunks(2).map(pair).collect())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const BODY: &[u8] = br#"{"id":"evt_1"}"#;
    const NOW: Seconds = 1_800_000_000;

    fn v1(secret: &str, timestamp: impl core::fmt::Display, body: &[u8]) -> String {
        let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
        let signed = [format!("{timestamp}.").as_bytes(), body].concat();
        let tag = hmac::sign(&key, &signed);
        tag.as_ref().iter().map(|b| format!("{b:02x}")).collect()
    }

    fn is_valid(header: &str) -> bool {
        let secrets = ["whsec_old", "whsec_new"].map(|text| Secret::new(text.to_owned()));
        is_signed(header, BODY, &secrets, NOW)
    }

    #[test]
    fn one_valid_v1_is_enough_and_other_schemes_do_not_count() {
        let (old, new) = (v1("whsec_old", NOW, BODY), v1("whsec_new", NOW, BODY));
        let other = v1("whsec_other", NOW, BODY);
        let altered = v1("whsec_old", NOW, br#"{"id":"evt_2"}"#);
        for valid in [
            format!("t={NOW},v1={old}"),
            format!("t={NOW},v1={new}"),
            format!("t={NOW},v1={new},v1={old},v0={other}"),
            format!("t={NOW},v1={other},v1={old}"),
            format!("t={NOW},v1={old},v1={other}"),
            format!("v1={old},t={NOW}"),
        ] {
            assert!(is_valid(&valid), "{valid}");
        }
        for invalid in [
            String::new(),
            format!("t={NOW}"),
            format!("v1={old}"),
            format!("t={NOW},v0={old}"),
            format!("t={NOW},v1={other}"),
            format!("t={NOW},v1={altered}"),
            format!("t={NOW},v1="),
            format!("t={NOW},v1={}", old.get(..62).unwrap()),
            format!("t={NOW},v1={old}00"),
            format!("t={},v1={old}", NOW + 1),
            format!("t={NOW},t={NOW},v1={old}"),
            format!("t=+{NOW},v1={old}"),
            format!("t= {NOW},v1={old}"),
        ] {
            assert!(!is_valid(&invalid), "{invalid}");
        }
    }

    #[test]
    fn a_signature_is_valid_for_five_minutes_in_both_directions() {
        let at = |timestamp: Seconds| {
            let signature = v1("whsec_old", timestamp, BODY);
            is_valid(&format!("t={timestamp},v1={signature}"))
        };
        assert!(at(NOW - 300) && at(NOW + 300));
        assert!(!at(NOW - 301) && !at(NOW + 301) && !at(0) && !at(Seconds::MAX));
        for absurd in ["-1", "1e9", "99999999999999999999", "", "NaN", "٣"] {
            let signature = v1("whsec_old", absurd, BODY);
            assert!(!is_valid(&format!("t={absurd},v1={signature}")), "{absurd}");
        }
    }
}
