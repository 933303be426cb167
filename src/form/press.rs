//! Save was pressed: by the button, by Enter, or by the host.

use card_entry_protocol::message::FieldName;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::Form;
use crate::field::Said;
use crate::phase::Phase;
use crate::save;
use crate::words::Word;

impl Form {
    /// Starts one save, or says what is missing. Does nothing while the form is loading, busy or done.
    pub fn press(self) {
        let Some(inner) = self.inner() else {
            return;
        };
        let ready = self
            .progress
            .with_untracked(|progress| matches!(progress.phase(), Phase::Ready(_)));
        if !ready {
            return;
        }
        if let Some(bad) = self.mark_missing() {
            self.focus(bad);
            return;
        }
        let floor = inner.intents.floor();
        if let Some(ticket) = self.step(|progress| progress.press(floor)).flatten() {
            leptos::task::spawn_local(save::run(self, ticket));
        }
    }

    /// Puts a sentence beside every field that is not filled in; the first of them.
    fn mark_missing(self) -> Option<FieldName> {
        let mut first = None;
        for field in self.shown() {
            let refused = field.name == FieldName::Number && !self.takes_brand();
            if field.complete.get_untracked() && !refused {
                continue;
            }
            if field.said.get_untracked() == Said::Nothing {
                field.said.set(Said::Word(if refused {
                    Word::BrandNotTaken
                } else {
                    field.demand()
                }));
            }
            first = first.or(Some(field.name));
        }
        first
    }

    /// Puts the focus into a field.
    pub fn focus(self, name: FieldName) {
        let Some(inner) = self.inner() else {
            return;
        };
        if let Some(element) = inner
            .card
            .borrow()
            .as_ref()
            .and_then(|card| card.field(name))
        {
            return element.focus();
        }
        let own = inner
            .host
            .query_selector(&["#", name.as_str()].concat())
            .ok()
            .flatten()
            .and_then(|input| input.dyn_into::<HtmlElement>().ok());
        if let Some(input) = own {
            // Only an element that is gone cannot take the focus.
            let _ = input.focus();
        }
    }
}
