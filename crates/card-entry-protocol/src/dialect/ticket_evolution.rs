//! Ticket Evolution's clients and their cards, `/v9/clients/{client_id}/credit_cards`, kept in Braintree's vault.
//!
//! The shapes are those of the vendor's page "Clients / Credit Cards / Create" and of its page on signatures. A browser
//! sends a nonce, never a number: what can read a number ([`create`]) and what can sign ([`signing`]) is not in the
//! pages' builds at all.

mod address;
mod batch;
mod card;
mod client;
#[cfg(not(target_arch = "wasm32"))]
pub mod create;
mod label;
mod page;
mod phone;
mod refusal;
mod save;
#[cfg(not(target_arch = "wasm32"))]
pub mod signing;
mod update;
mod written;

pub use address::{Address, NewAddress};
pub use batch::{AddressBatch, CardBatch, ClientBatch, PhoneBatch};
pub use batch::{NewAddresses, NewClients, NewPhones};
pub use card::{Association, CardRow, CreditCard};
pub use client::{Client, ClientToken, NewClient};
pub use label::Label;
pub use page::{AddressList, CardList, ClientList, PageQuery, PhoneList, Window};
pub use phone::{NestedPhone, NewPhone, Phone, PhoneRecord};
pub use refusal::{ErrorBody, Refused, sentence};
pub use save::{Nonce, NonceCard, NonceCards};
pub use update::{CardChange, UpdateCard};
pub use written::{CardCompany, Id, LongYear, Month, ShortYear, TextId};

/// Where the API begins.
pub const BASE: &str = "/v9";

/// What takes no part: written as null, and whatever stands there is not read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Absent;

impl serde::Serialize for Absent {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_unit()
    }
}

impl<'de> serde::Deserialize<'de> for Absent {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        serde::de::IgnoredAny::deserialize(from).map(|_| Self)
    }
}

#[cfg(test)]
mod tests;
