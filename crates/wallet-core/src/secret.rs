//! Secrets of this server: gateway keys, holds keys, session tokens. And fingerprints, by which it recognises secrets.
//!
//! Used everywhere. A [`Secret`] must never be printed or serialized: its `Debug` prints `***`, and it has no `Display`
//! and no `Serialize`.

use serde::Deserialize;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// A text that must not be shown.
///
/// ```
/// use wallet_core::secret::Secret;
///
/// let key = Secret::new("sk_test_1".to_owned());
/// assert_eq!(format!("{key:?}"), "***");
/// ```
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// Makes a secret of a text.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(text)
    }

    /// The text itself. Call it only to send or compare the secret.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl core::fmt::Debug for Secret {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("***")
    }
}

impl core::str::FromStr for Secret {
    type Err = core::convert::Infallible;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self(text.to_owned()))
    }
}

/// The SHA-256 of a text. It recognises a secret of at least 128 random bits and does not reveal it. It is not safe for
/// people's passwords: those need a slow hash.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint([u8; 32]);

impl Fingerprint {
    /// Makes the fingerprint of a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self(Sha256::digest(text.as_bytes()).into())
    }

    /// The 32 bytes, for the database.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The 64 hexadecimal digits, for a key at the gateway.
    #[must_use]
    pub fn to_hex(&self) -> String {
        self.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Whether a text has this fingerprint. It compares in constant time.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        self.0.ct_eq(&Self::of(text).0).into()
    }
}

impl core::fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("***")
    }
}

/// Generates 256 random bits as 43 base64url characters, for session tokens and idempotency keys.
///
/// # Errors
/// The operating system has no randomness.
pub fn generate_token() -> Result<Secret, getrandom::Error> {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    let mut bytes = [0u8; 32];
    getrandom::fill(&mut bytes)?;
    Ok(Secret(URL_SAFE_NO_PAD.encode(bytes)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn debug_shows_no_secret() {
        let secret = Secret::new("sk_test_1".to_owned());
        assert_eq!(format!("{secret:?} {:?}", Fingerprint::of("a")), "*** ***");
    }

    #[test]
    fn a_fingerprint_matches_only_its_own_text() {
        let token = generate_token().unwrap();
        assert_eq!(token.reveal().len(), 43);
        assert!(Fingerprint::of(token.reveal()).matches(token.reveal()));
        assert!(!Fingerprint::of(token.reveal()).matches("other"));
        assert_ne!(generate_token().unwrap().reveal(), token.reveal());
    }
}
