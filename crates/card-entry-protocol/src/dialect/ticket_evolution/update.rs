//! `PUT …/credit_cards/{id}`: what of a card may change.

use serde::{Deserialize, Deserializer, Serialize};

use super::{Id, Label, LongYear, Month};
use crate::dialect::fields::FieldErrors;
use crate::dialect::lenient;
use crate::expiry::{ExpMonth, ExpYear};
use crate::number::contains_card_number;
use crate::tree::{ToTree, Tree};

/// The body, as it is on the wire: what is left out stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct UpdateCard {
    /// What the person calls it; null takes the label off.
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub label: Option<Option<String>>,
    /// Who holds it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// `"04"`.
    #[serde(
        deserialize_with = "lenient::text_or_none",
        skip_serializing_if = "Option::is_none"
    )]
    pub expiration_month: Option<String>,
    /// `"2027"`.
    #[serde(
        deserialize_with = "lenient::text_or_none",
        skip_serializing_if = "Option::is_none"
    )]
    pub expiration_year: Option<String>,
    /// An address of the client.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address_id: Option<Id>,
    /// True makes it the one that is charged; the others are it no longer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub primary: Option<bool>,
}

/// Tells a null that was given from a member that was left out.
fn given<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(from).map(Some)
}

/// A change that makes sense; what is `None` stays as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardChange {
    /// The label, or that it goes.
    pub label: Option<Option<Label>>,
    /// Who holds it.
    pub name: Option<String>,
    /// The month it expires.
    pub exp_month: Option<ExpMonth>,
    /// The year it expires.
    pub exp_year: Option<ExpYear>,
    /// An address; that it is the client's, the server sees to.
    pub address_id: Option<Id>,
    /// Whether it becomes, or stops being, the one that is charged.
    pub primary: Option<bool>,
}

/// Reads a label; an empty one is none.
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
    /// Makes sense of it.
    ///
    /// # Errors
    /// What is wrong, field by field.
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
