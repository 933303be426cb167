//! JSON Web Tokens of others, verified: who signed, for whom, until when, and what they may do.
//!
//! Called by the routes of systems whose owners come with such a token. RFC 7519 in the compact form of RFC 7515, and
//! what RFC 8725 asks: a key has one algorithm, decided here and never by the token, so that `none` and a public key
//! taken for a shared secret get nowhere. Nothing of a token is believed, or logged, before its signature is checked.

mod claims;
mod key;
mod spki;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;

pub use claims::Claims;
pub use key::{Algorithm, Key, KeyError};

/// The longest token looked at: twenty times an honest one.
const LONGEST: usize = 8 * 1024;

/// The head, as far as it counts. Unknown entries are ignored; one named twice is no head.
#[derive(Debug, Deserialize)]
struct Head {
    alg: String,
    #[serde(default)]
    kid: Option<String>,
    /// Extensions the reader must understand (RFC 7515, 4.1.11): there are none we do.
    #[serde(default)]
    crit: Option<serde_json::Value>,
}

/// A token taken apart and not believed yet.
#[derive(Debug)]
pub struct Token<'a> {
    head: Head,
    issuer: String,
    signed: &'a str,
    signature: Vec<u8>,
    payload: Vec<u8>,
}

#[derive(Debug, Deserialize)]
struct Issuer {
    iss: String,
}

impl<'a> Token<'a> {
    /// Takes a token apart. `None`: it is none.
    #[must_use]
    pub fn read(text: &'a str) -> Option<Self> {
        if text.len() > LONGEST {
            return None;
        }
        let (signed, signature) = text.rsplit_once('.')?;
        let (head, payload) = signed.split_once('.')?;
        let head: Head = serde_json::from_slice(&decode(head)?).ok()?;
        let payload = decode(payload)?;
        let Issuer { iss } = serde_json::from_slice(&payload).ok()?;
        Some(Self {
            head,
            issuer: iss,
            signed,
            signature: decode(signature)?,
            payload,
        })
    }

    /// Who the token says has signed it: good for looking up whose keys to try, and for nothing else.
    #[must_use]
    pub fn claimed_issuer(&self) -> &str {
        &self.issuer
    }

    /// The claims, when this key signed them. Times, audience and scopes are still to be judged.
    #[must_use]
    pub fn signed_by(&self, key: &Key) -> Option<Claims> {
        let named = match (&self.head.kid, key.id()) {
            (Some(named), Some(id)) => named == id,
            (None, _) => true,
            (Some(_), None) => false,
        };
        let meant = named && self.head.crit.is_none() && self.head.alg == key.algorithm().as_str();
        if !meant || !key.verifies(self.signed.as_bytes(), &self.signature) {
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
