//! Handles the parent's messages and the events of the provider's fields.

use card_entry_protocol::appearance::Theme;
use card_entry_protocol::code::FrameErrorCode;
use card_entry_protocol::message::{FieldName, FromFrame, LogEvent, NetworksChange, ToFrame};
use card_entry_protocol::settings::{IgnoredSetting, ParsedSettings};
use wasm_bindgen::JsCast;
use web_sys::HtmlFormElement;

use super::Form;
use crate::appearance;
use crate::locale::Locale;
use crate::parent::{Parent, ParentEvent};
use crate::phase::Progress;
use crate::provider::CardFields;
use crate::save::WalletAnswer;
use crate::state::FormState;
use crate::stripe::element::ElementEvent;

impl Form {
    pub(super) fn on_parent_event(&self, event: ParentEvent) {
        let resources = &self.0;
        match event {
            ParentEvent::Init(settings) => {
                self.apply(*settings);
                self.notify_state();
            }
            ParentEvent::PlainListener => self.notify_state(),
            ParentEvent::InitTimeout => self.mark_unusable(FrameErrorCode::Unanswered),
            ParentEvent::Message(ToFrame::Intent(body)) => {
                if !resources.intents.set_answer(body)
                    && let Some(parent) = resources.parent.borrow().as_ref()
                {
                    parent.count_late_message();
                }
            }
            ParentEvent::Message(ToFrame::Saved(saved)) => {
                resources
                    .wallet_answer
                    .borrow()
                    .put(WalletAnswer::Saved(saved.attempt));
            }
            ParentEvent::Message(ToFrame::NotSaved(not_saved)) if not_saved.code == "checking" => {
                self.on_wallet_pending(&not_saved)
            }
            ParentEvent::Message(ToFrame::NotSaved(not_saved)) => {
                resources
                    .wallet_answer
                    .borrow()
                    .put(WalletAnswer::NotSaved(not_saved));
            }
            ParentEvent::Message(ToFrame::Submit(_)) => self.submit(),
            ParentEvent::Message(ToFrame::Update(update)) => {
                let settings =
                    self.change(|state| update.settings.keep_previous(&mut state.settings));
                if self.apply(settings) {
                    self.notify_state();
                }
            }
            ParentEvent::Message(ToFrame::Reset(_)) => self.reset(),
            ParentEvent::Message(ToFrame::InView(view)) => {
                resources.out_of_view.set(!view.visible);
                // A height sent while the iframe was not visible may have been lost.
                if let Some(height) = resources.height.borrow().as_ref().filter(|_| view.visible) {
                    height.resend();
                }
            }
            ParentEvent::Message(ToFrame::Focus(_)) => {
                let first = self.read(|state| state.shown().next().map(|field| field.name));
                if let Some(name) = first {
                    self.focus(name);
                }
            }
        }
    }

    /// Applies the host page's complete settings and logs those that are ignored. Returns whether the form has become
    /// usable or unusable.
    fn apply(&self, mut parsed: ParsedSettings) -> bool {
        parsed.retain_colors(appearance::is_color);
        self.log_ignored_settings(&parsed.ignored);
        let settings_error = parsed.error();
        let settings = parsed.settings;
        let page = self.config().map(|config| config.query.color_scheme);
        appearance::apply(&settings.appearance, page.unwrap_or(Theme::Light));
        let locale = settings
            .locale
            .as_deref()
            .map_or(self.0.page_locale, Locale::choose);
        if self.read(|state| state.locale != locale)
            && let Some(card_fields) = self.0.card_fields.borrow().as_ref()
        {
            card_fields.translate(locale.as_str());
        }
        self.change(|state| {
            state.locale = locale;
            state.set_settings(settings);
            state.settings_error = settings_error;
        });
        self.load_locale();
        self.restyle();
        let recovered = self.change_phase(Progress::recover);
        let readiness_changed = self.update_readiness();
        self.record_consent_shown();
        readiness_changed || recovered
    }

    /// Logs each ignored setting once, for as long as it stays ignored.
    fn log_ignored_settings(&self, ignored: &[IgnoredSetting]) {
        let previous = self.0.ignored_settings.replace(ignored.to_vec());
        for setting in ignored.iter().filter(|setting| !previous.contains(setting)) {
            self.send(&FromFrame::Log(setting.into()));
        }
    }

    /// Applies the style sheet to the provider's fields.
    pub(super) fn restyle(&self) {
        if let Some(card_fields) = self.0.card_fields.borrow().as_ref() {
            card_fields.restyle(&appearance::read_field_style(&self.0.host));
        }
    }

    pub fn reset(&self) {
        if !self.change_phase(Progress::reset) {
            return;
        }
        // An answer to the save that was reset must not reach the next save.
        self.0.wallet_answer.take();
        if let Some(card_fields) = self.0.card_fields.borrow().as_ref() {
            card_fields.clear();
        }
        let form = self.0.host.query_selector("form").ok().flatten();
        if let Some(form) = form {
            form.unchecked_into::<HtmlFormElement>().reset();
        }
        self.change(FormState::clear);
        self.notify_change();
    }

    pub(super) fn on_element_event(&self, name: FieldName, event: ElementEvent) {
        match event {
            ElementEvent::Ready => self.on_field_ready(),
            ElementEvent::Change(change) => {
                self.change(|state| state.record_change(name, change));
                self.notify_change();
            }
            ElementEvent::Focus => self.on_focus(name, true),
            ElementEvent::Blur => self.on_focus(name, false),
            ElementEvent::Escape => self.notify_escape(name),
            ElementEvent::Networks(networks) => {
                self.send(&FromFrame::NetworksChange(NetworksChange { networks }));
            }
            ElementEvent::LoadError => self.fail_loading(FrameErrorCode::FieldFailed),
        }
    }

    /// One more field is ready. The form is ready once all are.
    fn on_field_ready(&self) {
        let Some(config) = self.config() else {
            return;
        };
        let resources = &self.0;
        resources.ready_fields.set(resources.ready_fields.get() + 1);
        if resources.ready_fields.get() >= CardFields::fields(&config.query.fields).len() {
            resources.load_result.set(Some(Ok(())));
            if self.update_readiness() {
                self.notify_state();
            }
        }
    }

    /// Makes the form ready once its fields are loaded and the parent's settings are known, or unusable. If the form
    /// were ready before the settings came, a card could be sent without the required consent.
    pub(super) fn update_readiness(&self) -> bool {
        let loaded = self.0.load_result.get();
        let settings_error = self.read(|state| state.settings_error);
        let answered = self
            .0
            .parent
            .borrow()
            .as_ref()
            .is_none_or(Parent::has_answered);
        match (settings_error, loaded) {
            (Some(code), _) | (None, Some(Err(code))) => {
                self.change_phase(|progress| progress.mark_unusable(code))
            }
            (None, Some(Ok(()))) if answered => self.change_phase(Progress::mark_ready),
            _ => false,
        }
    }

    /// Called when the person types into one of the form's own fields.
    pub fn on_text_input(&self, name: FieldName, text: String) {
        if self.change(|state| state.set_field_text(name, text)) {
            self.log(LogEvent::NumberInText, name.as_str());
        }
        self.notify_change();
    }
}
