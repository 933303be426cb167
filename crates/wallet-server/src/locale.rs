//! Translates the sentences that people read.
//!
//! Called where an error is written (see [`crate::error`]). The English sentence stands in the code and is the key in the
//! files of the other languages, `words/<tag>.json`. The sentences of decline reasons are those of the frame,
//! `public/words/<tag>.json`. Text for programs (codes, member names, sentences about members) is always English. It must
//! never translate a part of a sentence only: a sentence that is not in the file stays English, with `Content-Language: en`.

mod accept_language;

use std::collections::HashMap;
use std::sync::LazyLock;

use axum::http::HeaderMap;
use card_entry_protocol::decline::DeclineReason;
use time::OffsetDateTime;

/// A language of the server's sentences.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Locale {
    /// English: the default, and the language of every sentence in the code.
    #[default]
    En,
    /// Arabic, language tag `ar`.
    Ar,
    /// German, language tag `de`.
    De,
    /// Spanish, language tag `es`.
    Es,
    /// French, language tag `fr`.
    Fr,
}

/// A sentence and its language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalizedText {
    /// The sentence in that language.
    pub text: String,
    /// The language of the sentence.
    pub locale: Locale,
}

type Translations = HashMap<String, String>;

/// The files of one language: the server's own and the frame's.
struct Files {
    own: Translations,
    frame: Translations,
}

macro_rules! files {
    ($tag:literal) => {
        LazyLock::new(|| Files {
            own: read(include_str!(concat!("../words/", $tag, ".json"))),
            frame: read(include_str!(concat!(
                "../../../public/words/",
                $tag,
                ".json"
            ))),
        })
    };
}

static AR: LazyLock<Files> = files!("ar");
static DE: LazyLock<Files> = files!("de");
static ES: LazyLock<Files> = files!("es");
static FR: LazyLock<Files> = files!("fr");

/// A file with an error translates nothing; a test parses each file.
fn read(json: &str) -> Translations {
    serde_json::from_str(json).unwrap_or_default()
}

/// Puts values into the placeholders of a sentence: `{name}`.
fn fill(sentence: &str, values: &[(&str, &str)]) -> String {
    values
        .iter()
        .fold(sentence.to_owned(), |text, (name, value)| {
            text.replace(&format!("{{{name}}}"), value)
        })
}

impl Locale {
    /// All languages of the server.
    pub const ALL: [Self; 5] = [Self::En, Self::Ar, Self::De, Self::Es, Self::Fr];

    /// The language that the `Accept-Language` header prefers.
    #[must_use]
    pub fn of(headers: &HeaderMap) -> Self {
        let header = headers.get(axum::http::header::ACCEPT_LANGUAGE);
        header
            .and_then(|value| value.to_str().ok())
            .map_or(Self::En, accept_language::choose)
    }

    /// The language tag, for `Content-Language`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Ar => "ar",
            Self::De => "de",
            Self::Es => "es",
            Self::Fr => "fr",
        }
    }

    /// Parses a language tag of [`Self::as_str`].
    #[must_use]
    pub fn parse(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|locale| locale.as_str() == tag)
    }

    fn files(self) -> Option<&'static Files> {
        match self {
            Self::En => None,
            Self::Ar => Some(&AR),
            Self::De => Some(&DE),
            Self::Es => Some(&ES),
            Self::Fr => Some(&FR),
        }
    }

    /// Translates an English sentence. It stays English where the language has no translation.
    ///
    /// ```
    /// use wallet_server::locale::Locale;
    ///
    /// let sentence = Locale::De.translate("Please sign in again.");
    /// assert_eq!(sentence.locale, Locale::De);
    /// ```
    #[must_use]
    pub fn translate(self, english: &str) -> LocalizedText {
        match self.find_translation(english) {
            Some(text) => LocalizedText { text, locale: self },
            None => LocalizedText {
                text: english.to_owned(),
                locale: Self::En,
            },
        }
    }

    /// The sentence of a decline reason.
    #[must_use]
    pub fn decline_sentence(self, reason: DeclineReason) -> LocalizedText {
        let files = self.files();
        match files.and_then(|files| files.frame.get(reason.as_str())) {
            Some(text) => LocalizedText {
                text: text.clone(),
                locale: self,
            },
            None => self.translate(reason.sentence()),
        }
    }

    /// Finds the translation of a sentence, or of its form with one placeholder, `{}`, whose value is also translated.
    fn find_translation(self, english: &str) -> Option<String> {
        let own = &self.files()?.own;
        if let Some(text) = own.get(english) {
            return Some(text.clone());
        }
        own.iter().find_map(|(form, text)| {
            let (before, after) = form.split_once("{}")?;
            let value = english.strip_prefix(before)?.strip_suffix(after)?;
            let translated = self.find_translation(value);
            Some(text.replacen("{}", &translated.unwrap_or_else(|| value.to_owned()), 1))
        })
    }

    /// Translates a sentence with named placeholders and fills them. `english` is its key in every file.
    fn fill_translation(self, english: &str, values: &[(&str, &str)]) -> String {
        fill(&self.translate(english).text, values)
    }

    /// Formats a time in its own offset: `24 November 2026, 10:00`, in German `24. November 2026, 10:00`.
    #[must_use]
    pub fn format_time(self, at: OffsetDateTime) -> String {
        self.fill_translation(
            "{day} {month} {year}, {time}",
            &[
                ("day", &at.day().to_string()),
                ("month", &self.translate(&at.month().to_string()).text),
                ("year", &at.year().to_string()),
                ("time", &format!("{:02}:{:02}", at.hour(), at.minute())),
            ],
        )
    }
}

/// Why a card cannot be deleted now. The text of the booking site is not translated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardInUse {
    /// The reason of the first deletion block, as the booking site wrote it.
    pub reason: String,
    /// The number of further deletion blocks.
    pub more: usize,
    /// The end of the first deletion block, if its text is an RFC 3339 time.
    pub until: Option<OffsetDateTime>,
    /// Whether the user can replace the card with another one.
    pub replaceable: bool,
}

impl CardInUse {
    /// The sentence that people read.
    #[must_use]
    pub fn sentence(&self, locale: Locale) -> String {
        let reason = self.reason.trim_end_matches(['.', ' ']);
        let count = self.more.to_string();
        // The site's text is filled in last, because it can contain braces.
        let reasons = match self.more {
            0 => "{reason}".to_owned(),
            1 => locale.fill_translation("{reason} (and one more)", &[]),
            _ => locale.fill_translation("{reason} (and {count} more)", &[("count", &count)]),
        };
        let until = self
            .until
            .map(|at| locale.format_time(at))
            .unwrap_or_default();
        let mut text = locale.fill_translation(
            "This card cannot be deleted because there is a pending appointment: {reason}. It is needed until {until}.",
            &[("until", &until), ("reason", &reasons)],
        );
        if self.replaceable {
            text.push(' ');
            text.push_str(
                &locale.fill_translation("You can replace it with another card instead.", &[]),
            );
        }
        fill(&text, &[("reason", reason)])
    }
}

#[cfg(test)]
mod tests;
