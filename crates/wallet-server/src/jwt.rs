//! Verifies JSON Web Tokens that other systems issue: signature, issuer, audience, times and scopes.
//!
//! Called by MikroCloud's routes. It implements RFC 7519 in the compact form of RFC 7515, and follows RFC 8725: each key
//! has one algorithm, which the configuration sets and not the token. So `none` fails, and a public key cannot be used as
//! a shared secret. It must never trust or log anything of a token before its signature is verified.

mod claims;
mod key;
mod public_key_pem;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;

pub use claims::Claims;
pub use key::{Algorithm, VerificationKey, VerificationKeyError};

/// The maximum length of a token: twenty times a real one.
const MAX_TOKEN_BYTES: usize = 8 * 1024;

/// The JOSE header. Unknown members are ignored; a repeated member is an error.
#[derive(Debug, Deserialize)]
struct JoseHeader {
    alg: String,
    #[serde(default)]
    kid: Option<String>,
    /// Extensions that must be understood (RFC 7515, 4.1.11). This server understands none.
    #[serde(default)]
    crit: Option<serde_json::Value>,
}

/// A parsed token whose signature is not verified yet.
#[derive(Debug)]
pub struct UnverifiedToken<'a> {
    head: JoseHeader,
    issuer: String,
    signed: &'a str,
    signature: Vec<u8>,
    payload: Vec<u8>,
}

#[derive(Debug, Deserialize)]
struct IssuerClaim {
    iss: String,
}

impl<'a> UnverifiedToken<'a> {
    /// Parses a token. `None` means that it is malformed or too long.
    #[must_use]
    pub fn read(text: &'a str) -> Option<Self> {
        if text.len() > MAX_TOKEN_BYTES {
            return None;
        }
        let (signed, signature) = text.rsplit_once('.')?;
        let (head, payload) = signed.split_once('.')?;
        let head: JoseHeader = serde_json::from_slice(&decode(head)?).ok()?;
        let payload = decode(payload)?;
        let IssuerClaim { iss } = serde_json::from_slice(&payload).ok()?;
        Some(Self {
            head,
            issuer: iss,
            signed,
            signature: decode(signature)?,
            payload,
        })
    }

    /// The issuer that the token claims. Use it only to find the keys to verify the token with.
    #[must_use]
    pub fn claimed_issuer(&self) -> &str {
        &self.issuer
    }

    /// Verifies the signature with a key. The caller must still check issuer, audience, times and scopes.
    #[must_use]
    pub fn verify(&self, key: &VerificationKey) -> Option<Claims> {
        let named = match (&self.head.kid, key.id()) {
            (Some(named), Some(id)) => named == id,
            (None, _) => true,
            (Some(_), None) => false,
        };
        let key_matches =
            named && self.head.crit.is_none() && self.head.alg == key.algorithm().as_str();
        if !key_matches || !key.verifies(self.signed.as_bytes(), &self.signature) {
            return None;
        }
        serde_json::from_slice(&self.payload).ok()
    }
}

fn decode(part: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(part).ok()
}

#[cfg(test)]
mod tests;
