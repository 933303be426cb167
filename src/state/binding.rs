//! The texts and attributes of the page, derived from the state.
//!
//! Read by the view, which draws nothing else. Everything is decided here, where it is tested without a browser.

use card_entry_protocol::message::FieldName;
use card_entry_protocol::settings::{MAX_BUTTON_CHARS, MAX_CONSENT_CHARS};

use super::FormState;
use crate::field::{FieldMessage, FieldState};
use crate::locale::{Locale, MessageKey};
use crate::phase::Phase;

fn truncate(text: &str, max_chars: usize) -> String {
    text.chars().take(max_chars).collect()
}

/// The content of a node or of an attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// The value of an attribute; `None` removes it.
    Attribute(Option<&'static str>),
    Text(String),
    /// The initial value of an input. It is an attribute, so that it never overwrites what was typed.
    Preset(String),
    /// The country list in a locale, the label of its empty entry, and the selected code. Without a code the person's
    /// selection stays.
    Countries(Locale, &'static str, Option<String>),
}

/// A node of the page with text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextSlot {
    /// Shown with a test key.
    TestMode,
    /// The label of a field; for the consent it is the host page's text.
    Label(FieldName),
    /// The error message of a field.
    Error(FieldName),
    Countries,
    Accepts,
    /// A consent text without a box.
    ConsentNotice,
    /// The error of the last attempt.
    Alert,
    /// The current phase in words.
    Status,
    /// Which company gets the card number. Shown while there is no status.
    Security,
    /// Printed in the place of the form.
    PrintNote,
    /// The stable code of an unusable form.
    Code,
    Save,
    /// Loads again what failed to load.
    Retry,
    /// Empties the form after the card was sent, or when its outcome stays unknown.
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
            Self::Accepts => ("", "accepts"),
            Self::ConsentNotice => ("", "terms"),
            Self::Alert => ("", "alert"),
            Self::Status => ("", "status"),
            Self::Security => ("", "security"),
            Self::PrintNote => ("", "print-note"),
            Self::Code => ("", "code"),
            Self::Save => ("", "save"),
            Self::Retry => ("", "retry"),
            Self::Another => ("", "another"),
        };
        [before, id].concat()
    }

    /// The CSS class of a line.
    #[must_use]
    pub fn class(self) -> Option<&'static str> {
        match self {
            Self::Error(_) => Some("error"),
            Self::TestMode => Some("tag"),
            Self::ConsentNotice => Some("consent"),
            _ => None,
        }
    }

    /// The ARIA role of a line: `alert` is announced at once, `status` when the screen reader is idle.
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

/// An attribute of the page that depends on the state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttrBinding {
    Phase,
    /// `inert` of the form while a 3DS page covers it.
    Inert,
    ActionHidden(TextSlot),
    ActionDisabled(TextSlot),
    FieldHidden(FieldName),
    FieldFocus(FieldName),
    FieldInvalid(FieldName),
    /// `aria-invalid` of one of the form's own fields.
    AriaInvalid(FieldName),
    /// `aria-required` of one of the form's own fields.
    AriaRequired(FieldName),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Binding {
    Text(TextSlot),
    Attr(AttrBinding),
    /// The initial value of one of the form's own inputs.
    Preset(FieldName),
}

fn present_if(on: bool) -> Option<&'static str> {
    on.then_some("")
}

fn true_or_false(on: bool) -> Option<&'static str> {
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

    /// The text of a slot.
    #[must_use]
    pub fn text(&self, slot: TextSlot) -> Content {
        let locale = self.locale;
        let consent_required = self.is_shown(FieldName::Consent);
        Content::Text(match slot {
            TextSlot::TestMode if !self.test_mode => String::new(),
            TextSlot::TestMode => locale.text_for(MessageKey::TestMode).to_owned(),
            TextSlot::Label(FieldName::Consent) if consent_required => self.consent_text(),
            TextSlot::ConsentNotice if !consent_required => self.consent_text(),
            TextSlot::Label(name) => self.label(name),
            TextSlot::Error(name) => self
                .find(name)
                .map_or("", |field| field.message.text(locale))
                .to_owned(),
            TextSlot::Countries if self.is_shown(FieldName::Country) => {
                let selected = self
                    .find(FieldName::Country)
                    .is_some_and(|field| field.touched);
                let known = (!selected).then(|| self.known_value(FieldName::Country));
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
            AttrBinding::Inert => present_if(self.challenge_open),
            AttrBinding::ActionHidden(TextSlot::Save) => present_if(self.settings.button.hidden),
            AttrBinding::ActionHidden(TextSlot::Retry) => {
                present_if(!matches!(phase, Phase::Unusable(code) if code.can_retry()))
            }
            AttrBinding::ActionHidden(_) => present_if(!self.can_enter_another()),
            AttrBinding::ActionDisabled(TextSlot::Save) => {
                true_or_false(!matches!(phase, Phase::Ready(_)))
            }
            AttrBinding::ActionDisabled(_) => None,
            AttrBinding::FieldHidden(name) => present_if(!self.is_shown(name)),
            AttrBinding::FieldFocus(name) => {
                present_if(self.find(name).is_some_and(|field| field.focused))
            }
            AttrBinding::FieldInvalid(name) => present_if(invalid(name)),
            AttrBinding::AriaInvalid(name) => true_or_false(invalid(name)),
            AttrBinding::AriaRequired(name) => true_or_false(self.is_required(name)),
        })
    }

    pub(super) fn find(&self, name: FieldName) -> Option<&FieldState> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The text of the button: the host page's, or the default.
    pub(super) fn save_button_text(&self) -> String {
        match self.settings.button.text.as_deref().map(str::trim) {
            Some(text) if !text.is_empty() => truncate(text, MAX_BUTTON_CHARS),
            _ => self.locale.text_for(MessageKey::Save).to_owned(),
        }
    }

    /// The consent text, cut to its maximum length.
    pub(super) fn consent_text(&self) -> String {
        let consent = self.settings.consent.as_ref();
        consent
            .map(|consent| truncate(consent.text.trim(), MAX_CONSENT_CHARS))
            .unwrap_or_default()
    }
}
