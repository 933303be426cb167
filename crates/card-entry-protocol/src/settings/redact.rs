//! Removes card numbers from settings before they are sent.
//!
//! The companion calls it after it parsed the settings. It sends a value of the wrong type in place of a card number, which
//! the frame ignores and lists just as the companion did. It must never return what it removed.

use crate::number::contains_card_number;
use crate::tree::Tree;

/// From here on, a number has as many digits as a card number.
const MIN_CARD_NUMBER: f64 = 1e12;

/// Replaces every text or number that may be a card number by `0`, and removes members whose name contains one.
///
/// ```
/// use card_entry_protocol::settings::redact;
/// use card_entry_protocol::tree::Tree;
///
/// let mut tree = Tree::map(&mut [("text", Tree::text("4242 4242 4242 4242"))]);
/// redact(&mut tree);
/// assert_eq!(tree.get("text"), &Tree::Number(0.0));
/// ```
pub fn redact(tree: &mut Tree) {
    match tree {
        Tree::Text(text) if contains_card_number(text) => *tree = Tree::Number(0.0),
        Tree::Number(number) if *number >= MIN_CARD_NUMBER => *number = 0.0,
        Tree::List(items) => items.iter_mut().for_each(redact),
        Tree::Map(entries) => {
            entries.retain(|(name, _)| !contains_card_number(name));
            entries.iter_mut().for_each(|(_, value)| redact(value));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::ParsedSettings;
    use crate::tree::tests::{json_of, tree};
    use serde_json::json;

    #[test]
    fn redacting_removes_card_numbers_and_changes_no_ignored_setting() {
        let row = json!({"button": {"text": "4242 4242 4242 4242"}, "consent": {"text": "Pay with 4000056655665556", "required": true},
            "billing_details": {"phone": 4242424242424242_u64, "name": "Ann"}, "accept": {"brands": ["visa", "378282246310005"]}});
        let mut redacted = tree(&row);
        redact(&mut redacted);
        let text = json_of(&redacted).to_string();
        for digits in ["4242", "5566", "3782"] {
            assert!(!text.contains(digits), "{text}");
        }
        assert!(text.contains("Ann") && text.contains("visa"));
        let (before, after) = (
            ParsedSettings::parse(&tree(&row)),
            ParsedSettings::parse(&redacted),
        );
        assert_eq!(after, before);
        assert_eq!(before.ignored.len(), 4);
        let mut named = tree(&json!({"4242424242424242": 1, "locale": "fr"}));
        redact(&mut named);
        assert_eq!(json_of(&named), json!({"locale": "fr"}));
    }
}
