//! Save was pressed: by the button, by Enter, or by the host.

use card_entry_protocol::message::{FieldName, NotSubmittedReason};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;

use super::Form;
use crate::clock::sleep;
use crate::error::Trouble;
use crate::look;
use crate::phase::Phase;
use crate::save;
use crate::state::State;

/// How long a page may take to scroll, milliseconds: browsers look at what is seen ten times a second.
const SCROLLING: u32 = 500;

impl Form {
    /// Starts one save, or says what is missing; the parent is told when none starts.
    pub fn press(&self) {
        let reason = self.read(|state| match state.progress.phase() {
            Phase::Ready(_) => None,
            Phase::Loading => Some(NotSubmittedReason::Loading),
            Phase::Busy(_) => Some(NotSubmittedReason::Busy),
            Phase::Saved | Phase::Sent => Some(NotSubmittedReason::Saved),
            Phase::Unusable(_) => Some(NotSubmittedReason::Unusable),
        });
        if let Some(reason) = reason {
            return self.tell_not_submitted(reason, None);
        }
        if let Some(bad) = self.change(State::mark_missing) {
            self.tell_not_submitted(NotSubmittedReason::Incomplete, Some(bad));
            self.focus(bad);
            return;
        }
        if look::is_unseen() {
            // Whoever pressed may not have seen what.
            return self.come_into_view();
        }
        let floor = self.0.intents.floor();
        let mut ticket = None;
        self.step(|progress| {
            ticket = progress.press(floor);
            ticket.is_some()
        });
        if let Some(ticket) = ticket {
            spawn_local(save::run(self.clone(), ticket));
        }
    }

    /// Brings the form into view, and saves once it is there; says so when it does not come.
    fn come_into_view(&self) {
        self.0.host.scroll_into_view();
        let form = self.clone();
        spawn_local(async move {
            sleep(SCROLLING).await;
            if look::is_unseen() {
                form.tell_not_submitted(NotSubmittedReason::Unseen, None);
                form.step(|progress| progress.warn(Trouble::Unseen));
            } else {
                form.press();
            }
        });
    }

    /// Puts the focus into a field.
    pub fn focus(&self, name: FieldName) {
        if let Some(element) = self
            .0
            .card
            .borrow()
            .as_ref()
            .and_then(|card| card.field(name))
        {
            return element.focus();
        }
        let own = self
            .0
            .host
            .query_selector(&["#", name.as_str()].concat())
            .ok()
            .flatten();
        if let Some(input) = own {
            // Only an element that is gone cannot take the focus.
            let _ = input.unchecked_into::<HtmlElement>().focus();
        }
    }
}
