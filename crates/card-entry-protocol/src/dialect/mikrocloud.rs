//! MikroCloud's account API, `/v1/account`: a wallet with several cards, for the person of a signed token.
//!
//! The shapes are those of MikroCloud's page "Payment Methods API". It has mistakes that its own text corrects: both objects
//! have the heading "The Tax ID Object"; the example of a save posts to `/v1/account/tax`; a client secret is called an
//! enum; the payment methods of its examples begin with `card_`, though `confirmCardSetup` returns `pm_…`; and its curl
//! sends JSON with curl's content type for forms. See the tests. A client secret must never be printed.
//!
//! ```
//! use card_entry_protocol::dialect::mikrocloud::SavePaymentMethod;
//!
//! let body = SavePaymentMethod { id: "pm_1QNCGJBb9dNaU75s5H5qvQXm".to_owned() };
//! assert_eq!(serde_json::to_string(&body)?, r#"{"id":"pm_1QNCGJBb9dNaU75s5H5qvQXm"}"#);
//! # Ok::<(), serde_json::Error>(())
//! ```

mod error;
mod method;
mod setup_intent;

pub use error::ErrorBody;
pub use method::{PaymentMethod, SavePaymentMethod, listed_brand};
pub use setup_intent::{SecretText, SetupIntent};

/// The path prefix of every endpoint of this API.
pub const BASE: &str = "/v1/account";

/// What a token allows its holder to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// `account:read`: to list the cards.
    Read,
    /// `account:write`: to save and remove cards, and to choose the default.
    Write,
}

impl Scope {
    /// The value in the token, e.g. `account:read`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Read => "account:read",
            Self::Write => "account:write",
        }
    }
}

#[cfg(test)]
mod tests;
