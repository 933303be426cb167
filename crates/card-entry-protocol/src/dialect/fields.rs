//! Validation errors by field, `{"email":["is taken"]}`, as several wallet APIs write them.
//!
//! A sentence must never repeat the value of a field.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::number::contains_card_number;
use crate::tree::{FromTree, Tree};

/// Validation errors by field. Empty means no error, and is written as `{}`.
///
/// ```
/// use card_entry_protocol::dialect::fields::FieldErrors;
///
/// let mut errors = FieldErrors::default();
/// errors.add("email", "is taken");
/// assert_eq!(serde_json::to_string(&errors)?, r#"{"email":["is taken"]}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct FieldErrors(pub BTreeMap<String, Vec<String>>);

impl FieldErrors {
    /// Whether there is no error.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds an error of a field, e.g. "is too long".
    pub fn add(&mut self, field: &str, error: impl Into<String>) {
        self.0
            .entry(field.to_owned())
            .or_default()
            .push(error.into());
    }

    /// Checks a text that is to be stored: adds an error when it has more than `max_chars` characters or contains a card
    /// number.
    pub fn check_text(&mut self, field: &str, text: &str, max_chars: usize) {
        if text.chars().count() > max_chars {
            self.add(
                field,
                format!("is too long (maximum is {max_chars} characters)"),
            );
        } else if contains_card_number(text) {
            self.add(field, "can't hold a card number");
        }
    }

    /// The name of the first field and its first error.
    #[must_use]
    pub fn first(&self) -> Option<(&str, &str)> {
        self.0
            .iter()
            .find_map(|(field, errors)| Some((field.as_str(), errors.first()?.as_str())))
    }
}

/// Empties a text that contains a card number, before an error response repeats it.
pub(crate) fn clear_card_number(text: &mut String) {
    if contains_card_number(text) {
        text.clear();
    }
}

impl FromTree for FieldErrors {
    /// Reads an object. Members that are not lists of strings are left out.
    fn from_tree(tree: &Tree) -> Option<Self> {
        let Tree::Map(fields) = tree else {
            return None;
        };
        let errors = |(field, list): &(String, Tree)| match list {
            Tree::List(items) => Some((
                field.clone(),
                items.iter().filter_map(String::from_tree).collect(),
            )),
            _ => None,
        };
        Some(Self(fields.iter().filter_map(errors).collect()))
    }
}
