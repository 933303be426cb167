//! A card as the vendor answers it, and what a wallet shows of one.

use serde::{Deserialize, Serialize};

use super::{Address, CardCompany, Id, Month, NestedPhone, Phone, ShortYear, client};
use crate::card::{Brand, Last4};
use crate::dialect::lenient_list;
use crate::expiry::{ExpMonth, ExpYear};
use crate::tree::{FromTree, Tree};

/// A card, with everything it belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreditCard {
    /// Its id.
    pub id: Id,
    /// The month it expires.
    pub expiration_month: Month,
    /// The last four digits.
    pub last_digits: Last4,
    /// The telephone number it was kept with.
    #[serde(default)]
    pub phone_number: Option<NestedPhone>,
    /// Whether it is charged unless another is chosen.
    #[serde(default)]
    pub primary: bool,
    /// The brand.
    pub card_company: CardCompany,
    /// The year it expires.
    pub expiration_year: ShortYear,
    /// Who holds it.
    #[serde(default)]
    pub name: Option<String>,
    /// What the person calls it; a [`super::Label`] where we wrote it.
    #[serde(default)]
    pub label: Option<String>,
    /// Whose it is.
    #[serde(default)]
    pub association: Option<Association>,
    /// The billing address it was kept with.
    #[serde(default)]
    pub address: Option<Address>,
    /// `/clients/{id}/credit_cards/{id}`, without the version.
    #[serde(default)]
    pub url: String,
}

/// The client a card belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Association {
    /// The client's name.
    pub name: String,
    /// The client's id, here as a number.
    pub id: Id,
    /// `/clients/{id}`.
    #[serde(default)]
    pub url: String,
    /// The client's telephone numbers.
    #[serde(default, deserialize_with = "lenient_list::read")]
    pub phone_numbers: Vec<Phone>,
    /// Always empty: nobody is written to.
    #[serde(default, deserialize_with = "client::nothing")]
    pub email_addresses: Vec<()>,
}

/// What a wallet shows of a card: the same members, without those only a server needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardRow {
    /// Its id.
    pub id: Id,
    /// The brand.
    pub brand: Brand,
    /// The last four digits.
    pub last4: Last4,
    /// The month it expires.
    pub exp_month: ExpMonth,
    /// The year it expires.
    pub exp_year: ExpYear,
    /// Who holds it.
    pub name: Option<String>,
    /// What the person calls it.
    pub label: Option<String>,
    /// Whether it is charged unless another is chosen.
    pub primary: bool,
    /// The billing address.
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
            // A bad address is no reason to hide a card.
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
