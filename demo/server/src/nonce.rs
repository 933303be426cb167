//! The nonce of one response: what lets the page's own inline script run, and nobody else's.

use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};

use crate::error::SiteError;

/// What Trunk leaves in the built page for the server to replace.
const PLACE: &str = "{{__TRUNK NONCE__}}";

/// 128 random bits, as CSP asks for: <https://www.w3.org/TR/CSP3/#security-nonces>.
#[derive(Debug, Clone)]
pub struct Nonce(String);

impl Nonce {
    /// Draws one; never used for a second response.
    ///
    /// # Errors
    /// When the operating system has no randomness to give.
    pub fn draw() -> Result<Self, SiteError> {
        let mut bytes = [0u8; 16];
        getrandom::fill(&mut bytes).map_err(|e| SiteError::Broken(e.to_string()))?;
        Ok(Self(STANDARD_NO_PAD.encode(bytes)))
    }

    /// The nonce, for the policy.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The page with this nonce in its places.
    #[must_use]
    pub fn fill(&self, html: &str) -> String {
        html.replace(PLACE, &self.0)
    }
}
