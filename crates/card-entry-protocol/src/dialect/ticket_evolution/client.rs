//! A client: whose cards, addresses and telephone numbers they are.

use serde::{Deserialize, Deserializer, Serialize, de::IgnoredAny};

use super::{Address, Phone, TextId};
use crate::dialect::fields::{FieldErrors, clear_card_number};
use crate::dialect::lenient_list;
use crate::tree::{FromTree, Tree};

/// A client. Its id is in quotes, in spite of the number it is in a card's association.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientRecord {
    /// Its id.
    pub id: TextId,
    /// Given and family name.
    pub name: String,
    /// `/clients/{id}`.
    #[serde(default)]
    pub url: String,
    /// Its addresses.
    #[serde(default, deserialize_with = "lenient_list::read")]
    pub addresses: Vec<Address>,
    /// Its telephone numbers.
    #[serde(default, deserialize_with = "lenient_list::read")]
    pub phone_numbers: Vec<Phone>,
    /// Always empty: nobody is written to.
    #[serde(default, deserialize_with = "nothing")]
    pub email_addresses: Vec<()>,
}

/// Reads past a list of what we do not keep.
pub(super) fn nothing<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<()>, D::Error> {
    IgnoredAny::deserialize(from).map(|_| Vec::new())
}

/// A row of `POST /clients`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NewClient {
    /// Given and family name.
    pub name: String,
}

impl NewClient {
    /// What is wrong with it, field by field.
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

    /// Empties the name if it holds a card number: an answer repeats the row.
    pub fn clear_card_numbers(&mut self) {
        clear_card_number(&mut self.name);
    }
}

/// `{client_token}`, of `POST /clients/{id}/braintree_client_token`: what Braintree's fields start with.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientToken {
    /// Opaque; lets its holder tokenize cards for this client.
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
