//! Draws the [`State`] into the page; nothing else decides what is on screen.
//!
//! The page itself is in `index.html`, visible before any code has come: there is no second copy of it here that could
//! differ, and nothing moves when the code arrives. It must never write text any other way than as text.

use std::cell::Cell;

use card_entry_protocol::message::FieldName;
use web_sys::{Element, HtmlElement};

use crate::country;
use crate::field::{Field, Said};
use crate::phase::Phase;
use crate::state::State;
use crate::words::{Locale, Word};

/// The page's nodes, and what was last drawn.
pub struct Drawing {
    host: HtmlElement,
    test: bool,
    locale: Cell<Option<Locale>>,
    countries: Cell<Option<Locale>>,
}

impl Drawing {
    /// Draws into `host`, where the view is mounted.
    pub fn new(host: HtmlElement, test: bool) -> Self {
        Self {
            host,
            test,
            locale: Cell::new(None),
            countries: Cell::new(None),
        }
    }

    fn node(&self, parts: &[&str]) -> Option<Element> {
        self.host.query_selector(&parts.concat()).ok().flatten()
    }

    /// Writes a text, when it is another: a live region announces every write.
    fn text(&self, id: &[&str], text: &str) {
        if let Some(node) = self.node(&[&["#"], id].concat())
            && node.get_attribute("data-said").as_deref() != Some(text)
        {
            // Kept beside the text: a page translator changes the text itself, and must not be fought.
            let _ = node.set_attribute("data-said", text);
            node.set_text_content(Some(text));
        }
    }

    fn flag(&self, node: &[&str], name: &str, on: bool) {
        if let Some(node) = self.node(node) {
            let _ = node.toggle_attribute_with_force(name, on);
        }
    }

    fn attribute(&self, node: &[&str], name: &str, value: &str) {
        if let Some(node) = self.node(node) {
            let _ = node.set_attribute(name, value);
        }
    }

    /// Draws the state; what is drawn already costs a comparison.
    pub fn draw(&self, state: &State) {
        let locale = state.locale;
        if self.locale.replace(Some(locale)) != Some(locale) {
            set_language(locale);
        }
        for field in &state.fields {
            self.draw_field(state, field);
        }
        self.draw_settings(state);
        let say = |id: &str, word| self.text(&[id], locale.say(word));
        say("retry", Word::Retry);
        say("another", Word::Another);
        let shown = matches!(state.progress.phase(), Phase::Loading | Phase::Ready(_));
        self.text(&["note"], if shown { locale.say(Word::Safe) } else { "" });
        if self.test {
            say("test", Word::TestMode);
        }
        let phase = state.progress.phase();
        self.attribute(&["main"], "data-phase", phase.as_str());
        let ready = matches!(phase, Phase::Ready(_));
        self.attribute(
            &["#save"],
            "aria-disabled",
            if ready { "false" } else { "true" },
        );
        let retry = matches!(phase, Phase::Unusable(code) if code.can_retry());
        self.flag(&["#retry"], "hidden", !retry);
        self.flag(&["#another"], "hidden", *phase != Phase::Sent);
        self.text(&["alert"], &state.alert());
        self.text(&["status"], state.status());
        self.text(&["code"], state.code());
    }

    fn draw_field(&self, state: &State, field: &Field) {
        let name = field.name.as_str();
        let around: &[&str] = &["[data-field=", name, "]"];
        let invalid = field.said != Said::Nothing;
        self.flag(around, "hidden", !state.is_shown(field.name));
        self.flag(around, "data-focus", field.focused);
        self.flag(around, "data-invalid", invalid);
        if let Some(word) = field.label() {
            self.text(&["label-", name], state.locale.say(word));
        }
        self.text(&["error-", name], field.said.sentence(state.locale));
        if !matches!(
            field.name,
            FieldName::Number | FieldName::Expiry | FieldName::Cvc | FieldName::Payment
        ) {
            self.attribute(
                &["#", name],
                "aria-invalid",
                if invalid { "true" } else { "false" },
            );
        }
    }

    fn draw_settings(&self, state: &State) {
        let taken = state.locale.list_taken(&state.settings.accept);
        self.text(&["takes"], taken.as_deref().unwrap_or(""));
        let (consent, asks) = (state.consent(), state.is_shown(FieldName::Consent));
        self.text(&["agreed"], if asks { "" } else { &consent });
        self.text(&["label-consent"], &consent);
        self.text(&["save"], &state.save_text());
        self.flag(&["#save"], "hidden", state.settings.button.hidden);
        if state.is_shown(FieldName::Country)
            && self.countries.replace(Some(state.locale)) != Some(state.locale)
            && let Some(select) = self.node(&["#country"])
        {
            country::fill(&select, state.locale, &state.typed().country);
        }
    }
}

/// Keeps the document's language and direction those of the form.
fn set_language(locale: Locale) {
    if let Some(root) = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.document_element())
    {
        let _ = root.set_attribute("lang", locale.as_str());
        let _ = root.set_attribute("dir", locale.direction());
    }
}
