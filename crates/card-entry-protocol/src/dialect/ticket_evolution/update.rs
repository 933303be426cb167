//! The body of `PUT …/credit_cards/{id}`: the members of a card that may change.
//!
//! A member that is left out must never be changed.

use serde::{Deserialize, Deserializer, Serialize};

use super::{Id, Label, LongYear, Month};
use crate::dialect::fields::FieldErrors;
use crate::dialect::lenient;
use crate::expiry::{ExpMonth, ExpYear};
use crate::number::contains_card_number;
use crate::tree::{ToTree, Tree};

/// The body as it is on the wire. A member that is left out stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct UpdateCard {
    /// The person's own name for the card; null removes it.
    #[serde(
        deserialize_with = "null_or_text",
        skip_serializing_if = "Option::is_none"
    )]
    pub label: Option<Option<String>>,
    /// The cardholder name, not empty.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The month in which the card expires, e.g. `"04"`.
    #[serde(
        deserialize_with = "lenient::text_or_none",
        skip_serializing_if = "Option::is_none"
    )]
    pub expiration_month: Option<String>,
    /// The year in which the card expires, e.g. `"2027"`.
    #[serde(
        deserialize_with = "lenient::text_or_none",
        skip_serializing_if = "Option::is_none"
    )]
    pub expiration_year: Option<String>,
    /// The id of an address of the client.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address_id: Option<Id>,
    /// Whether it becomes the client's default card in place of another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub primary: Option<bool>,
}

/// Distinguishes a null from a member that was left out.
fn null_or_text<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(from).map(Some)
}

/// A checked change of a card. `None` leaves the stored value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardChange {
    /// The new label; `Some(None)` removes the label.
    pub label: Option<Option<Label>>,
    /// The new cardholder name, not empty.
    pub name: Option<String>,
    /// The new expiry month, 1 to 12.
    pub exp_month: Option<ExpMonth>,
    /// The new expiry year, four digits.
    pub exp_year: Option<ExpYear>,
    /// The id of the new billing address. The server checks that it belongs to the client.
    pub address_id: Option<Id>,
    /// Whether it becomes, or stops being, the client's default card.
    pub primary: Option<bool>,
}

/// Reads a label. An empty text is no label.
pub(super) fn label(text: Option<&str>, errors: &mut FieldErrors) -> Option<Label> {
    let text = text?.trim();
    if text.is_empty() {
        return None;
    }
    let label = Label::parse(text);
    if label.is_none() {
        let why = if Label::is_too_long(text) {
            "is too long (maximum is 20 characters)"
        } else if contains_card_number(text) {
            "can't hold a card number"
        } else {
            "is invalid"
        };
        errors.add("label", why);
    }
    label
}

pub(super) fn name(text: &str, errors: &mut FieldErrors) -> Option<String> {
    let text = text.trim();
    let why = if text.is_empty() {
        "can't be blank"
    } else if text.chars().count() > 255 {
        "is too long (maximum is 255 characters)"
    } else if contains_card_number(text) {
        "can't hold a card number"
    } else if text.chars().any(char::is_control) {
        "is invalid"
    } else {
        return Some(text.to_owned());
    };
    errors.add("name", why);
    None
}

impl UpdateCard {
    /// Checks every member.
    ///
    /// # Errors
    /// The errors of all invalid members, by field.
    pub fn check(&self) -> Result<CardChange, FieldErrors> {
        let mut errors = FieldErrors::default();
        let month = self.expiration_month.as_deref().map(Month::parse);
        let year = self.expiration_year.as_deref().map(LongYear::parse);
        if month == Some(None) {
            errors.add("expiration_month", "is invalid");
        }
        if year == Some(None) {
            errors.add("expiration_year", "is invalid");
        }
        let change = CardChange {
            label: self
                .label
                .as_ref()
                .map(|text| label(text.as_deref(), &mut errors)),
            name: self.name.as_ref().and_then(|text| name(text, &mut errors)),
            exp_month: month.flatten().map(|month| month.0),
            exp_year: year.flatten().map(|year| year.0),
            address_id: self.address_id,
            primary: self.primary,
        };
        if errors.is_empty() {
            Ok(change)
        } else {
            Err(errors)
        }
    }
}

impl ToTree for UpdateCard {
    fn to_tree(&self) -> Tree {
        let mut tree = Tree::sparse(&mut [
            ("name", self.name.to_tree()),
            ("expiration_month", self.expiration_month.to_tree()),
            ("expiration_year", self.expiration_year.to_tree()),
            ("address_id", self.address_id.to_tree()),
            ("primary", self.primary.to_tree()),
        ]);
        if let (Some(label), Tree::Map(entries)) = (&self.label, &mut tree) {
            entries.insert(0, ("label".to_owned(), label.to_tree()));
        }
        tree
    }
}
