//! The state of the page as plain data: the phase, the language, the host page's settings, the fields.
//!
//! Stored in the form's signal, changed by typing, messages and Save, drawn by the page. It must never contain what is
//! typed into a provider's field, nor a card number typed into any other field.

mod binding;
mod prefill;
mod status;

use card_entry_protocol::card::Brand;
use card_entry_protocol::code::FrameErrorCode;
use card_entry_protocol::message::{ConsentProof, FieldError, FieldName, FormChange};
use card_entry_protocol::number::contains_card_number;
use card_entry_protocol::settings::Settings;

use crate::consent::ConsentRecord;
use crate::field::{FieldMessage, FieldState};
use crate::locale::{Locale, MessageKey};
use crate::phase::Progress;
use crate::stripe::answer::ElementChange;

pub use binding::{AttrBinding, Binding, Content, TextSlot};

#[derive(Debug, Clone, PartialEq)]
pub struct FormState {
    pub progress: Progress,
    pub locale: Locale,
    pub settings: Settings,
    /// The consent text on screen and whether its box is ticked.
    pub consent_record: ConsentRecord,
    /// Why the settings make the form unusable: something required cannot be shown.
    pub settings_error: Option<FrameErrorCode>,
    /// All fields in the order of the page, shown or not.
    pub fields: [FieldState; 8],
    /// The brand of the typed number, once it is known.
    pub brand: Option<Brand>,
    /// Whether the provider's fields are three split fields. If not, they are the Payment Element.
    pub split: bool,
    /// Whether the publishable key is a test key.
    pub test_mode: bool,
    /// Whether a 3DS page covers the form.
    pub challenge_open: bool,
}

impl FormState {
    #[must_use]
    pub fn new(locale: Locale, split: bool) -> Self {
        Self {
            progress: Progress::new(),
            locale,
            settings: Settings::default(),
            consent_record: ConsentRecord::default(),
            settings_error: None,
            fields: FieldState::ORDER.map(FieldState::new),
            brand: None,
            split,
            test_mode: false,
            challenge_open: false,
        }
    }

    #[must_use]
    pub fn is_shown(&self, name: FieldName) -> bool {
        match name {
            FieldName::Number | FieldName::Expiry | FieldName::Cvc => self.split,
            FieldName::Payment => !self.split,
            FieldName::Name => self.settings.fields.name.is_shown(),
            FieldName::PostalCode => self.needs_postal_code(),
            FieldName::Country => self.settings.fields.country.is_shown(),
            FieldName::Consent => self
                .settings
                .consent
                .as_ref()
                .is_some_and(|consent| consent.required),
        }
    }

    /// The fields that are shown.
    pub fn shown(&self) -> impl Iterator<Item = &FieldState> {
        self.fields.iter().filter(|field| self.is_shown(field.name))
    }

    pub fn field_mut(&mut self, name: FieldName) -> Option<&mut FieldState> {
        self.fields.iter_mut().find(|field| field.name == name)
    }

    /// Whether the site accepts the typed brand; an unknown brand is accepted.
    #[must_use]
    pub fn accepts_brand(&self) -> bool {
        let brands = &self.settings.accept.brands;
        brands.is_empty()
            || self
                .brand
                .as_ref()
                .is_none_or(|brand| brands.contains(brand))
    }

    /// Records a `change` event of one of the provider's fields.
    pub fn record_change(&mut self, name: FieldName, element_change: ElementChange) {
        if name == FieldName::Number {
            let brand = element_change.brand.as_deref().and_then(Brand::parse);
            self.brand = brand.filter(|brand| *brand != Brand::Unknown);
        }
        let refused = name == FieldName::Number && !self.accepts_brand();
        if let Some(field) = self.field_mut(name) {
            field.empty = element_change.empty;
            field.complete = element_change.complete;
            field.message = match element_change.error {
                Some(error) if error.message.is_empty() => FieldMessage::Key(field.missing_key()),
                Some(error) => FieldMessage::Stripe(error),
                None if refused => FieldMessage::Key(MessageKey::BrandNotTaken),
                None => FieldMessage::None,
            };
        }
    }

    /// Sets the text of one of the form's own fields. A card number is not stored. Returns whether the text has just
    /// become a card number.
    pub fn set_field_text(&mut self, name: FieldName, text: String) -> bool {
        let number = contains_card_number(&text);
        let Some(field) = self.field_mut(name) else {
            return false;
        };
        let new = number && field.message != FieldMessage::Key(MessageKey::NumberInText);
        field.message = if number {
            FieldMessage::Key(MessageKey::NumberInText)
        } else {
            FieldMessage::None
        };
        field.touched = true;
        field.empty = text.trim().is_empty();
        field.complete = !field.empty && !number;
        field.value = if number { String::new() } else { text };
        new
    }

    /// Sets the message of every field that is not filled in. Returns the first of these fields.
    pub fn mark_missing(&mut self) -> Option<FieldName> {
        let refused = !self.accepts_brand();
        let shown: Vec<FieldName> = self.shown().map(|field| field.name).collect();
        let mut first = None;
        for name in shown {
            let refused = refused && name == FieldName::Number;
            if !refused && self.find(name).is_none_or(|field| self.is_satisfied(field)) {
                continue;
            }
            let Some(field) = self.field_mut(name) else {
                continue;
            };
            if field.message == FieldMessage::None {
                field.message = FieldMessage::Key(if refused {
                    MessageKey::BrandNotTaken
                } else {
                    field.missing_key()
                });
            }
            first = first.or(Some(name));
        }
        first
    }

    /// The report of the entered data that a parent may see.
    #[must_use]
    pub fn form_change(&self) -> FormChange {
        FormChange {
            complete: self.shown().all(|field| self.is_satisfied(field)),
            empty: self.shown().all(|field| field.empty),
            brand: self.brand.clone(),
            error: self.shown().find_map(|field| match &field.message {
                FieldMessage::Stripe(error) => Some(FieldError {
                    code: error.code.clone(),
                    message: error.message.clone(),
                }),
                _ => None,
            }),
        }
    }

    /// Records that the consent text is shown from now on. Returns whether it replaced another text, whose tick is
    /// void.
    pub fn set_consent_shown(&mut self, now: &str) -> bool {
        let replaced =
            self.consent_record
                .set_text(&self.consent_text(), self.locale.as_str(), now);
        if replaced && let Some(field) = self.field_mut(FieldName::Consent) {
            *field = FieldState::new(FieldName::Consent);
        }
        replaced
    }

    /// The proof of consent for a result.
    #[must_use]
    pub fn consent_proof(&self) -> Option<ConsentProof> {
        self.consent_record.proof(self.is_shown(FieldName::Consent))
    }

    pub fn clear(&mut self) {
        self.brand = None;
        self.consent_record.set_ticked(false, "");
        self.fields = FieldState::ORDER.map(FieldState::new);
        self.prefill();
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
