//! Hints for attributes of `<card-entry>` that the element does not read but that look like a typing error.
//!
//! Called by the element when it mounts: browsers ignore unknown attributes silently. It must never report global HTML
//! attributes, nor attributes that frameworks add.

use card_entry_protocol::nearest::nearest;

/// Global HTML attributes, and attributes that frameworks leave on an element.
const GLOBAL_ATTRIBUTES: [&str; 27] = [
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

/// Names of the frame's URL parameters as HTML writes attributes, and the hint for each.
const URL_PARAMETERS: [(&str, &str); 8] = [
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

/// A hint for an attribute that is not in `known`. `None` if the attribute is known, global, or belongs to a framework.
///
/// ```
/// use card_entry_companion::attribute::hint;
///
/// let known = ["wallet-url", "company-id"];
/// assert_eq!(hint("companyid", &known).as_deref(), Some("did you mean company-id?"));
/// assert_eq!(hint("data-id", &known), None);
/// ```
#[must_use]
pub fn hint(name: &str, known: &[&str]) -> Option<String> {
    let foreign = |c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_');
    let ignored = ["data-", "aria-", "on", "_"]
        .iter()
        .any(|start| name.starts_with(start));
    if known.contains(&name)
        || ignored
        || name.contains(foreign)
        || GLOBAL_ATTRIBUTES.contains(&name)
    {
        return None;
    }
    let parameter = URL_PARAMETERS
        .iter()
        .find(|(parameter, _)| *parameter == name);
    match parameter {
        Some((_, hint_text)) => Some((*hint_text).to_owned()),
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
    fn a_likely_typing_error_gets_a_hint() {
        for (name, hint_text) in [
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
            assert_eq!(hint(name, &KNOWN).as_deref(), Some(hint_text), "{name}");
        }
    }

    #[test]
    fn global_and_framework_attributes_get_no_hint() {
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
        fn a_hint_never_repeats_a_long_name(name in ".{0,60}") {
            if let Some(hint_text) = hint(&name, &KNOWN) {
                prop_assert!(hint_text.len() < 80);
            }
        }
    }
}
