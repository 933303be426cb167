//! What the form does with what it hears: from the parent and from Stripe's fields.

use card_entry_protocol::appearance::Theme;
use card_entry_protocol::code::FrameErrorCode;
use card_entry_protocol::message::{FieldName, FromFrame, LogEvent, NetworksChange, ToFrame};
use card_entry_protocol::settings::{IgnoredSetting, ParsedSettings};
use wasm_bindgen::JsCast;
use web_sys::HtmlFormElement;

use super::Form;
use crate::look;
use crate::parent::{Heard, Parent};
use crate::phase::Progress;
use crate::provider::Card;
use crate::save::Answer;
use crate::state::State;
use crate::stripe::element::Happening;
use crate::words::Locale;

impl Form {
    pub(super) fn hear(&self, heard: Heard) {
        let inner = &self.0;
        match heard {
            Heard::Init(settings) => {
                self.apply(*settings);
                self.tell_state();
            }
            Heard::Plain => self.tell_state(),
            Heard::Unanswered => self.give_up(FrameErrorCode::Unanswered),
            Heard::Message(ToFrame::Intent(body)) => {
                if !inner.intents.answer(body)
                    && let Some(parent) = inner.parent.borrow().as_ref()
                {
                    parent.drop_late();
                }
            }
            Heard::Message(ToFrame::Saved(saved)) => {
                inner.answers.borrow().put(Answer::Saved(saved.attempt));
            }
            Heard::Message(ToFrame::NotSaved(not)) if not.code == "checking" => self.wait(&not),
            Heard::Message(ToFrame::NotSaved(not)) => {
                inner.answers.borrow().put(Answer::NotSaved(not));
            }
            Heard::Message(ToFrame::Submit(_)) => self.press(),
            Heard::Message(ToFrame::Update(update)) => {
                let kept = self.change(|state| update.settings.keep_previous(&mut state.settings));
                if self.apply(kept) {
                    self.tell_state();
                }
            }
            Heard::Message(ToFrame::Reset(_)) => self.reset(),
            Heard::Message(ToFrame::InView(view)) => {
                inner.out_of_view.set(!view.visible);
                // What was said while there was no room for it may be lost.
                if let Some(height) = inner.height.borrow().as_ref().filter(|_| view.visible) {
                    height.repeat();
                }
            }
            Heard::Message(ToFrame::Focus(_)) => {
                let first = self.read(|state| state.shown().next().map(|field| field.name));
                if let Some(name) = first {
                    self.focus(name);
                }
            }
        }
    }

    /// Takes the host's settings, the whole of them, and logs what could not be taken. Says whether the form can be used
    /// now and could not before, or the reverse.
    fn apply(&self, mut parsed: ParsedSettings) -> bool {
        parsed.retain_colors(look::is_color);
        self.log_faults(&parsed.ignored);
        let blocked = parsed.error();
        let settings = parsed.settings;
        let page = self.config().map(|config| config.query.color_scheme);
        look::apply(&settings.appearance, page.unwrap_or(Theme::Light));
        let locale = settings
            .locale
            .as_deref()
            .map_or(self.0.page_locale, Locale::choose);
        if self.read(|state| state.locale != locale)
            && let Some(card) = self.0.card.borrow().as_ref()
        {
            card.translate(locale.as_str());
        }
        self.change(|state| {
            state.locale = locale;
            state.take(settings);
            state.blocked = blocked;
        });
        self.learn();
        self.restyle();
        let recovered = self.step(Progress::recover);
        let settled = self.settle();
        self.note_consent();
        settled || recovered
    }

    /// Logs each setting that was ignored, once for as long as it stays so.
    fn log_faults(&self, faults: &[IgnoredSetting]) {
        let before = self.0.faults.replace(faults.to_vec());
        for fault in faults.iter().filter(|fault| !before.contains(fault)) {
            self.send(&FromFrame::Log(fault.into()));
        }
    }

    /// Draws Stripe's fields as the style sheet has it now.
    pub(super) fn restyle(&self) {
        if let Some(card) = self.0.card.borrow().as_ref() {
            card.restyle(&look::read(&self.0.host));
        }
    }

    pub fn reset(&self) {
        if !self.step(Progress::reset) {
            return;
        }
        // A save that was let go of takes no answer from the next one.
        self.0.answers.take();
        if let Some(card) = self.0.card.borrow().as_ref() {
            card.clear();
        }
        let form = self.0.host.query_selector("form").ok().flatten();
        if let Some(form) = form {
            form.unchecked_into::<HtmlFormElement>().reset();
        }
        self.change(State::clear);
        self.tell_change();
    }

    pub(super) fn happen(&self, name: FieldName, what: Happening) {
        match what {
            Happening::Ready => self.note_ready(),
            Happening::Change(typing) => {
                self.change(|state| state.note(name, typing));
                self.tell_change();
            }
            Happening::Focus => self.note_focus(name, true),
            Happening::Blur => self.note_focus(name, false),
            Happening::Escape => self.tell_escape(name),
            Happening::Networks(networks) => {
                self.send(&FromFrame::NetworksChange(NetworksChange { networks }));
            }
            Happening::LoadError => self.fail_load(FrameErrorCode::FieldFailed),
        }
    }

    /// One more field can be used; the form can once all can.
    fn note_ready(&self) {
        let Some(config) = self.config() else {
            return;
        };
        let inner = &self.0;
        inner.ready.set(inner.ready.get() + 1);
        if inner.ready.get() >= Card::fields(&config.query.fields).len() {
            inner.loaded.set(Some(Ok(())));
            if self.settle() {
                self.tell_state();
            }
        }
    }

    /// Shows the form once its fields are there and it is known what the parent wants of it; or says why it cannot be.
    /// A form that were shown before could be filled in and sent without the consent that is on its way.
    pub(super) fn settle(&self) -> bool {
        let loaded = self.0.loaded.get();
        let blocked = self.read(|state| state.blocked);
        let answered = self
            .0
            .parent
            .borrow()
            .as_ref()
            .is_none_or(Parent::has_answered);
        match (blocked, loaded) {
            (Some(code), _) | (None, Some(Err(code))) => self.step(|it| it.give_up(code)),
            (None, Some(Ok(()))) if answered => self.step(Progress::show_fields),
            _ => false,
        }
    }

    /// Something was typed into a field of ours.
    pub fn type_in(&self, name: FieldName, text: String) {
        if self.change(|state| state.type_in(name, text)) {
            self.log(LogEvent::NumberInText, name.as_str());
        }
        self.tell_change();
    }
}
