//! A key that verifies tokens, and its one algorithm.
//!
//! Made by the configuration. `ring` verifies the signatures in constant time. It must never print the key.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, ED25519, RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey,
    VerificationAlgorithm,
};

use super::public_key_pem::{self, KeyType};
use crate::secret::Secret;

/// The minimum length of a shared secret, which is the output length of SHA-256: RFC 7518, 3.2.
const MIN_SHARED_SECRET_BYTES: usize = 32;

/// The signature algorithms, named as in RFC 7518 and RFC 8037.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    /// HMAC with SHA-256 and a shared secret.
    Hs256,
    /// RSASSA-PKCS1-v1_5 with SHA-256, 2048 bits or more.
    Rs256,
    /// ECDSA with P-256 and SHA-256.
    Es256,
    /// EdDSA with the curve Ed25519.
    EdDsa,
}

impl Algorithm {
    /// All algorithms that the server supports.
    pub const ALL: [Self; 4] = [Self::Hs256, Self::Rs256, Self::Es256, Self::EdDsa];

    /// The value of `alg` in a JOSE header.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Hs256 => "HS256",
            Self::Rs256 => "RS256",
            Self::Es256 => "ES256",
            Self::EdDsa => "EdDSA",
        }
    }

    /// Parses the value of `alg`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.as_str() == text)
    }
}

/// Why a text is not a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum VerificationKeyError {
    /// The shared secret is not base64.
    #[error("is not base64")]
    NotBase64,
    /// The shared secret has fewer than 32 bytes.
    #[error("is too short to be safe; use 32 random bytes or more")]
    TooShort,
    /// The text is not a public key in PEM, or its type does not fit the algorithm.
    #[error("is not a public key of this algorithm in PEM (`-----BEGIN PUBLIC KEY-----`)")]
    NotPublicKey,
}

#[derive(Clone)]
enum KeyMaterial {
    Shared(ring::hmac::Key),
    Public(Vec<u8>),
}

/// A key that verifies tokens. Its `Debug` does not print it.
#[derive(Clone)]
pub struct VerificationKey {
    id: Option<String>,
    algorithm: Algorithm,
    material: KeyMaterial,
}

impl core::fmt::Debug for VerificationKey {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Key({}, ***)", self.algorithm.as_str())
    }
}

impl VerificationKey {
    /// Makes a key of HS256 from a shared secret in base64.
    ///
    /// # Errors
    /// [`VerificationKeyError::NotBase64`], [`VerificationKeyError::TooShort`].
    pub fn shared(id: Option<String>, base64: &Secret) -> Result<Self, VerificationKeyError> {
        let bytes = STANDARD
            .decode(base64.reveal().trim())
            .map_err(|_| VerificationKeyError::NotBase64)?;
        if bytes.len() < MIN_SHARED_SECRET_BYTES {
            return Err(VerificationKeyError::TooShort);
        }
        let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, &bytes);
        Ok(Self {
            id,
            algorithm: Algorithm::Hs256,
            material: KeyMaterial::Shared(key),
        })
    }

    /// Makes a key of another algorithm from a public key in PEM.
    ///
    /// # Errors
    /// [`VerificationKeyError::NotPublicKey`].
    pub fn public(
        id: Option<String>,
        algorithm: Algorithm,
        pem: &str,
    ) -> Result<Self, VerificationKeyError> {
        let (kind, key) =
            public_key_pem::read_pem(pem).ok_or(VerificationKeyError::NotPublicKey)?;
        let fits = matches!(
            (algorithm, kind),
            (Algorithm::Rs256, KeyType::Rsa)
                | (Algorithm::Es256, KeyType::P256)
                | (Algorithm::EdDsa, KeyType::Ed25519)
        );
        if !fits {
            return Err(VerificationKeyError::NotPublicKey);
        }
        Ok(Self {
            id,
            algorithm,
            material: KeyMaterial::Public(key),
        })
    }

    /// The `kid` of the key, if it has one.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// The one algorithm of the key.
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
            (KeyMaterial::Shared(key), Algorithm::Hs256) => {
                ring::hmac::verify(key, message, signature).is_ok()
            }
            (KeyMaterial::Public(key), Algorithm::Rs256) => {
                public(&RSA_PKCS1_2048_8192_SHA256, key)
            }
            (KeyMaterial::Public(key), Algorithm::Es256) => public(&ECDSA_P256_SHA256_FIXED, key),
            (KeyMaterial::Public(key), Algorithm::EdDsa) => public(&ED25519, key),
            (KeyMaterial::Shared(_), _) | (KeyMaterial::Public(_), Algorithm::Hs256) => false,
        }
    }
}
