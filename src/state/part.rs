//! What the page shows of the state, part by part: texts and attributes.
//!
//! Read by the view, which draws nothing else. All of it is decided here, where it is tested without a browser.

use card_entry_protocol::message::FieldName;
use card_entry_protocol::settings::{MAX_BUTTON_CHARS, MAX_CONSENT_CHARS};

use super::State;
use crate::field::{Field, Said};
use crate::phase::Phase;
use crate::words::{Locale, Word};

fn cut(text: &str, longest: usize) -> String {
    text.chars().take(longest).collect()
}

/// What stands in a node or in an attribute of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// The value of an attribute; none when it is absent.
    Attribute(Option<&'static str>),
    Text(String),
    /// What an input begins with: an attribute, so that nothing typed is ever written over.
    Preset(String),
    /// The countries to choose from, in a language, the empty choice before them, and the one that is known; without
    /// that, what the person chose stays.
    Countries(Locale, &'static str, Option<String>),
}

/// A node of the page that says something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The mark of a test key.
    Test,
    /// The label of a field; the consent's is the host's own sentence.
    Label(FieldName),
    /// The error line of a field.
    Error(FieldName),
    /// The countries to choose from.
    Countries,
    Takes,
    /// A sentence of the host's that needs no tick.
    Agreed,
    /// What the last attempt ended with.
    Alert,
    /// The sentence of the moment.
    Status,
    /// Where the card number goes; stands where the status will.
    Note,
    /// What stands on paper in the place of the form.
    Unprinted,
    /// The stable code of a form that cannot work.
    Code,
    Save,
    /// Tries again what did not load.
    Retry,
    /// Empties the form after the details were sent, or when nobody says what became of them.
    Another,
}

impl Part {
    #[must_use]
    pub fn id(self) -> String {
        let (before, id) = match self {
            Self::Label(name) => ("label-", name.as_str()),
            Self::Error(name) => ("error-", name.as_str()),
            Self::Test => ("", "test"),
            Self::Countries => ("", FieldName::Country.as_str()),
            Self::Takes => ("", "takes"),
            Self::Agreed => ("", "agreed"),
            Self::Alert => ("", "alert"),
            Self::Status => ("", "status"),
            Self::Note => ("", "note"),
            Self::Unprinted => ("", "unprinted"),
            Self::Code => ("", "code"),
            Self::Save => ("", "save"),
            Self::Retry => ("", "retry"),
            Self::Another => ("", "another"),
        };
        [before, id].concat()
    }

    /// The class of a line.
    #[must_use]
    pub fn class(self) -> Option<&'static str> {
        match self {
            Self::Error(_) => Some("error"),
            Self::Test => Some("tag"),
            Self::Agreed => Some("consent"),
            _ => None,
        }
    }

    /// The role of a line: an alert is announced at once, a status when there is time.
    #[must_use]
    pub fn role(self) -> Option<&'static str> {
        match self {
            Self::Alert => Some("alert"),
            Self::Status => Some("status"),
            _ => None,
        }
    }

    #[must_use]
    pub fn live(self) -> Option<&'static str> {
        matches!(self, Self::Error(_)).then_some("polite")
    }
}

/// An attribute of the page that comes and goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    Phase,
    /// `inert` of the form: a bank's page lies over it.
    Inert,
    HidesAction(Part),
    RefusesAction(Part),
    HidesField(FieldName),
    Focus(FieldName),
    Invalid(FieldName),
    /// `aria-invalid` of a field of ours.
    IsInvalid(FieldName),
    /// `aria-required` of a field of ours.
    Requires(FieldName),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// A node that says something.
    Part(Part),
    Mark(Mark),
    /// What an input of ours begins with.
    Preset(FieldName),
}

fn flag(on: bool) -> Option<&'static str> {
    on.then_some("")
}

fn truth(on: bool) -> Option<&'static str> {
    Some(if on { "true" } else { "false" })
}

impl State {
    #[must_use]
    pub fn show(&self, what: Shown) -> Content {
        match what {
            Shown::Part(part) => self.say(part),
            Shown::Mark(mark) => self.mark(mark),
            Shown::Preset(name) => Content::Preset(self.known(name)),
        }
    }

    /// What a part of the page says.
    #[must_use]
    pub fn say(&self, part: Part) -> Content {
        let locale = self.locale;
        let agrees = self.is_shown(FieldName::Consent);
        Content::Text(match part {
            Part::Test if !self.test => String::new(),
            Part::Test => locale.say(Word::TestMode).to_owned(),
            Part::Label(FieldName::Consent) if agrees => self.consent(),
            Part::Agreed if !agrees => self.consent(),
            Part::Label(name) => self.label(name),
            Part::Error(name) => self
                .get(name)
                .map_or("", |field| field.said.sentence(locale))
                .to_owned(),
            Part::Countries if self.is_shown(FieldName::Country) => {
                let own = self
                    .get(FieldName::Country)
                    .is_some_and(|field| field.touched);
                let known = (!own).then(|| self.known(FieldName::Country));
                return Content::Countries(locale, locale.say(Word::ChooseCountry), known);
            }
            Part::Countries => String::new(),
            Part::Takes => locale.list_taken(&self.settings.accept).unwrap_or_default(),
            Part::Agreed => String::new(),
            Part::Alert => self.alert(),
            Part::Status => self.status().to_owned(),
            Part::Note => match self.progress.phase() {
                Phase::Loading | Phase::Ready(_) => locale.say(Word::Safe).to_owned(),
                _ => String::new(),
            },
            Part::Unprinted => locale.say(Word::Unprinted).to_owned(),
            Part::Code => self.code().to_owned(),
            Part::Save => self.save_text(),
            Part::Retry => locale.say(Word::Retry).to_owned(),
            Part::Another => locale.say(Word::Another).to_owned(),
        })
    }

    /// The value of an attribute.
    #[must_use]
    pub fn mark(&self, mark: Mark) -> Content {
        let phase = self.progress.phase();
        let invalid = |name| {
            self.get(name)
                .is_some_and(|field| field.said != Said::Nothing)
        };
        Content::Attribute(match mark {
            Mark::Phase => Some(phase.as_str()),
            Mark::Inert => flag(self.covered),
            Mark::HidesAction(Part::Save) => flag(self.settings.button.hidden),
            Mark::HidesAction(Part::Retry) => {
                flag(!matches!(phase, Phase::Unusable(code) if code.can_retry()))
            }
            Mark::HidesAction(_) => flag(!self.can_go_on()),
            Mark::RefusesAction(Part::Save) => truth(!matches!(phase, Phase::Ready(_))),
            Mark::RefusesAction(_) => None,
            Mark::HidesField(name) => flag(!self.is_shown(name)),
            Mark::Focus(name) => flag(self.get(name).is_some_and(|field| field.focused)),
            Mark::Invalid(name) => flag(invalid(name)),
            Mark::IsInvalid(name) => truth(invalid(name)),
            Mark::Requires(name) => truth(self.requires(name)),
        })
    }

    pub(super) fn get(&self, name: FieldName) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The text of the button: the host's, or ours.
    pub(super) fn save_text(&self) -> String {
        match self.settings.button.text.as_deref().map(str::trim) {
            Some(text) if !text.is_empty() => cut(text, MAX_BUTTON_CHARS),
            _ => self.locale.say(Word::Save).to_owned(),
        }
    }

    /// The sentence to agree to.
    pub(super) fn consent(&self) -> String {
        let consent = self.settings.consent.as_ref();
        consent
            .map(|consent| cut(consent.text.trim(), MAX_CONSENT_CHARS))
            .unwrap_or_default()
    }
}
