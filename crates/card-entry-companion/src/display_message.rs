//! A message that a wallet API wrote for the person, checked to be safe to show.
//!
//! Called by the adapters, only for the fields that the API defines as texts for people. It must never let a
//! bidirectional control, another control character or a card number through. It is shown as text, never as HTML.

use card_entry_protocol::number::contains_card_number;

use crate::i18n::Locale;

/// A message that can be shown.
///
/// ```
/// use card_entry_companion::display_message::DisplayMessage;
///
/// let message = DisplayMessage::parse("The card was declined.").unwrap();
/// assert_eq!(message.as_str(), "The card was declined.");
/// assert_eq!(DisplayMessage::parse("<b>No</b>"), None);
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct DisplayMessage {
    text: String,
    language: Option<Locale>,
}

impl core::fmt::Debug for DisplayMessage {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_tuple("DisplayMessage").field(&self.text).finish()
    }
}

/// A reason with a date, a place and a name is much shorter.
const MAX_CHARS: usize = 280;

/// Characters that change the direction of the text around them (Unicode TR 9), or are invisible.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

impl DisplayMessage {
    /// Trims and checks a message. `None` if it is empty, longer than 280 characters, or contains a card number,
    /// control characters, or `<`, `>`, `{`, `}`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let fit = !text.is_empty()
            && text.chars().count() <= MAX_CHARS
            && !text.chars().any(is_hidden)
            && !text.contains(['<', '>', '{', '}'])
            && !contains_card_number(text);
        fit.then(|| Self {
            text: text.to_owned(),
            language: None,
        })
    }

    /// The same message with the language that the server names in `content-language`.
    #[must_use]
    pub fn with_language(self, language: Option<Locale>) -> Self {
        Self { language, ..self }
    }

    /// The text of the message.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The language of the message if it is known and is not that of the page: for the attributes `lang` and `dir`.
    #[must_use]
    pub fn other_language(&self, page: Locale) -> Option<Locale> {
        self.language.filter(|language| *language != page)
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn messages_for_people_pass_and_other_texts_do_not() {
        let text_for_people =
            "This card cannot be deleted because there is a pending appointment on 3 March.";
        assert_eq!(
            DisplayMessage::parse(&format!(" {text_for_people}\n"))
                .unwrap()
                .as_str(),
            text_for_people
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
            assert_eq!(DisplayMessage::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_message_in_another_language_has_its_language() {
        let message = DisplayMessage::parse("Please sign in again.").unwrap();
        assert_eq!(message.other_language(Locale::De), None);
        let message = message.with_language(Some(Locale::En));
        assert_eq!(message.other_language(Locale::De), Some(Locale::En));
        assert_eq!(message.other_language(Locale::En), None);
    }

    proptest! {
        #[test]
        fn never_panics(text in ".{0,300}") {
            let _ = DisplayMessage::parse(&text);
        }
    }
}
