//! A sentence a wallet API wrote for the person, made safe to show.
//!
//! Called by the adapters, for the fields their dialect defines as texts for people and for no other. It must never
//! let markup of direction, control characters or a card number through; it is only ever shown as text.

use card_entry_protocol::number::contains_card_number;

use crate::words::Locale;

/// A sentence fit to be shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Sentence {
    text: String,
    language: Option<Locale>,
}

impl core::fmt::Debug for Sentence {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_tuple("Sentence").field(&self.text).finish()
    }
}

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
            && !contains_card_number(text);
        fit.then(|| Self {
            text: text.to_owned(),
            language: None,
        })
    }

    /// The same, in the language that the server names for it.
    #[must_use]
    pub fn in_language(self, language: Option<Locale>) -> Self {
        Self { language, ..self }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Its language, where that is known and not the one around it: for `lang` and `dir`.
    #[must_use]
    pub fn foreign(&self, around: Locale) -> Option<Locale> {
        self.language.filter(|language| *language != around)
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

    #[test]
    fn a_sentence_in_another_language_says_so() {
        let said = Sentence::parse("Please sign in again.").unwrap();
        assert_eq!(said.foreign(Locale::De), None);
        let said = said.in_language(Some(Locale::En));
        assert_eq!(said.foreign(Locale::De), Some(Locale::En));
        assert_eq!(said.foreign(Locale::En), None);
    }

    proptest! {
        #[test]
        fn never_panics(text in ".{0,300}") {
            let _ = Sentence::parse(&text);
        }
    }
}
