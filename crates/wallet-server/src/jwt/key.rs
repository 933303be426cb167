//! A key that tokens are verified with, and the one algorithm it is for.
//!
//! Made by the configuration. Signatures are checked by ring, whose comparisons take constant time.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, ED25519, RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey,
    VerificationAlgorithm,
};

use super::spki::{self, Kind};
use crate::secret::Secret;

/// The shortest shared secret, as long as what SHA-256 gives: RFC 7518, 3.2.
const SHORTEST_SECRET: usize = 32;

/// How tokens are signed: the names of RFC 7518 and RFC 8037.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    /// A secret both sides have.
    Hs256,
    /// RSA, 2048 bits or more.
    Rs256,
    /// The curve P-256.
    Es256,
    /// Ed25519.
    EdDsa,
}

impl Algorithm {
    /// Every one.
    pub const ALL: [Self; 4] = [Self::Hs256, Self::Rs256, Self::Es256, Self::EdDsa];

    /// The name in a token's head.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Hs256 => "HS256",
            Self::Rs256 => "RS256",
            Self::Es256 => "ES256",
            Self::EdDsa => "EdDSA",
        }
    }

    /// Reads the name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.as_str() == text)
    }
}

/// Why something is no key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// The secret is not in base64.
    #[error("is not base64")]
    NotBase64,
    /// The secret can be guessed.
    #[error("is too short to be safe; use 32 random bytes or more")]
    TooShort,
    /// The text is not a public key in PEM, or not of this algorithm.
    #[error("is not a public key of this algorithm in PEM (`-----BEGIN PUBLIC KEY-----`)")]
    NotPublicKey,
}

#[derive(Clone)]
enum Material {
    Shared(ring::hmac::Key),
    Public(Vec<u8>),
}

/// A key.
#[derive(Clone)]
pub struct Key {
    id: Option<String>,
    algorithm: Algorithm,
    material: Material,
}

impl core::fmt::Debug for Key {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Key({}, ***)", self.algorithm.as_str())
    }
}

impl Key {
    /// A shared secret, for HS256.
    ///
    /// # Errors
    /// When it is not base64 or too short.
    pub fn shared(id: Option<String>, base64: &Secret) -> Result<Self, KeyError> {
        let bytes = STANDARD
            .decode(base64.reveal().trim())
            .map_err(|_| KeyError::NotBase64)?;
        if bytes.len() < SHORTEST_SECRET {
            return Err(KeyError::TooShort);
        }
        let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, &bytes);
        Ok(Self {
            id,
            algorithm: Algorithm::Hs256,
            material: Material::Shared(key),
        })
    }

    /// A public key in PEM, for the other algorithms.
    ///
    /// # Errors
    /// When it is none, or of another algorithm.
    pub fn public(id: Option<String>, algorithm: Algorithm, pem: &str) -> Result<Self, KeyError> {
        let (kind, key) = spki::read_pem(pem).ok_or(KeyError::NotPublicKey)?;
        let fits = matches!(
            (algorithm, kind),
            (Algorithm::Rs256, Kind::Rsa)
                | (Algorithm::Es256, Kind::P256)
                | (Algorithm::EdDsa, Kind::Ed25519)
        );
        if !fits {
            return Err(KeyError::NotPublicKey);
        }
        Ok(Self {
            id,
            algorithm,
            material: Material::Public(key),
        })
    }

    /// Its `kid`, if it has one.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// The one algorithm it is for.
    #[must_use]
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    pub(super) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        let public = |how: &'static dyn VerificationAlgorithm, key: &[u8]| {
            UnparsedPublicKey::new(how, key)
                .verify(message, signature)
                .is_ok()
        };
        match (&self.material, self.algorithm) {
            (Material::Shared(key), Algorithm::Hs256) => {
                ring::hmac::verify(key, message, signature).is_ok()
            }
            (Material::Public(key), Algorithm::Rs256) => public(&RSA_PKCS1_2048_8192_SHA256, key),
            (Material::Public(key), Algorithm::Es256) => public(&ECDSA_P256_SHA256_FIXED, key),
            (Material::Public(key), Algorithm::EdDsa) => public(&ED25519, key),
            (Material::Shared(_), _) | (Material::Public(_), Algorithm::Hs256) => false,
        }
    }
}
