//! What is wrong, field by field: `{"email":["is taken"]}`, as several wallet APIs write it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::number::contains_card_number;
use crate::tree::{FromTree, Tree};

/// Sentences by field; empty means no error. Written as `{}` when empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FieldErrors(pub BTreeMap<String, Vec<String>>);

impl FieldErrors {
    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Says one more thing about a field.
    pub fn add(&mut self, field: &str, what: impl Into<String>) {
        self.0
            .entry(field.to_owned())
            .or_default()
            .push(what.into());
    }

    /// Says what is wrong with a text that is stored: more characters than `most`, or a card number in it.
    pub fn check_text(&mut self, field: &str, text: &str, most: usize) {
        if text.chars().count() > most {
            self.add(field, format!("is too long (maximum is {most} characters)"));
        } else if contains_card_number(text) {
            self.add(field, "can't hold a card number");
        }
    }

    /// The first field and what is said of it.
    #[must_use]
    pub fn first(&self) -> Option<(&str, &str)> {
        self.0
            .iter()
            .find_map(|(field, said)| Some((field.as_str(), said.first()?.as_str())))
    }
}

/// Empties a text that holds a card number, before a refusal repeats it.
pub(crate) fn clear_card_number(text: &mut String) {
    if contains_card_number(text) {
        text.clear();
    }
}

impl FromTree for FieldErrors {
    /// Reads an object; what is no list of texts in it is left out.
    fn from_tree(tree: &Tree) -> Option<Self> {
        let Tree::Map(fields) = tree else {
            return None;
        };
        let said = |(field, list): &(String, Tree)| match list {
            Tree::List(items) => Some((
                field.clone(),
                items.iter().filter_map(String::from_tree).collect(),
            )),
            _ => None,
        };
        Some(Self(fields.iter().filter_map(said).collect()))
    }
}
