//! Ticket Evolution's clients and their cards, `/v9/clients/{client_id}/credit_cards`, stored in Braintree's vault.
//!
//! The shapes are those of the vendor's page "Clients / Credit Cards / Create" and of its page on signatures. A browser sends
//! a nonce and must never send a card number. The code that reads a card number ([`create`]) and the code that signs
//! ([`signing`]) are not in builds for the browser.
//!
//! ```
//! use card_entry_protocol::dialect::ticket_evolution::{Label, UpdateCard};
//!
//! let body: UpdateCard = serde_json::from_str(r#"{"label": "Travel", "expiration_month": "04"}"#)?;
//! let change = body.check().expect("a valid change");
//! assert_eq!(change.label, Some(Label::parse("Travel")));
//! assert_eq!(change.name, None, "the name stays");
//! # Ok::<(), serde_json::Error>(())
//! ```

mod address;
mod batch;
mod card;
mod client;
#[cfg(not(target_arch = "wasm32"))]
pub mod create;
mod error;
mod format;
mod label;
mod nonce;
mod page;
mod phone;
#[cfg(not(target_arch = "wasm32"))]
pub mod signing;
mod update;

pub use address::{Address, NewAddress};
pub use batch::{AddressBatch, CardBatch, ClientBatch, PhoneBatch};
pub use batch::{NewAddresses, NewClients, NewPhones};
pub use card::{Association, CardRow, CreditCard};
pub use client::{ClientRecord, ClientToken, NewClient};
pub use error::{ErrorBody, InvalidModel, error_sentence};
pub use format::{CardCompany, Id, LongYear, Month, ShortYear, TextId};
pub use label::Label;
pub use nonce::{Nonce, NonceCard, NonceCards};
pub use page::{AddressList, CardList, ClientList, PageBounds, PageQuery, PhoneList};
pub use phone::{NestedPhone, NewPhone, Phone, PhoneRecord};
pub use update::{CardChange, UpdateCard};

/// The path prefix of every endpoint of this API.
pub const BASE: &str = "/v9";

/// A member that has no value here: it is written as null, and any value is ignored on reading.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[cfg_attr(
    feature = "schemas",
    derive(schemars::JsonSchema),
    schemars(inline, with = "()")
)]
pub struct AlwaysNull;

impl serde::Serialize for AlwaysNull {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_unit()
    }
}

impl<'de> serde::Deserialize<'de> for AlwaysNull {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        serde::de::IgnoredAny::deserialize(from).map(|_| Self)
    }
}

#[cfg(test)]
mod tests;
