//! Starts a save: Save was clicked, Enter was pressed, or the parent sent `submit`.

use card_entry_protocol::message::{FieldName, FromFrame, NeedsView, NotSubmittedReason};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;

use super::Form;
use crate::clock::sleep;
use crate::error::SaveError;
use crate::form_visibility::FormVisibility;
use crate::phase::Phase;
use crate::save;
use crate::state::FormState;

/// How often the form checks whether it has come into view, milliseconds. Browsers report visibility as often.
const SCROLL_CHECK_INTERVAL_MS: u32 = 100;

const SCROLL_CHECK_ATTEMPTS: u32 = 5;

impl Form {
    /// Starts a save, or marks the missing fields. Tells the parent when no save starts.
    pub fn submit(&self) {
        let reason = self.read(|state| match state.progress.phase() {
            Phase::Ready(_) => None,
            Phase::Loading => Some(NotSubmittedReason::Loading),
            Phase::Busy(_) => Some(NotSubmittedReason::Busy),
            Phase::Saved | Phase::Sent => Some(NotSubmittedReason::Saved),
            Phase::Unusable(_) => Some(NotSubmittedReason::Unusable),
        });
        if let Some(reason) = reason {
            return self.notify_not_submitted(reason, None);
        }
        if self.read(|state| state.settings_error).is_some() && self.update_readiness() {
            return self.notify_state();
        }
        if let Some(missing) = self.change(FormState::mark_missing) {
            self.notify_not_submitted(NotSubmittedReason::Incomplete, Some(missing));
            self.focus(missing);
            return;
        }
        if !self.is_visible() {
            // The person may not have seen what they pressed.
            return self.scroll_into_view();
        }
        let min_attempt = self.0.intents.min_attempt();
        let mut guard = None;
        self.change_phase(|progress| {
            guard = progress.start_save(min_attempt);
            guard.is_some()
        });
        if let Some(guard) = guard {
            spawn_local(save::run(self.clone(), guard));
        }
    }

    /// Whether enough of the form is visible, both to this browser and to the parent.
    fn is_visible(&self) -> bool {
        let visible = self
            .read(FormVisibility::read)
            .is_none_or(|visibility| visibility.is_seen());
        visible && !self.0.out_of_view.get()
    }

    /// Scrolls the form into view and then saves; warns if it does not come into view.
    fn scroll_into_view(&self) {
        self.0.host.scroll_into_view();
        self.request_view(false);
        let form = self.clone();
        spawn_local(async move {
            for _ in 0..SCROLL_CHECK_ATTEMPTS {
                sleep(SCROLL_CHECK_INTERVAL_MS).await;
                if form.is_visible() {
                    return form.submit();
                }
            }
            form.notify_not_submitted(NotSubmittedReason::Unseen, None);
            form.change_phase(|progress| progress.warn(SaveError::Unseen));
        });
    }

    /// Asks the parent to scroll to its iframe, which a frame of another site cannot do in some browsers. `focus`: a
    /// field has the focus here, and the iframe must get it in the parent.
    fn request_view(&self, focus: bool) {
        self.send(&FromFrame::NeedsView(NeedsView { focus }));
    }

    /// Moves the focus into a field.
    pub fn focus(&self, name: FieldName) {
        self.request_view(true);
        if let Some(element) = self
            .0
            .card_fields
            .borrow()
            .as_ref()
            .and_then(|fields| fields.field(name))
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
            // Fails only for an element that is gone.
            let _ = input.unchecked_into::<HtmlElement>().focus();
        }
    }
}
