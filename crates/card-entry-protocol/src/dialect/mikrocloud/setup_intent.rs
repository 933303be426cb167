//! The SetupIntent with which Stripe.js confirms a card.
//!
//! Its client secret must never be printed: the `Debug` of [`SecretText`] is `***`.

use serde::{Deserialize, Serialize};

use crate::secret::ClientSecret;

/// The response of `POST /setup-intent`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
pub struct SetupIntent {
    /// The id of the intent, `seti_…`.
    pub id: String,
    /// The publishable key for Stripe.js, `pk_…`.
    pub publishable_key: String,
    /// The client secret for Stripe.js. Only the person's own page may have it.
    pub client_secret: SecretText,
    /// Stripe's status: `requires_payment_method`, `requires_confirmation`, `requires_action`, `processing`, `canceled`,
    /// `succeeded`, or a later one.
    pub status: String,
    /// `YYYY-MM-DD HH:MM:SS` in the token's time zone. It is a text, because it has no offset.
    pub created_at: String,
}

/// A client secret, which the example of the vendor's page cuts short. Its `Debug` is `***`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(inline))]
#[serde(transparent)]
pub struct SecretText(String);

impl SecretText {
    /// The client secret; `None` when it is not complete.
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
