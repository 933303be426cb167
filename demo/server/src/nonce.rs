//! The CSP nonce of one response, which allows the page's own inline script. A nonce must never be used for two responses.

use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};

use crate::error::SiteError;

/// The placeholder that Trunk leaves in the built page.
const PLACEHOLDER: &str = "{{__TRUNK NONCE__}}";

/// 128 random bits, as CSP requires: <https://www.w3.org/TR/CSP3/#security-nonces>.
#[derive(Debug, Clone)]
pub struct CspNonce(String);

impl CspNonce {
    /// # Errors
    /// When the operating system provides no randomness.
    pub fn generate() -> Result<Self, SiteError> {
        let mut bytes = [0u8; 16];
        getrandom::fill(&mut bytes).map_err(|e| SiteError::Internal(e.to_string()))?;
        Ok(Self(STANDARD_NO_PAD.encode(bytes)))
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Replaces the placeholders of a page with this nonce.
    #[must_use]
    pub fn fill(&self, html: &str) -> String {
        html.replace(PLACEHOLDER, &self.0)
    }
}
