//! Telephone numbers, which the vendor writes in two forms: nested twice in a card, plain elsewhere.
//!
//! A telephone number must never be a card number.

use serde::{Deserialize, Serialize};

use super::{AlwaysNull, Id, TextId};
use crate::dialect::fields::{FieldErrors, clear_card_number};
use crate::dialect::lenient;
use crate::number::contains_card_number;
use crate::tree::{ToTree, Tree};

/// The `phone_number` of a card, which is an object with another `phone_number`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
pub struct NestedPhone {
    /// The telephone number with all its columns.
    pub phone_number: PhoneRecord,
}

/// A telephone number with the columns of the vendor's database, as the examples of its page "Clients / Credit Cards /
/// Create" show them. The page describes none of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
#[allow(missing_docs)] // the vendor documents none of these columns
pub struct PhoneRecord {
    pub id: Id,
    pub callable_id: Id,
    pub callable_type: String,
    #[serde(default)]
    pub country_code: Option<String>,
    pub number: String,
    #[serde(default)]
    pub extension: Option<String>,
    #[serde(default)]
    pub label: Option<String>,
    #[serde(default)]
    pub created_at: Option<String>,
    #[serde(default)]
    pub updated_at: Option<String>,
    #[serde(default)]
    pub legacy_id: AlwaysNull,
    #[serde(default)]
    pub imported_filename: AlwaysNull,
    #[serde(default)]
    pub imported_at: AlwaysNull,
    #[serde(default)]
    pub deleted_at: AlwaysNull,
    #[serde(default)]
    pub area_code: Option<String>,
    #[serde(default)]
    pub raw_num: Option<String>,
    #[serde(default)]
    pub is_primary: bool,
}

/// A telephone number in a list and in an association.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
pub struct Phone {
    /// The kind of number, e.g. "home" or "work".
    #[serde(default)]
    pub label: Option<String>,
    /// The extension, dialled after the number.
    #[serde(default)]
    pub extension: Option<String>,
    /// The number, as the person wrote it.
    pub number: String,
    /// The id of the telephone number, in quotes.
    pub id: TextId,
    /// The country calling code without plus sign, e.g. "1" for North America.
    #[serde(default)]
    pub country_code: Option<String>,
    /// Whether this is the client's primary number.
    #[serde(default)]
    pub primary: bool,
}

/// An item of `POST /clients/{id}/phone_numbers`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schemas",
    derive(schemars::JsonSchema),
    schemars(extend("x-required-in-requests" = ["country_code", "number"]))
)]
#[serde(default)]
pub struct NewPhone {
    /// The kind of number, e.g. "home" or "work".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The country calling code without plus sign, e.g. "1" for North America; required.
    #[serde(deserialize_with = "lenient::text")]
    pub country_code: String,
    /// The number, 4 to 15 digits with any of `+-.()/` and spaces between them; required.
    #[serde(deserialize_with = "lenient::text")]
    pub number: String,
    /// The extension, dialled after the number.
    #[serde(
        deserialize_with = "lenient::text_or_none",
        skip_serializing_if = "Option::is_none"
    )]
    pub extension: Option<String>,
    /// Whether it becomes the client's primary number in place of another.
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    pub primary: bool,
}

impl NewPhone {
    /// The errors by field; empty when the telephone number is valid.
    #[must_use]
    pub fn errors(&self) -> FieldErrors {
        let mut errors = FieldErrors::default();
        let digits = self.number.bytes().filter(u8::is_ascii_digit).count();
        let plain = |b: u8| b.is_ascii_digit() || b" +-.()/".contains(&b);
        if self.number.is_empty() {
            errors.add("number", "can't be blank");
        } else if !(4..=15).contains(&digits)
            || self.number.len() > 32
            || !self.number.bytes().all(plain)
        {
            errors.add("number", "is not a telephone number");
        } else if contains_card_number(&self.number) {
            errors.add("number", "can't be a card number");
        }
        let code = (1..=3).contains(&self.country_code.len());
        if !code || !self.country_code.bytes().all(|b| b.is_ascii_digit()) {
            errors.add("country_code", "must be one to three digits");
        }
        for (field, text) in [("label", &self.label), ("extension", &self.extension)] {
            errors.check_text(field, text.as_deref().unwrap_or_default(), 40);
        }
        errors
    }

    /// Empties every text that contains a card number, because an error response repeats the item.
    pub fn clear_card_numbers(&mut self) {
        clear_card_number(&mut self.country_code);
        clear_card_number(&mut self.number);
        for text in [&mut self.label, &mut self.extension] {
            text.iter_mut().for_each(clear_card_number);
        }
    }
}

impl ToTree for NewPhone {
    fn to_tree(&self) -> Tree {
        Tree::sparse(&mut [
            ("label", self.label.to_tree()),
            ("country_code", self.country_code.to_tree()),
            ("number", self.number.to_tree()),
            ("extension", self.extension.to_tree()),
            ("primary", self.primary.then_some(true).to_tree()),
        ])
    }
}
