//! The server's sentences for people, in the language that they read.
//!
//! Called where a refusal is written (see [`crate::error`]). English stands in the code and is the key of the other
//! languages' files, `words/<tag>.json`; the bank's refusals are those of the frame, `public/words/<tag>.json`. What a
//! program reads (codes, names of members, sentences about them) is English in every language. It must never leave a
//! sentence half translated: what is not in a file is English as a whole, and says so in `Content-Language`.

mod accept;

use std::collections::HashMap;
use std::sync::LazyLock;

use axum::http::HeaderMap;
use card_entry_protocol::decline::DeclineReason;
use time::OffsetDateTime;

/// A language of this server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Locale {
    /// English, and whatever is not below.
    #[default]
    En,
    /// Arabic.
    Ar,
    /// German.
    De,
    /// Spanish.
    Es,
    /// French.
    Fr,
}

/// A sentence, and the language it is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The sentence.
    pub text: String,
    /// Its language.
    pub locale: Locale,
}

type Words = HashMap<String, String>;

/// The files of one language: the server's and the frame's.
struct Files {
    own: Words,
    frame: Words,
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

/// A file that cannot be read translates nothing; the tests read each of them.
fn read(json: &str) -> Words {
    serde_json::from_str(json).unwrap_or_default()
}

/// Puts values into the places of a sentence that are named for them.
fn fill(sentence: &str, values: &[(&str, &str)]) -> String {
    values
        .iter()
        .fold(sentence.to_owned(), |text, (name, value)| {
            text.replace(&format!("{{{name}}}"), value)
        })
}

impl Locale {
    /// Every language.
    pub const ALL: [Self; 5] = [Self::En, Self::Ar, Self::De, Self::Es, Self::Fr];

    /// The language a request asks for.
    #[must_use]
    pub fn of(headers: &HeaderMap) -> Self {
        let header = headers.get(axum::http::header::ACCEPT_LANGUAGE);
        header
            .and_then(|value| value.to_str().ok())
            .map_or(Self::En, accept::choose)
    }

    /// The tag, for `Content-Language`.
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

    /// Reads a tag of ours.
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

    /// A sentence in this language; English where it has none.
    #[must_use]
    pub fn say(self, english: &str) -> Said {
        match self.translate(english) {
            Some(text) => Said { text, locale: self },
            None => Said {
                text: english.to_owned(),
                locale: Self::En,
            },
        }
    }

    /// A bank's refusal.
    #[must_use]
    pub fn refuse(self, refusal: DeclineReason) -> Said {
        let files = self.files();
        match files.and_then(|files| files.frame.get(refusal.as_str())) {
            Some(text) => Said {
                text: text.clone(),
                locale: self,
            },
            None => self.say(refusal.sentence()),
        }
    }

    /// Looks a sentence up; else a sentence of its form with one open place, `{}`, whose value is translated too.
    fn translate(self, english: &str) -> Option<String> {
        let own = &self.files()?.own;
        if let Some(text) = own.get(english) {
            return Some(text.clone());
        }
        own.iter().find_map(|(form, text)| {
            let (before, after) = form.split_once("{}")?;
            let value = english.strip_prefix(before)?.strip_suffix(after)?;
            let translated = self.translate(value);
            Some(text.replacen("{}", &translated.unwrap_or_else(|| value.to_owned()), 1))
        })
    }

    /// A sentence with named places, which stands in every file; `english` is its key.
    fn form(self, english: &str, values: &[(&str, &str)]) -> String {
        fill(&self.say(english).text, values)
    }

    /// A moment in its own offset: `24 November 2026, 10:00`, `24. November 2026, 10:00`.
    #[must_use]
    pub fn moment(self, at: OffsetDateTime) -> String {
        self.form(
            "{day} {month} {year}, {time}",
            &[
                ("day", &at.day().to_string()),
                ("month", &self.say(&at.month().to_string()).text),
                ("year", &at.year().to_string()),
                ("time", &format!("{:02}:{:02}", at.hour(), at.minute())),
            ],
        )
    }
}

/// Why a card cannot be deleted now. What the booking site wrote stays as it wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldCard {
    /// What it is needed for first.
    pub reason: String,
    /// How many more need it.
    pub more: usize,
    /// Until when, if that can be read.
    pub until: Option<OffsetDateTime>,
    /// Whether another card may take its place.
    pub replaceable: bool,
}

impl HeldCard {
    /// The sentence.
    #[must_use]
    pub fn say(&self, locale: Locale) -> String {
        let reason = self.reason.trim_end_matches(['.', ' ']);
        let count = self.more.to_string();
        // The site's text goes in last: it may hold anything.
        let reason_form = match self.more {
            0 => "{reason}".to_owned(),
            1 => locale.form("{reason} (and one more)", &[]),
            _ => locale.form("{reason} (and {count} more)", &[("count", &count)]),
        };
        let until = self.until.map(|at| locale.moment(at)).unwrap_or_default();
        let mut text = locale.form(
            "This card cannot be deleted because there is a pending appointment: {reason}. It is needed until {until}.",
            &[("until", &until), ("reason", &reason_form)],
        );
        if self.replaceable {
            text.push(' ');
            text.push_str(&locale.form("You can replace it with another card instead.", &[]));
        }
        fill(&text, &[("reason", reason)])
    }
}

#[cfg(test)]
mod tests;
