//! What the page shows of the state, part by slot: texts and attributes.
//!
//! Read by the view, which draws nothing else. All of it is decided here, where it is tested without a browser.

use card_entry_protocol::message::FieldName;
use card_entry_protocol::settings::{MAX_BUTTON_CHARS, MAX_CONSENT_CHARS};

use super::FormState;
use crate::field::{FieldMessage, FieldState};
use crate::locale::{Locale, MessageKey};
use crate::phase::Phase;

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
pub enum TextSlot {
    /// The mark of a test key.
    TestMode,
    /// The label of a field; the consent's is the host's own sentence.
    Label(FieldName),
    /// The error line of a field.
    Error(FieldName),
    /// The countries to choose from.
    Countries,
    Accepts,
    /// A sentence of the host's that needs no tick.
    ConsentNotice,
    /// What the last attempt ended with.
    Alert,
    /// The sentence of the moment.
    Status,
    /// Where the card number goes; stands where the status will.
    Security,
    /// What stands on paper in the place of the form.
    PrintNote,
    /// The stable code of a form that cannot work.
    Code,
    Save,
    /// Tries again what did not load.
    Retry,
    /// Empties the form after the details were sent, or when nobody says what became of them.
    Another,
}

impl TextSlot {
    #[must_use]
    pub fn id(self) -> String {
        let (before, id) = match self {
            Self::Label(name) => ("label-", name.as_str()),
            Self::Error(name) => ("error-", name.as_str()),
            Self::TestMode => ("", "test"),
            Self::Countries => ("", FieldName::Country.as_str()),
            Self::Accepts => ("", "takes"),
            Self::ConsentNotice => ("", "agreed"),
            Self::Alert => ("", "alert"),
            Self::Status => ("", "status"),
            Self::Security => ("", "note"),
            Self::PrintNote => ("", "unprinted"),
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
            Self::TestMode => Some("tag"),
            Self::ConsentNotice => Some("consent"),
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
pub enum AttrBinding {
    Phase,
    /// `inert` of the form: a bank's page lies over it.
    Inert,
    ActionHidden(TextSlot),
    ActionDisabled(TextSlot),
    FieldHidden(FieldName),
    FieldFocus(FieldName),
    FieldInvalid(FieldName),
    /// `aria-invalid` of a field of ours.
    AriaInvalid(FieldName),
    /// `aria-required` of a field of ours.
    AriaRequired(FieldName),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Binding {
    /// A node that says something.
    Text(TextSlot),
    Attr(AttrBinding),
    /// What an input of ours begins with.
    Preset(FieldName),
}

fn flag(on: bool) -> Option<&'static str> {
    on.then_some("")
}

fn truth(on: bool) -> Option<&'static str> {
    Some(if on { "true" } else { "false" })
}

impl FormState {
    #[must_use]
    pub fn content(&self, binding: Binding) -> Content {
        match binding {
            Binding::Text(slot) => self.text(slot),
            Binding::Attr(attr) => self.attr(attr),
            Binding::Preset(name) => Content::Preset(self.known_value(name)),
        }
    }

    /// What a part of the page says.
    #[must_use]
    pub fn text(&self, slot: TextSlot) -> Content {
        let locale = self.locale;
        let agrees = self.is_shown(FieldName::Consent);
        Content::Text(match slot {
            TextSlot::TestMode if !self.test_mode => String::new(),
            TextSlot::TestMode => locale.text_for(MessageKey::TestMode).to_owned(),
            TextSlot::Label(FieldName::Consent) if agrees => self.consent_text(),
            TextSlot::ConsentNotice if !agrees => self.consent_text(),
            TextSlot::Label(name) => self.label(name),
            TextSlot::Error(name) => self
                .find(name)
                .map_or("", |field| field.message.text(locale))
                .to_owned(),
            TextSlot::Countries if self.is_shown(FieldName::Country) => {
                let own = self
                    .find(FieldName::Country)
                    .is_some_and(|field| field.touched);
                let known = (!own).then(|| self.known_value(FieldName::Country));
                return Content::Countries(
                    locale,
                    locale.text_for(MessageKey::ChooseCountry),
                    known,
                );
            }
            TextSlot::Countries => String::new(),
            TextSlot::Accepts => locale
                .accepted_cards_text(&self.settings.accept)
                .unwrap_or_default(),
            TextSlot::ConsentNotice => String::new(),
            TextSlot::Alert => self.alert_text(),
            TextSlot::Status => self.status_text().to_owned(),
            TextSlot::Security => match self.progress.phase() {
                Phase::Loading | Phase::Ready(_) => {
                    locale.text_for(MessageKey::Security).to_owned()
                }
                _ => String::new(),
            },
            TextSlot::PrintNote => locale.text_for(MessageKey::PrintNote).to_owned(),
            TextSlot::Code => self.code().to_owned(),
            TextSlot::Save => self.save_button_text(),
            TextSlot::Retry => locale.text_for(MessageKey::Retry).to_owned(),
            TextSlot::Another => locale.text_for(MessageKey::Another).to_owned(),
        })
    }

    /// The value of an attribute.
    #[must_use]
    pub fn attr(&self, attr: AttrBinding) -> Content {
        let phase = self.progress.phase();
        let invalid = |name| {
            self.find(name)
                .is_some_and(|field| field.message != FieldMessage::None)
        };
        Content::Attribute(match attr {
            AttrBinding::Phase => Some(phase.as_str()),
            AttrBinding::Inert => flag(self.challenge_open),
            AttrBinding::ActionHidden(TextSlot::Save) => flag(self.settings.button.hidden),
            AttrBinding::ActionHidden(TextSlot::Retry) => {
                flag(!matches!(phase, Phase::Unusable(code) if code.can_retry()))
            }
            AttrBinding::ActionHidden(_) => flag(!self.can_enter_another()),
            AttrBinding::ActionDisabled(TextSlot::Save) => truth(!matches!(phase, Phase::Ready(_))),
            AttrBinding::ActionDisabled(_) => None,
            AttrBinding::FieldHidden(name) => flag(!self.is_shown(name)),
            AttrBinding::FieldFocus(name) => {
                flag(self.find(name).is_some_and(|field| field.focused))
            }
            AttrBinding::FieldInvalid(name) => flag(invalid(name)),
            AttrBinding::AriaInvalid(name) => truth(invalid(name)),
            AttrBinding::AriaRequired(name) => truth(self.is_required(name)),
        })
    }

    pub(super) fn find(&self, name: FieldName) -> Option<&FieldState> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The text of the button: the host's, or ours.
    pub(super) fn save_button_text(&self) -> String {
        match self.settings.button.text.as_deref().map(str::trim) {
            Some(text) if !text.is_empty() => cut(text, MAX_BUTTON_CHARS),
            _ => self.locale.text_for(MessageKey::Save).to_owned(),
        }
    }

    /// The sentence to agree to.
    pub(super) fn consent_text(&self) -> String {
        let consent = self.settings.consent.as_ref();
        consent
            .map(|consent| cut(consent.text.trim(), MAX_CONSENT_CHARS))
            .unwrap_or_default()
    }
}
