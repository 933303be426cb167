//! The two settings that may not be guessed: the consent, and the cards the site takes.
//!
//! Part of [`super::SettingsReader`]. It must never turn what cannot be read into "no consent" or "all cards".

use super::super::{Accept, Consent, MAX_CONSENT_CHARS};
use super::SettingsReader;
use crate::card::{Brand, Funding};
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

/// Whether nothing of a text can be seen.
fn is_blank(text: &str) -> bool {
    text.chars().all(char::is_whitespace)
}

impl SettingsReader {
    /// A consent that is asked for and cannot be shown is no consent: the form is not shown either.
    pub(super) fn consent(&mut self, tree: &Tree) -> Option<Consent> {
        const AT: &str = "consent";
        let whole = tree.get(AT);
        let tree = self.section(tree, "", AT);
        self.names(tree, AT, &["text", "required"]);
        let required = self.value(tree, AT, "required", "true or false");
        let has = |key| !is_null(tree.get(key));
        let text = self.text(tree, AT, "text", "the sentence to agree to", |text| {
            !is_blank(text)
        });
        self.cut(AT, "text", text.as_deref(), MAX_CONSENT_CHARS);
        let blank = tree.get("text").as_text().is_some_and(is_blank);
        self.unreadable.consent = match (&text, required) {
            // `required` stands there, and says neither yes nor no.
            (_, None) if has("required") => true,
            (None, Some(true)) => true,
            (None, _) => has("text") && !blank || !is_null(whole) && is_null(tree),
            _ => false,
        };
        if required == Some(true) && !has("text") {
            self.ignored.push(AT, "text", "the sentence to agree to");
        }
        Some(Consent {
            text: text?,
            required: required.unwrap_or_default(),
        })
    }

    /// Lists of which nothing can be read take nothing: they never turn into "all cards".
    pub(super) fn accept(&mut self, tree: &Tree) -> Accept {
        const AT: &str = "accept";
        let whole = tree.get(AT);
        let tree = self.section(tree, "", AT);
        self.names(tree, AT, &["brands", "funding"]);
        let brands = self.list(tree, "brands", "a card brand such as visa", |text| {
            Brand::parse(text).filter(|brand| *brand != Brand::Unknown)
        });
        #[cfg(any(feature = "hints", not(target_arch = "wasm32")))]
        if let Tree::List(items) = tree.get("brands") {
            self.slips(items);
        }
        let funding = self.list(tree, "funding", "credit, debit or prepaid", |text| {
            let known = |it: &Funding| !matches!(it, Funding::Unknown | Funding::Other(_));
            Funding::parse(text).filter(known)
        });
        let nothing = is_null(tree.get("brands")) && is_null(tree.get("funding"));
        let unknown =
            matches!(tree, Tree::Map(entries) if entries.iter().any(|(_, value)| !is_null(value)));
        self.unreadable.accept = brands.is_none()
            || funding.is_none()
            || unknown && nothing
            || !is_null(whole) && is_null(tree);
        Accept {
            brands: brands.unwrap_or_default(),
            funding: funding.unwrap_or_default(),
        }
    }

    /// The items that can be read; `None` when there are some, and none can be.
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
        let mut good = Vec::new();
        for (at, item) in items.iter().enumerate() {
            match item.as_text().and_then(read) {
                Some(item) => good.push(item),
                None => self.item(key, at, expected),
            }
        }
        (items.is_empty() || !good.is_empty()).then_some(good)
    }

    fn item(&mut self, key: &str, at: usize, expected: &str) {
        // Two digits; no formatting of the standard library's, which is larger than all of this.
        let digit = |value: usize| char::from(b'0' + (value % 10) as u8);
        let mut key = [key, "["].concat();
        if at > 9 {
            key.push(digit(at / 10));
        }
        key.push(digit(at));
        key.push(']');
        self.ignored.push("accept", &key, expected);
    }

    /// A brand nobody knows yet is taken as it is; one that looks like a slip is named.
    #[cfg(any(feature = "hints", not(target_arch = "wasm32")))]
    fn slips(&mut self, items: &[Tree]) {
        for (at, item) in items.iter().enumerate() {
            if let Some(Brand::Other(text)) = item.as_text().and_then(Brand::parse)
                && let Some(near) = crate::nearest::nearest(&text, &BRANDS)
            {
                self.item("brands", at, &["did you mean ", near, "?"].concat());
            }
        }
    }
}
