//! A person's own name for a card, e.g. "Travel".
//!
//! It must never contain a card number.

use crate::number::contains_card_number;
use crate::text::public_text;

const MAX_LABEL_CHARS: usize = 20;

/// The length that is compared with the limit.
///
/// A character is a Unicode scalar value, as Ruby's `String#length` counts on the vendor's side. Bytes would count "Größe"
/// as seven, and grapheme clusters would need Unicode tables in the page. A single space between two words does not count:
/// only so does the vendor's own example, "Chase Sapphire Reserve", fit into its limit of 20.
fn length(text: &str) -> usize {
    let mut after_word = false;
    text.chars()
        .filter(|c| {
            let free = after_word && c.is_whitespace();
            after_word = !c.is_whitespace();
            !free
        })
        .count()
}

public_text!(
    /// A label: 1 to 20 characters, where single spaces between words do not count, without white space at its ends, control
    /// characters and card numbers.
    ///
    /// ```
    /// use card_entry_protocol::dialect::ticket_evolution::Label;
    ///
    /// assert!(Label::parse("Chase Sapphire Reserve").is_some());
    /// assert!(Label::parse("4111 1111 1111 1111").is_none());
    /// ```
    Label,
    "not a label",
    |text| !text.is_empty() && text.trim() == text && !text.chars().any(char::is_control)
        && !Label::is_too_long(text) && !contains_card_number(text)
);

impl Label {
    /// Whether a text is longer than a label may be. Single spaces between words do not count.
    #[must_use]
    pub fn is_too_long(text: &str) -> bool {
        length(text.trim()) > MAX_LABEL_CHARS
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_vendor_s_own_label_has_the_maximum_length() {
        assert_eq!("Chase Sapphire Reserve".len(), 22);
        assert!(Label::parse("Chase Sapphire Reserve").is_some());
        assert!(Label::parse("Chase Sapphire Reserves").is_none());
    }

    #[test]
    fn characters_are_scalar_values() {
        for text in [
            "x",
            &"x".repeat(20),
            &"ß".repeat(20),
            &"卡".repeat(20),
            "a b c d e f g h i j",
        ] {
            assert!(Label::parse(text).is_some(), "{text}");
        }
        // The second space in a row counts like any other character.
        for text in [
            "",
            " ",
            " x",
            "x ",
            "a\tb\u{7}",
            &"x".repeat(21),
            &"卡".repeat(21),
            "4111 1111 1111 1111",
        ] {
            assert!(Label::parse(text).is_none(), "{text}");
        }
        assert_eq!(
            (length("a b"), length("a  b"), length("a \u{3000}b")),
            (2, 3, 3)
        );
    }

    proptest! {
        #[test]
        fn a_label_is_bounded(text in "\\PC{0,60}") {
            if let Some(label) = Label::parse(&text) {
                prop_assert!(label.as_str().chars().count() < 2 * MAX_LABEL_CHARS);
            }
        }
    }
}
