//! What a browser needs to reach a reader: ours, since the vendor's page takes a connected reader for granted.
//! See <https://docs.stripe.com/terminal/payments/setup-integration#connection-token>.

use serde::{Deserialize, Serialize};

use super::ExternalAccountId;
use crate::text::{checked_text, is_word};

checked_text!(
    /// Lets its holder connect to a reader of the account, once: `pst_…`.
    ConnectionTokenSecret,
    "not a connection token",
    |text| is_word(text, 8, 512)
);

impl core::fmt::Debug for ConnectionTokenSecret {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("***")
    }
}

/// `POST /terminal/connection_token`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnectionTokenBody {
    /// The merchant's account, whose readers they are.
    pub external_account_id: ExternalAccountId,
}

/// Of `POST /terminal/connection_token`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnectionTokenResponse {
    /// For Stripe Terminal's `onFetchConnectionToken`.
    pub secret: ConnectionTokenSecret,
}
