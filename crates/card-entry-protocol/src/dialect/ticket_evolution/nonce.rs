//! What a browser sends to keep a card: a nonce. There is no type here that could hold a number.

use serde::{Deserialize, Serialize};

use super::{Id, Label, LongYear, Month};
use crate::number::contains_card_number;
use crate::text::checked_text;
use crate::tree::{FromTree, ToTree, Tree, records, texts};

checked_text!(
    /// A card that Braintree's fields took, good for one use.
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

/// A row of [`NonceCards`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NonceCard {
    /// What the person calls it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Label>,
    /// Who holds it.
    pub name: String,
    /// The card.
    pub nonce: Nonce,
    /// As the fields told it; the vault's word is the one that is kept.
    pub expiration_month: Month,
    /// As the month.
    pub expiration_year: LongYear,
    /// An address of the client.
    pub address_id: Id,
    /// A telephone number of the client.
    pub phone_number_id: Id,
}

/// `POST …/credit_cards`, as the companion writes it; `create::CreateCards` reads it. Always an array.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NonceCards {
    /// All or nothing.
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
