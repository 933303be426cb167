//! `POST …/credit_cards`, read on the server: all cards or none, each with a nonce or with a number.
//!
//! Called by the route alone, and not in the pages' builds. A number is in a [`CardNumber`] from the first moment, and
//! what is wrong is told without a word of what was sent in its place.

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

/// Where the card itself comes from.
#[derive(Debug)]
pub enum CardSource {
    /// Braintree's fields.
    Nonce(Nonce),
    /// The deprecated way.
    Number(RawCard),
}

/// A card in plain digits: for the vault, and for nothing else.
#[derive(Debug)]
pub struct RawCard {
    /// The number.
    pub number: CardNumber,
    /// The month it expires.
    pub exp_month: ExpMonth,
    /// The year it expires.
    pub exp_year: ExpYear,
    /// The code on its back.
    pub code: Option<VerificationCode>,
}

/// A card to keep.
#[derive(Debug)]
pub struct VaultCardRequest {
    /// What the person calls it.
    pub label: Option<Label>,
    /// Who holds it.
    pub name: String,
    /// The card.
    pub source: CardSource,
    /// An address; that it is the client's, the server sees to.
    pub address_id: Id,
    /// A telephone number; that it is the client's, the server sees to.
    pub phone_number_id: Id,
    /// Where the person is, for the vault's fraud checks.
    pub ip_address: Option<Ipv4Addr>,
    /// What an answer may repeat of it.
    pub echo: CardEcho,
}

/// `{credit_cards:[…]}` of a refusal, 422: every card that was sent, in its place.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct InvalidCards {
    /// Those with no errors are refused for the others' sake.
    pub credit_cards: Vec<InvalidModel<CardEcho>>,
}
