//! The connection token with which Stripe Terminal connects to a card reader. This call is ours: the vendor's page assumes a
//! connected reader. See <https://docs.stripe.com/terminal/payments/setup-integration#connection-token>.
//!
//! The token must never be printed: its `Debug` is `***`.

use serde::{Deserialize, Serialize};

use super::ExternalAccountId;
use crate::text::{checked_text, is_word};

checked_text!(
    /// The secret of a connection token, `pst_…`. Whoever has it can connect to a reader of the account once.
    ConnectionTokenSecret,
    "not a connection token",
    |text| is_word(text, 8, 512)
);

impl core::fmt::Debug for ConnectionTokenSecret {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("***")
    }
}

/// The body of `POST /terminal/connection_token`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
pub struct ConnectionTokenBody {
    /// The merchant's account that owns the readers.
    pub external_account_id: ExternalAccountId,
}

/// The response of `POST /terminal/connection_token`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
pub struct ConnectionTokenResponse {
    /// The secret for Stripe Terminal's `onFetchConnectionToken`.
    pub secret: ConnectionTokenSecret,
}
