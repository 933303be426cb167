//! A guest: a wallet without an account, valid as long as its token.
//!
//! The token must never be printed: the `Debug` of [`Guest`] is `Guest(***)`.

use serde::{Deserialize, Serialize};

/// The response of `POST /guests`, `{user: {guest_token}}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
pub struct GuestBody {
    /// The guest, with a token only.
    pub user: Guest,
}

/// A guest, who is identified by a token alone.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
pub struct Guest {
    /// The token for the `gauthorization` header.
    pub guest_token: String,
}

impl core::fmt::Debug for Guest {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Guest(***)")
    }
}
