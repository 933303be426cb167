//! What the form does with what it hears: from the parent and from Stripe's fields.

use card_entry_protocol::card::Brand;
use card_entry_protocol::code::Unusable;
use card_entry_protocol::message::{FieldName, ToFrame};
use card_entry_protocol::settings::Settings;
use leptos::prelude::*;

use super::Form;
use crate::field::Said;
use crate::look;
use crate::parent::Heard;
use crate::save::Answer;
use crate::stripe::card::Card;
use crate::stripe::element::Happening;
use crate::words::{Locale, Word};

impl Form {
    pub(super) fn hear(self, heard: Heard) {
        let Some(inner) = self.inner() else {
            return;
        };
        match heard {
            Heard::Init(settings) => {
                self.apply(*settings);
                self.tell_state();
            }
            Heard::Nobody => self.tell_state(),
            Heard::Message(ToFrame::Intent(body)) => {
                if !inner.intents.answer(body)
                    && let Some(parent) = inner.parent.borrow().as_ref()
                {
                    parent.drop_late();
                }
            }
            Heard::Message(ToFrame::Saved(saved)) => {
                inner.answers.put(Answer::Saved(saved.attempt))
            }
            Heard::Message(ToFrame::NotSaved(not)) => inner.answers.put(Answer::NotSaved(not)),
            Heard::Message(ToFrame::Submit(_)) => self.press(),
            Heard::Message(ToFrame::Update(update)) => self.apply(update.settings),
            Heard::Message(ToFrame::Reset(_)) => self.reset(),
            Heard::Message(ToFrame::Focus(_)) => {
                if let Some(first) = self.shown().first() {
                    self.focus(first.name);
                }
            }
        }
    }

    /// Takes the host's settings, the whole of them.
    pub fn apply(self, settings: Settings) {
        let Some(inner) = self.inner() else {
            return;
        };
        look::apply(&settings.appearance);
        let locale = settings
            .locale
            .as_deref()
            .map_or(inner.page_locale, Locale::choose);
        if locale != self.locale() {
            self.locale.set(locale);
            if let Some(card) = inner.card.borrow().as_ref() {
                card.translate(locale.as_str());
            }
        }
        if settings != self.settings.get_untracked() {
            self.settings.set(settings);
        }
        self.restyle();
    }

    /// Draws Stripe's fields as the style sheet has it now.
    pub(super) fn restyle(self) {
        if let Some(inner) = self.inner()
            && let Some(card) = inner.card.borrow().as_ref()
        {
            card.restyle(&look::read(&inner.host));
        }
    }

    /// An empty form again.
    pub fn reset(self) {
        if self.step(super::Progress::reset) != Some(true) {
            return;
        }
        if let Some(inner) = self.inner()
            && let Some(card) = inner.card.borrow().as_ref()
        {
            card.clear();
        }
        for field in self.fields.get_value() {
            field.clear();
        }
        self.brand.set(None);
        self.tell_change();
    }

    pub(super) fn happen(self, name: FieldName, what: Happening) {
        let (Some(inner), Some(field)) = (self.inner(), self.field(name)) else {
            return;
        };
        match what {
            Happening::Ready => {
                inner.ready.set(inner.ready.get() + 1);
                let all = inner
                    .config
                    .as_ref()
                    .map_or(0, |config| Card::fields(&config.query.fields).len());
                if inner.ready.get() >= all && self.step(super::Progress::show_fields) == Some(true)
                {
                    self.tell_state();
                }
            }
            Happening::Change(change) => {
                if name == FieldName::Number {
                    self.brand.set(change.brand);
                }
                field.empty.set(change.empty);
                field.complete.set(change.complete);
                field.said.set(match change.error {
                    Some(error) if !error.message.is_empty() => Said::Text(error.message),
                    Some(_) => Said::Word(field.demand()),
                    None if name == FieldName::Number && !self.takes_brand() => {
                        Said::Word(Word::BrandNotTaken)
                    }
                    None => Said::Nothing,
                });
                self.tell_change();
            }
            Happening::Focus => self.note_focus(field, true),
            Happening::Blur => self.note_focus(field, false),
            Happening::Escape => self.tell_escape(name),
            Happening::LoadError => self.give_up(Unusable::FieldFailed),
        }
    }

    /// Whether the site takes the brand being typed; one that does not show yet is taken.
    pub(super) fn takes_brand(self) -> bool {
        let brands = self.accept().brands;
        let typed = self
            .brand
            .get_untracked()
            .and_then(|brand| Brand::parse(&brand));
        brands.is_empty()
            || typed.is_none_or(|brand| brand == Brand::Unknown || brands.contains(&brand))
    }
}
