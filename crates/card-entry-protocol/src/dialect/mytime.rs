//! MyTime's marketplace API, `/api/mkp/v1`: users, sessions, the company, and a wallet with one card.
//!
//! The shapes are those of MyTime's how-to "How to save a credit card in the user's wallet using Stripe" and of the OpenAPI
//! pages that it names. Unknown members are ignored. One invalid card must never empty a wallet.
//!
//! ```
//! use card_entry_protocol::dialect::mytime::UserBody;
//!
//! let body: UserBody = serde_json::from_str(
//!     r#"{"user": {"id": 7, "email": "ann@site.example", "first_name": "Ann", "last_name": "Lee"}}"#,
//! )?;
//! assert!(body.user.credit_cards.is_empty());
//! # Ok::<(), serde_json::Error>(())
//! ```

mod card;
mod error;
mod guest;
mod request;
mod response;

pub use super::fields::FieldErrors;
pub use card::{CreditCard, MyTimeCardId};
pub use error::ErrorBody;
pub use guest::{Guest, GuestBody};
pub use request::{NewGuest, NewSession, NewUser, SaveCard, SessionQuery, TokenData};
pub use response::{ClientSecretBody, Company, CompanyBody, CompanyLocation, User, UserBody};

/// The path prefix of every endpoint of this API.
pub const BASE: &str = "/api/mkp/v1";

#[cfg(test)]
mod tests;
