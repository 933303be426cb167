//! Takes card numbers out of settings before they are sent anywhere.
//!
//! Called by the companion after the settings were parsed: what held a number is sent as a value of the wrong type, which
//! the frame ignores and names just as the companion did. It must never return what it took out.

use crate::number::contains_card_number;
use crate::tree::Tree;

/// Numbers from here on have as many digits as a card's.
const MIN_CARD_NUMBER: f64 = 1e12;

/// Puts `0` in the place of every text or number that may be a card's, and drops names that hold one.
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
    fn numbers_go_and_the_same_things_are_wrong_as_before() {
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
