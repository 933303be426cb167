//! Records when the consent text was shown and when its box was ticked.
//!
//! Called by the form when its phase or its settings change, and by the box. It must never leave a box ticked beside
//! another text.

use card_entry_protocol::message::FieldName;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::Form;
use crate::clock::now_rfc3339;
use crate::field::FieldMessage;
use crate::phase::Phase;

impl Form {
    /// Records when the consent text was shown. If it replaced another text, unticks the box.
    pub(super) fn record_consent_shown(&self) {
        let ready = self.read(|state| matches!(state.progress.phase(), Phase::Ready(_)));
        if ready && self.change(|state| state.set_consent_shown(&now_rfc3339())) {
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

    /// Called when the consent box is ticked or unticked.
    pub fn on_consent_input(&self, ticked: bool) {
        self.change(|state| {
            state.consent_record.set_ticked(ticked, &now_rfc3339());
            if let Some(field) = state.field_mut(FieldName::Consent) {
                field.complete = ticked;
                field.message = FieldMessage::None;
            }
        });
        self.notify_change();
    }
}
