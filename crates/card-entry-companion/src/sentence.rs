//! A sentence a wallet API wrote for the person, made safe to show.
//!
//! Called by the adapters, for the fields their dialect defines as texts for people and for no other. It must never
//! let markup of direction, control characters or a card number through; it is only ever shown as text.

use card_entry_protocol::number::holds_card_number;

/// A sentence fit to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence(String);

/// Characters; a reason with a date, a place and a name fits in far fewer.
const LONGEST: usize = 280;

/// Characters that turn the direction of the text around them (Unicode TR 9) or are invisible.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

impl Sentence {
    /// Reads a sentence. `None`: empty, too long, a card number, or nothing a person would write, such as markup.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let fit = !text.is_empty()
            && text.chars().count() <= LONGEST
            && !text.chars().any(is_hidden)
            && !text.contains(['<', '>', '{', '}'])
            && !holds_card_number(text);
        fit.then(|| Self(text.to_owned()))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn sentences_pass_and_the_rest_does_not() {
        let kept = "This card cannot be deleted because there is a pending appointment on 3 March.";
        assert_eq!(
            Sentence::parse(&format!(" {kept}\n")).unwrap().as_str(),
            kept
        );
        for text in [
            "",
            " ",
            "<b>No</b>",
            "{\"error\":1}",
            "No \u{202e}reversed",
            "a\0b",
            "Card 4242 4242 4242 4242 is held",
            &"x".repeat(281),
        ] {
            assert_eq!(Sentence::parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in ".{0,300}") {
            let _ = Sentence::parse(&text);
        }
    }
}
