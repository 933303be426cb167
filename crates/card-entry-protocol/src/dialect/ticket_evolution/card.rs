//! A card in the vendor's responses, and the part of it that a wallet shows.
//!
//! It must never contain more than the last four digits of the card number.

use serde::{Deserialize, Serialize};

use super::{Address, CardCompany, Id, Month, NestedPhone, Phone, ShortYear, client};
use crate::card::{Brand, Last4};
use crate::dialect::lenient_list;
use crate::expiry::{ExpMonth, ExpYear};
use crate::tree::{FromTree, Tree};

/// A card with its client, address and telephone number, with the vendor's members.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
pub struct CreditCard {
    /// The id of the card.
    pub id: Id,
    /// The month in which the card expires, e.g. `"04"`.
    pub expiration_month: Month,
    /// The last four digits of the card number, e.g. `4242`.
    pub last_digits: Last4,
    /// The telephone number of the card's holder.
    #[serde(default)]
    pub phone_number: Option<NestedPhone>,
    /// Whether this is the client's default card.
    #[serde(default)]
    pub primary: bool,
    /// The brand as the vendor writes it, e.g. "Visa" or "AMEX".
    pub card_company: CardCompany,
    /// The year in which the card expires, its last two digits, e.g. `"27"`.
    pub expiration_year: ShortYear,
    /// The cardholder name, if it is known.
    #[serde(default)]
    pub name: Option<String>,
    /// The person's own name for the card. Our server writes a [`super::Label`]; the vendor's may be longer.
    #[cfg_attr(
        feature = "schemas",
        schemars(description = "The person's own name for the card, up to 20 characters.")
    )]
    #[serde(default)]
    pub label: Option<String>,
    /// The client who owns the card.
    #[serde(default)]
    pub association: Option<Association>,
    /// The billing address of the card.
    #[serde(default)]
    pub address: Option<Address>,
    /// The path of the card without the version, `/clients/{id}/credit_cards/{id}`.
    #[serde(default)]
    pub url: String,
}

/// The client who owns a card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
pub struct Association {
    /// The full name of the client.
    pub name: String,
    /// The id of the client, here as a number.
    pub id: Id,
    /// The path of the client, `/clients/{id}`.
    #[serde(default)]
    pub url: String,
    /// The client's telephone numbers. Those that cannot be read are left out.
    #[serde(default, deserialize_with = "lenient_list::read")]
    pub phone_numbers: Vec<Phone>,
    /// Always empty: our server stores no e-mail addresses.
    #[serde(default, deserialize_with = "client::skipped_list")]
    pub email_addresses: Vec<()>,
}

/// A card as a wallet shows it: without the members that only a server needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardRow {
    /// The id of the card.
    pub id: Id,
    /// The brand, lower case as Stripe writes it, e.g. `visa`.
    pub brand: Brand,
    /// The last four digits of the card number, e.g. `4242`.
    pub last4: Last4,
    /// The month in which the card expires, 1 to 12.
    pub exp_month: ExpMonth,
    /// The year in which the card expires, four digits.
    pub exp_year: ExpYear,
    /// The cardholder name, if it is known.
    pub name: Option<String>,
    /// The person's own name for the card.
    pub label: Option<String>,
    /// Whether this is the client's default card.
    pub primary: bool,
    /// The billing address, if it could be read.
    pub address: Option<Address>,
}

impl FromTree for CardRow {
    fn from_tree(tree: &Tree) -> Option<Self> {
        let company: CardCompany = tree.read("card_company")?;
        let (month, year): (Month, ShortYear) = (
            tree.read("expiration_month")?,
            tree.read("expiration_year")?,
        );
        Some(Self {
            id: tree.read("id")?,
            brand: company.0,
            last4: tree.read("last_digits")?,
            exp_month: month.0,
            exp_year: year.0,
            name: tree.read("name")?,
            label: tree.read("label")?,
            primary: tree.get("primary").is_true(),
            // A card with an invalid address is still shown.
            address: tree.read("address"),
        })
    }
}

impl From<CreditCard> for CardRow {
    fn from(card: CreditCard) -> Self {
        Self {
            id: card.id,
            brand: card.card_company.0,
            last4: card.last_digits,
            exp_month: card.expiration_month.0,
            exp_year: card.expiration_year.0,
            name: card.name,
            label: card.label,
            primary: card.primary,
            address: card.address,
        }
    }
}
