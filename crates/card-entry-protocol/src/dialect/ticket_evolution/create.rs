//! Reads `POST …/credit_cards` on the server: all cards or none, each with a nonce or with a card number.
//!
//! Only the server's route calls it. Builds for the browser do not contain it. A card number is in a [`CardNumber`] from the
//! first moment, and an error must never repeat what was sent in its place.
//!
//! ```
//! use card_entry_protocol::dialect::ticket_evolution::create::{CardSource, CreateCards};
//!
//! let body = br#"{"credit_cards": [{
//!     "name": "Ann Lee", "nonce": "tokencc_1", "address_id": 1, "phone_number_id": 2
//! }]}"#;
//! let cards = CreateCards::read(body).expect("valid JSON").check().expect("valid cards");
//! assert!(matches!(cards[0].source, CardSource::Nonce(_)));
//! ```

mod check;
mod detect;
mod number;
mod wire;

pub use detect::sends_card_number;
pub use number::{CardNumber, VerificationCode};
pub use wire::{CardEcho, CreateCards, NewCard};

use core::net::Ipv4Addr;

use super::{Id, InvalidModel, Label, Nonce};
use crate::expiry::{ExpMonth, ExpYear};

/// The card of a request: a nonce or a card number.
#[derive(Debug)]
pub enum CardSource {
    /// A nonce of Braintree's Hosted Fields.
    Nonce(Nonce),
    /// A card number. This is deprecated.
    Number(RawCard),
}

/// A card with its number, for the vault and for nothing else.
#[derive(Debug)]
pub struct RawCard {
    /// The card number, 13 to 19 digits.
    pub number: CardNumber,
    /// The month in which the card expires, 1 to 12.
    pub exp_month: ExpMonth,
    /// The year in which the card expires, four digits.
    pub exp_year: ExpYear,
    /// The security code (CVC), three or four digits.
    pub code: Option<VerificationCode>,
}

/// A checked request to store a card in the vault.
#[derive(Debug)]
pub struct VaultCardRequest {
    /// The person's own name for the card.
    pub label: Option<Label>,
    /// The cardholder name, not empty.
    pub name: String,
    /// The nonce or the card number.
    pub source: CardSource,
    /// The id of the billing address. The server checks that it belongs to the client.
    pub address_id: Id,
    /// The id of the telephone number. The server checks that it belongs to the client.
    pub phone_number_id: Id,
    /// The person's IP address, for the vault's fraud checks.
    pub ip_address: Option<Ipv4Addr>,
    /// The members that an error response may repeat.
    pub echo: CardEcho,
}

/// The error response of `POST …/credit_cards`, status 422: all cards of the request, in their order.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
pub struct InvalidCards {
    /// The cards with their errors. A card without errors was not stored because of the others.
    pub credit_cards: Vec<InvalidModel<CardEcho>>,
}
