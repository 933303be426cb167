//! A secret of this server: a gateway key, a holds key, a sign-in token.
//!
//! Read by the configuration and the gateway client. Its `Debug` prints `***`, it has no `Display` and is never
//! serialised, so that no log line and no answer can hold it by accident.

use serde::Deserialize;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// A text that must not be shown.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// Wraps a text.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(text)
    }

    /// The text itself, for the one place that must send it.
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

/// The SHA-256 of a secret of at least 128 random bits: enough to recognise it, useless to whoever reads it.
/// People's passwords are no such secrets; see [`crate::password`].
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint([u8; 32]);

impl Fingerprint {
    /// Takes the fingerprint of a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self(Sha256::digest(text.as_bytes()).into())
    }

    /// The 32 bytes, for a database column.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The same in hexadecimal, for a name at the gateway.
    #[must_use]
    pub fn to_hex(&self) -> String {
        self.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Compares in constant time.
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

/// Draws 256 random bits as 43 base64url characters: a session token, an idempotency key.
///
/// # Errors
/// When the operating system has no randomness to give.
pub fn draw() -> Result<Secret, getrandom::Error> {
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
    fn nothing_prints_itself() {
        let secret = Secret::new("sk_test_1".to_owned());
        assert_eq!(format!("{secret:?} {:?}", Fingerprint::of("a")), "*** ***");
    }

    #[test]
    fn a_fingerprint_knows_its_own() {
        let token = draw().unwrap();
        assert_eq!(token.reveal().len(), 43);
        assert!(Fingerprint::of(token.reveal()).matches(token.reveal()));
        assert!(!Fingerprint::of(token.reveal()).matches("other"));
        assert_ne!(draw().unwrap().reveal(), token.reveal());
    }
}
