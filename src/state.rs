//! Everything the page shows, as plain data: the phase, the language, the host's settings, the fields.
//!
//! Held in the form's signal, changed by what is typed, heard and pressed, drawn by the page. It must never hold what
//! is typed into a field of Stripe's, nor a card number that was typed anywhere else.

mod known;
mod part;
mod status;

use card_entry_protocol::card::Brand;
use card_entry_protocol::code::FrameErrorCode;
use card_entry_protocol::message::{ConsentProof, FieldError, FieldName, FormChange};
use card_entry_protocol::number::contains_card_number;
use card_entry_protocol::settings::Settings;

use crate::consent::Agreement;
use crate::field::{Field, Said};
use crate::phase::Progress;
use crate::stripe::answer::Change as Typing;
use crate::words::{Locale, Word};

pub use part::{Content, Mark, Part, Shown};

#[derive(Debug, Clone, PartialEq)]
pub struct State {
    /// What the form is doing.
    pub progress: Progress,
    pub locale: Locale,
    pub settings: Settings,
    /// What the person agreed to of it.
    pub agreement: Agreement,
    /// Why the form may not be used with it: something that was asked for cannot be shown.
    pub blocked: Option<FrameErrorCode>,
    /// The fields, shown or not, in the order of the page.
    pub fields: [Field; 8],
    /// The brand being typed, once it shows.
    pub brand: Option<Brand>,
    /// Three split fields, or the Payment Element.
    pub split: bool,
    /// Whether the key is one for trying.
    pub test: bool,
    /// Whether a bank's page lies over the form.
    pub covered: bool,
}

impl State {
    /// A form that has just been mounted.
    #[must_use]
    pub fn new(locale: Locale, split: bool) -> Self {
        Self {
            progress: Progress::new(),
            locale,
            settings: Settings::default(),
            agreement: Agreement::default(),
            blocked: None,
            fields: Field::ORDER.map(Field::new),
            brand: None,
            split,
            test: false,
            covered: false,
        }
    }

    /// Whether a field is shown.
    #[must_use]
    pub fn is_shown(&self, name: FieldName) -> bool {
        match name {
            FieldName::Number | FieldName::Expiry | FieldName::Cvc => self.split,
            FieldName::Payment => !self.split,
            FieldName::Name => self.settings.fields.name.is_shown(),
            FieldName::PostalCode => self.asks_postal_code(),
            FieldName::Country => self.settings.fields.country.is_shown(),
            FieldName::Consent => self
                .settings
                .consent
                .as_ref()
                .is_some_and(|consent| consent.required),
        }
    }

    /// The fields that are shown.
    pub fn shown(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| self.is_shown(field.name))
    }

    pub fn field(&mut self, name: FieldName) -> Option<&mut Field> {
        self.fields.iter_mut().find(|field| field.name == name)
    }

    /// Whether the site takes the brand being typed; one that does not show yet is taken.
    #[must_use]
    pub fn takes_brand(&self) -> bool {
        let brands = &self.settings.accept.brands;
        brands.is_empty()
            || self
                .brand
                .as_ref()
                .is_none_or(|brand| brands.contains(brand))
    }

    /// Stripe said what is being typed into one of its fields.
    pub fn note(&mut self, name: FieldName, typing: Typing) {
        if name == FieldName::Number {
            let brand = typing.brand.as_deref().and_then(Brand::parse);
            self.brand = brand.filter(|brand| *brand != Brand::Unknown);
        }
        let refused = name == FieldName::Number && !self.takes_brand();
        if let Some(field) = self.field(name) {
            field.empty = typing.empty;
            field.complete = typing.complete;
            field.said = match typing.error {
                Some(error) if error.message.is_empty() => Said::Word(field.demand()),
                Some(error) => Said::Stripe(error),
                None if refused => Said::Word(Word::BrandNotTaken),
                None => Said::Nothing,
            };
        }
    }

    /// Something was typed into a field of ours; says whether it has just become a card number, which is not kept.
    pub fn type_in(&mut self, name: FieldName, text: String) -> bool {
        let number = contains_card_number(&text);
        let Some(field) = self.field(name) else {
            return false;
        };
        let new = number && field.said != Said::Word(Word::NumberInText);
        field.said = if number {
            Said::Word(Word::NumberInText)
        } else {
            Said::Nothing
        };
        field.touched = true;
        field.empty = text.trim().is_empty();
        field.complete = !field.empty && !number;
        field.value = if number { String::new() } else { text };
        new
    }

    /// Puts a sentence beside every field that is not filled in; the first of them.
    pub fn mark_missing(&mut self) -> Option<FieldName> {
        let refused = !self.takes_brand();
        let shown: Vec<FieldName> = self.shown().map(|field| field.name).collect();
        let mut first = None;
        for name in shown {
            let refused = refused && name == FieldName::Number;
            if !refused && self.get(name).is_none_or(|field| self.is_done(field)) {
                continue;
            }
            let Some(field) = self.field(name) else {
                continue;
            };
            if field.said == Said::Nothing {
                field.said = Said::Word(if refused {
                    Word::BrandNotTaken
                } else {
                    field.demand()
                });
            }
            first = first.or(Some(name));
        }
        first
    }

    /// What a parent may know of what is typed.
    #[must_use]
    pub fn change(&self) -> FormChange {
        FormChange {
            complete: self.shown().all(|field| self.is_done(field)),
            empty: self.shown().all(|field| field.empty),
            brand: self.brand.clone(),
            error: self.shown().find_map(|field| match &field.said {
                Said::Stripe(error) => Some(FieldError {
                    code: error.code.clone(),
                    message: error.message.clone(),
                }),
                _ => None,
            }),
        }
    }

    /// The host's sentence stands on the page now; says whether it took the place of another, whose tick is void.
    pub fn show_consent(&mut self, now: &str) -> bool {
        let replaced = self
            .agreement
            .show(&self.consent(), self.locale.as_str(), now);
        if replaced && let Some(field) = self.field(FieldName::Consent) {
            *field = Field::new(FieldName::Consent);
        }
        replaced
    }

    /// What a result proves of the consent.
    #[must_use]
    pub fn consent_proof(&self) -> Option<ConsentProof> {
        self.agreement.proof(self.is_shown(FieldName::Consent))
    }

    pub fn clear(&mut self) {
        self.brand = None;
        self.agreement.tick(false, "");
        self.fields = Field::ORDER.map(Field::new);
        self.fill_known();
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
