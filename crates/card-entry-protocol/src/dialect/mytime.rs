//! MyTime's marketplace API, `/api/mkp/v1`: users, sessions, the company, and a wallet of one card.
//!
//! The shapes are those of MyTime's how-to "How to save a credit card in the user's wallet using Stripe" and of the
//! OpenAPI pages it names. Unknown fields are ignored on reading, and one bad card never empties a wallet.

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

/// Where the API begins.
pub const BASE: &str = "/api/mkp/v1";

#[cfg(test)]
mod tests;
