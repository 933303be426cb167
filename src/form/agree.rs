//! The host's sentence: since when it stands there, and whether it was ticked.
//!
//! Called by the form whenever its phase or its settings change, and by the box. It must never leave a tick beside another
//! sentence.

use card_entry_protocol::message::FieldName;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::Form;
use crate::clock::moment;
use crate::field::Said;
use crate::phase::Phase;

impl Form {
    /// Notes since when the host's sentence stands there; unticks the box of another one.
    pub(super) fn note_consent(&self) {
        let ready = self.read(|state| matches!(state.progress.phase(), Phase::Ready(_)));
        if ready && self.change(|state| state.show_consent(&moment())) {
            let ticked = self
                .0
                .host
                .query_selector("#consent:checked")
                .ok()
                .flatten();
            if let Some(ticked) = ticked {
                ticked
                    .unchecked_into::<HtmlInputElement>()
                    .set_checked(false);
            }
        }
    }

    /// The consent was ticked, or no longer is.
    pub fn tick(&self, ticked: bool) {
        self.change(|state| {
            state.agreement.tick(ticked, &moment());
            if let Some(field) = state.field(FieldName::Consent) {
                field.complete = ticked;
                field.said = Said::Nothing;
            }
        });
        self.tell_change();
    }
}
