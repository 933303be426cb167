//! What a card is confirmed with.

use serde::{Deserialize, Serialize};

use crate::secret::ClientSecret;

/// The answer of `POST /setup-intent`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetupIntent {
    /// `seti_…`.
    pub id: String,
    /// For Stripe.js.
    pub publishable_key: String,
    /// For Stripe.js, and for nobody but the person.
    pub client_secret: SecretText,
    /// `requires_payment_method`, `requires_confirmation`, `requires_action`, `processing`, `canceled`, `succeeded`, or
    /// one that came later.
    pub status: String,
    /// `YYYY-MM-DD HH:MM:SS` in the token's time zone. It names no offset, so that it is a text and no moment.
    pub created_at: String,
}

/// A client secret as the vendor's page may cut it short; its `Debug` is `***`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SecretText(String);

impl SecretText {
    /// The secret, if it is whole.
    #[must_use]
    pub fn read(&self) -> Option<ClientSecret> {
        ClientSecret::parse(&self.0)
    }
}

impl From<ClientSecret> for SecretText {
    fn from(secret: ClientSecret) -> Self {
        Self(secret.into())
    }
}

impl core::fmt::Debug for SecretText {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("***")
    }
}
