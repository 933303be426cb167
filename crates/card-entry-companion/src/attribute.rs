//! Attributes of `<card-entry>` that are none, and look as if somebody meant one.
//!
//! Called by the element when it mounts: an attribute nobody reads is dropped by the browser without a word. It must
//! never speak of the attributes that every element has, nor of those that frameworks put on one.

use card_entry_protocol::nearest::nearest;

/// What every element has, or a framework leaves on it.
const EVERY_ELEMENT: [&str; 27] = [
    "accesskey",
    "autofocus",
    "class",
    "contenteditable",
    "dir",
    "draggable",
    "exportparts",
    "hidden",
    "id",
    "inert",
    "is",
    "itemid",
    "itemprop",
    "key",
    "lang",
    "name",
    "nonce",
    "part",
    "popover",
    "ref",
    "role",
    "slot",
    "spellcheck",
    "style",
    "tabindex",
    "title",
    "translate",
];

/// Names of the frame's address, as browsers write them in markup, and the attribute that stands for them.
const OF_THE_ADDRESS: [(&str, &str); 8] = [
    ("publishable-key", "did you mean stripe-publishable-key?"),
    ("isforfutureusage", "did you mean for-future-usage?"),
    ("stripe_account", "did you mean account?"),
    ("stripe-account", "did you mean account?"),
    (
        "creditcardsonly",
        "no attribute: the element asks for a card alone",
    ),
    (
        "cards-only",
        "no attribute: the element asks for a card alone",
    ),
    (
        "amount",
        "no attribute: the element keeps a card, and charges nothing",
    ),
    (
        "currency",
        "no attribute: the element keeps a card, and charges nothing",
    ),
];

/// What is to be said of an attribute that is none of `known`; `None` when it is no concern of ours.
#[must_use]
pub fn hint(name: &str, known: &[&str]) -> Option<String> {
    let foreign = |c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_');
    let theirs = ["data-", "aria-", "on", "_"]
        .iter()
        .any(|start| name.starts_with(start));
    if known.contains(&name) || theirs || name.contains(foreign) || EVERY_ELEMENT.contains(&name) {
        return None;
    }
    let told = OF_THE_ADDRESS.iter().find(|(theirs, _)| *theirs == name);
    match told {
        Some((_, words)) => Some((*words).to_owned()),
        None => nearest(name, known).map(|near| ["did you mean ", near, "?"].concat()),
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const KNOWN: [&str; 9] = [
        "frame",
        "stripe-publishable-key",
        "wallet",
        "wallet-url",
        "company-id",
        "location-id",
        "locale",
        "account",
        "for-future-usage",
    ];

    #[test]
    fn what_looks_like_ours_is_named() {
        for (name, words) in [
            ("companyid", "did you mean company-id?"),
            ("company_id", "did you mean company-id?"),
            ("walleturl", "did you mean wallet-url?"),
            ("publishable-key", "did you mean stripe-publishable-key?"),
            ("isforfutureusage", "did you mean for-future-usage?"),
            ("stripe_account", "did you mean account?"),
            ("acount", "did you mean account?"),
            (
                "amount",
                "no attribute: the element keeps a card, and charges nothing",
            ),
        ] {
            assert_eq!(hint(name, &KNOWN).as_deref(), Some(words), "{name}");
        }
    }

    #[test]
    fn other_people_s_attributes_are_theirs() {
        for name in [
            "id",
            "class",
            "style",
            "name",
            "lang",
            "data-frame",
            "aria-label",
            "onclick",
            "wire:ignore",
            "@click",
            ":settings",
            "v-bind:token",
            "x-data",
            "hx-preserve",
            "_ngcontent-abc-c12",
            "frame",
            "account",
            "theme-color",
            "",
        ] {
            assert_eq!(hint(name, &KNOWN), None, "{name}");
        }
    }

    proptest! {
        #[test]
        fn no_name_is_repeated(name in ".{0,60}") {
            if let Some(words) = hint(&name, &KNOWN) {
                prop_assert!(words.len() < 80);
            }
        }
    }
}
