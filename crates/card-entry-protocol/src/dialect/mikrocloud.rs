//! MikroCloud's account API, `/v1/account`: a wallet of several cards, for whoever a signed token speaks for.
//!
//! The shapes are those of MikroCloud's page "Payment Methods API". Its slips, which its own words correct: both objects
//! are headed "The Tax ID Object"; the example of a save posts to `/v1/account/tax`; a client secret is called an enum;
//! the payment methods of its examples begin with `card_`, though `confirmCardSetup` gives `pm_…`; and its curl sends
//! JSON under curl's own content type for forms. See the tests.

mod error;
mod method;
mod setup_intent;

pub use error::ErrorBody;
pub use method::{PaymentMethod, SavePaymentMethod, listed_brand};
pub use setup_intent::{SecretText, SetupIntent};

/// Where the API begins.
pub const BASE: &str = "/v1/account";

/// What a token may be good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Looking at cards.
    Read,
    /// Changing them.
    Write,
}

impl Scope {
    /// The word in the token.
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
