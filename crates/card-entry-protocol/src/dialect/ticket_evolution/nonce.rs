//! The body with which a browser stores a card: a nonce.
//!
//! A browser must never send a card number, so there is no type here that could contain one.

use serde::{Deserialize, Serialize};

use super::{Id, Label, LongYear, Month};
use crate::number::contains_card_number;
use crate::text::checked_text;
use crate::tree::{FromTree, ToTree, Tree, records, texts};

checked_text!(
    /// A payment method nonce of Braintree's Hosted Fields, valid for one use: 1 to 255 bytes. Its `Debug` is `***`.
    /// See <https://developer.paypal.com/braintree/docs/guides/payment-method-nonces>.
    Nonce,
    "not a nonce",
    |text| (1..=255).contains(&text.len())
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"_-".contains(&b))
        && !contains_card_number(text)
);

impl core::fmt::Debug for Nonce {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("***")
    }
}

/// A card of [`NonceCards`], with its nonce in place of a number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NonceCard {
    /// The person's own name for the card.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Label>,
    /// The cardholder name, not empty.
    pub name: String,
    /// The nonce of Braintree's Hosted Fields.
    pub nonce: Nonce,
    /// The expiry month that the fields reported. The server stores the vault's.
    pub expiration_month: Month,
    /// The expiry year that the fields reported. The server stores the vault's.
    pub expiration_year: LongYear,
    /// The id of an address of the client.
    pub address_id: Id,
    /// The id of a telephone number of the client.
    pub phone_number_id: Id,
}

/// The body of `POST …/credit_cards`. The companion writes it, and the server's `create::CreateCards` reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NonceCards {
    /// The cards to store, always an array. All or none of them are stored.
    pub credit_cards: Vec<NonceCard>,
}

texts!(Label, Nonce);

impl ToTree for NonceCard {
    fn to_tree(&self) -> Tree {
        Tree::sparse(&mut [
            ("label", self.label.to_tree()),
            ("name", self.name.to_tree()),
            ("nonce", self.nonce.to_tree()),
            ("expiration_month", self.expiration_month.to_tree()),
            ("expiration_year", self.expiration_year.to_tree()),
            ("address_id", self.address_id.to_tree()),
            ("phone_number_id", self.phone_number_id.to_tree()),
        ])
    }
}

impl FromTree for NonceCard {
    fn from_tree(tree: &Tree) -> Option<Self> {
        Some(Self {
            label: tree.read("label")?,
            name: tree.read("name")?,
            nonce: tree.read("nonce")?,
            expiration_month: tree.read("expiration_month")?,
            expiration_year: tree.read("expiration_year")?,
            address_id: tree.read("address_id")?,
            phone_number_id: tree.read("phone_number_id")?,
        })
    }
}

records! {
    NonceCards {
        all "credit_cards" credit_cards,
    }
}
