//! A guest: a wallet without an account, as long as its token lives.

use serde::{Deserialize, Serialize};

/// `{user: {guest_token}}`, the answer of `POST /guests`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuestBody {
    /// The guest.
    pub user: Guest,
}

/// A guest, who is known by a token alone.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guest {
    /// For the `gauthorization` header.
    pub guest_token: String,
}

impl core::fmt::Debug for Guest {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Guest(***)")
    }
}
