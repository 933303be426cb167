//! Reads the two settings without a safe default: the consent, and the accepted cards.
//!
//! Part of [`super::SettingsReader`]. It must never read an invalid value as "no consent" or as "all cards".

use super::{Setting, SettingsReader};
use crate::card::{Brand, Funding};
use crate::settings::{Accept, Consent, MAX_CONSENT_CHARS};
use crate::tree::Tree;

#[cfg(any(feature = "hints", not(target_arch = "wasm32")))]
const BRANDS: [&str; 10] = [
    "visa",
    "mastercard",
    "amex",
    "diners",
    "discover",
    "jcb",
    "unionpay",
    "eftpos_au",
    "cartes_bancaires",
    "interac",
];

fn is_null(tree: &Tree) -> bool {
    matches!(tree, Tree::Null)
}

/// Whether a text has no visible character.
fn is_blank(text: &str) -> bool {
    text.chars().all(char::is_whitespace)
}

impl SettingsReader {
    /// Reads `consent`. A consent that the host requires and the form cannot show makes the form unusable.
    pub(super) fn consent(&mut self, tree: &Tree) -> Option<Consent> {
        const AT: &str = "consent";
        let whole = tree.get(AT);
        let tree = self.section(tree, "", AT);
        self.check_names(tree, AT, &["text", "required"]);
        let required = self.value(tree, AT, "required", "true or false");
        let has = |key| !is_null(tree.get(key));
        let setting = Setting {
            section: AT,
            key: "text",
            expected: "the sentence to agree to",
        };
        let text = self.text(tree, &setting, |text| !is_blank(text));
        self.check_length(AT, "text", text.as_deref(), MAX_CONSENT_CHARS);
        let blank = tree.get("text").as_text().is_some_and(is_blank);
        self.unreadable.consent = match (&text, required) {
            // `required` is there and is not a boolean.
            (_, None) if has("required") => true,
            (None, Some(true)) => true,
            (None, _) => has("text") && !blank || !is_null(whole) && is_null(tree),
            _ => false,
        };
        if required == Some(true) && !has("text") {
            self.ignored.push(AT, "text", setting.expected);
        }
        Some(Consent {
            text: text?,
            required: required.unwrap_or_default(),
        })
    }

    /// Reads `accept`. A list without any valid item makes the form unusable: it must not mean "all cards".
    pub(super) fn accept(&mut self, tree: &Tree) -> Accept {
        const AT: &str = "accept";
        let whole = tree.get(AT);
        let tree = self.section(tree, "", AT);
        self.check_names(tree, AT, &["brands", "funding"]);
        let brands = self.list(tree, "brands", "a card brand such as visa", |text| {
            Brand::parse(text).filter(|brand| *brand != Brand::Unknown)
        });
        #[cfg(any(feature = "hints", not(target_arch = "wasm32")))]
        if let Tree::List(items) = tree.get("brands") {
            self.check_spelling(items);
        }
        let funding = self.list(tree, "funding", "credit, debit or prepaid", |text| {
            let known = |it: &Funding| !matches!(it, Funding::Unknown | Funding::Other(_));
            Funding::parse(text).filter(known)
        });
        let no_list = is_null(tree.get("brands")) && is_null(tree.get("funding"));
        let has_names =
            matches!(tree, Tree::Map(entries) if entries.iter().any(|(_, value)| !is_null(value)));
        self.unreadable.accept = brands.is_none()
            || funding.is_none()
            || has_names && no_list
            || !is_null(whole) && is_null(tree);
        Accept {
            brands: brands.unwrap_or_default(),
            funding: funding.unwrap_or_default(),
        }
    }

    /// Reads the valid items of a list; `None` when the list has items and none is valid.
    fn list<T>(
        &mut self,
        tree: &Tree,
        key: &str,
        expected: &str,
        read: fn(&str) -> Option<T>,
    ) -> Option<Vec<T>> {
        let items = match tree.get(key) {
            Tree::Null => return Some(Vec::new()),
            Tree::List(items) => items,
            _ => {
                self.ignored
                    .push("accept", key, &["a list, each ", expected].concat());
                return None;
            }
        };
        let mut valid = Vec::new();
        for (at, item) in items.iter().enumerate() {
            match item.as_text().and_then(read) {
                Some(item) => valid.push(item),
                None => self.ignore_item(key, at, expected),
            }
        }
        (items.is_empty() || !valid.is_empty()).then_some(valid)
    }

    fn ignore_item(&mut self, key: &str, at: usize, expected: &str) {
        // Two digits, written by hand: the standard library's formatting is larger than all of this file.
        let digit = |value: usize| char::from(b'0' + (value % 10) as u8);
        let mut key = [key, "["].concat();
        if at > 9 {
            key.push(digit(at / 10));
        }
        key.push(digit(at));
        key.push(']');
        self.ignored.push("accept", &key, expected);
    }

    /// Lists unknown brands that look like a misspelt known brand. They are accepted all the same.
    #[cfg(any(feature = "hints", not(target_arch = "wasm32")))]
    fn check_spelling(&mut self, items: &[Tree]) {
        for (at, item) in items.iter().enumerate() {
            if let Some(Brand::Other(text)) = item.as_text().and_then(Brand::parse)
                && let Some(near) = crate::nearest::nearest(&text, &BRANDS)
            {
                self.ignore_item("brands", at, &["did you mean ", near, "?"].concat());
            }
        }
    }
}
