//! A client, who owns cards, addresses and telephone numbers.
//!
//! A client token must never be printed: its `Debug` is `ClientToken(***)`.

use serde::{Deserialize, Deserializer, Serialize, de::IgnoredAny};

use super::{Address, Phone, TextId};
use crate::dialect::fields::{FieldErrors, clear_card_number};
use crate::dialect::lenient_list;
use crate::tree::{FromTree, Tree};

/// A client with the vendor's members.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
pub struct ClientRecord {
    /// The id of the client, in quotes. In a card's association it is a number.
    pub id: TextId,
    /// The full name of the client.
    pub name: String,
    /// The path of the client, `/clients/{id}`.
    #[serde(default)]
    pub url: String,
    /// The client's addresses. Those that cannot be read are left out.
    #[serde(default, deserialize_with = "lenient_list::read")]
    pub addresses: Vec<Address>,
    /// The client's telephone numbers. Those that cannot be read are left out.
    #[serde(default, deserialize_with = "lenient_list::read")]
    pub phone_numbers: Vec<Phone>,
    /// Always empty: our server stores no e-mail addresses.
    #[serde(default, deserialize_with = "skipped_list")]
    pub email_addresses: Vec<()>,
}

/// Skips a list that our server does not store.
pub(super) fn skipped_list<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<()>, D::Error> {
    IgnoredAny::deserialize(from).map(|_| Vec::new())
}

/// An item of `POST /clients`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schemas",
    derive(schemars::JsonSchema),
    schemars(extend("x-required-in-requests" = ["name"]))
)]
#[serde(default)]
pub struct NewClient {
    /// The full name of the client; required.
    pub name: String,
}

impl NewClient {
    /// The errors by field; empty when the client is valid.
    #[must_use]
    pub fn errors(&self) -> FieldErrors {
        let mut errors = FieldErrors::default();
        if self.name.trim().is_empty() {
            errors.add("name", "can't be blank");
        } else {
            errors.check_text("name", &self.name, 255);
        }
        errors
    }

    /// Empties the name if it contains a card number, because an error response repeats the item.
    pub fn clear_card_numbers(&mut self) {
        clear_card_number(&mut self.name);
    }
}

/// The response of `POST /clients/{id}/braintree_client_token`, `{client_token}`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
pub struct ClientToken {
    /// The token with which Braintree's Hosted Fields start. Whoever has it can tokenize cards for this client.
    pub client_token: String,
}

impl core::fmt::Debug for ClientToken {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("ClientToken(***)")
    }
}

impl FromTree for ClientToken {
    fn from_tree(tree: &Tree) -> Option<Self> {
        tree.read("client_token")
            .map(|client_token| Self { client_token })
    }
}
