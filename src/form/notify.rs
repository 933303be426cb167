//! The form's messages to its parent.

use card_entry_protocol::message::{
    Attempt, Challenge, EmptyBody, FieldEvent, FieldName, FromFrame, Height, IntentRequest, Log,
    LogEvent, NotSubmitted, NotSubmittedReason, UnusableReport,
};
use wasm_bindgen_futures::spawn_local;

use super::Form;
use crate::challenge;
use crate::clock::sleep;
use crate::parent::Parent;
use crate::parent::height::CHALLENGE_HEIGHT_PX;
use crate::phase::{Phase, SaveStage};
use crate::state::FormState;

impl Form {
    /// Sends a message to the parent.
    pub fn send(&self, message: &FromFrame) {
        if let Some(parent) = self.0.parent.borrow().as_ref() {
            parent.send(message);
        }
    }

    /// Whether a companion has opened the port.
    #[must_use]
    pub fn has_port(&self) -> bool {
        self.0
            .parent
            .borrow()
            .as_ref()
            .is_some_and(Parent::has_port)
    }

    /// Sends a line for the host page's log. `detail` is always one of the frame's own words.
    pub fn log(&self, event: LogEvent, detail: &str) {
        self.send(&FromFrame::Log(Log {
            event,
            detail: detail.to_owned(),
        }));
    }

    pub(super) fn send_intent_request(&self, attempt: Attempt) {
        self.send(&FromFrame::IntentRequest(IntentRequest { attempt }));
    }

    pub(super) fn notify_height_changed(&self, height: u32) {
        self.send(&FromFrame::Height(Height { height }));
    }

    /// Sends the form's state to a parent that has just begun to listen.
    pub(super) fn notify_state(&self) {
        let message = self.read(|state| match state.progress.phase() {
            Phase::Loading => None,
            Phase::Unusable(code) => Some(FromFrame::Unusable(UnusableReport {
                code: *code,
                message: state.locale.text_for_unusable(*code).to_owned(),
            })),
            _ => Some(FromFrame::Ready(EmptyBody {})),
        });
        if let Some(message) = message {
            self.send(&message);
        }
        if let Some(height) = self.0.height.borrow().as_ref() {
            height.resend();
        }
    }

    /// Sends what the parent may know of the entered data. Requests an intent once the form is complete.
    pub(super) fn notify_change(&self) {
        let change = self.read(FormState::form_change);
        let complete = change.complete;
        self.send(&FromFrame::Change(change));
        let next = self.read(|state| {
            let ready = matches!(state.progress.phase(), Phase::Ready(_));
            (ready && complete).then(|| state.progress.last_attempt().next())
        });
        if let Some(next) = next {
            self.request_intent(next);
        }
    }

    /// Records which field has the focus, and reports it.
    pub fn on_focus(&self, name: FieldName, focused: bool) {
        self.change(|state| {
            if let Some(field) = state.field_mut(name) {
                field.focused = focused;
            }
        });
        let event = FieldEvent { field: name };
        self.send(&if focused {
            FromFrame::Focus(event)
        } else {
            FromFrame::Blur(event)
        });
    }

    /// Reports that Save was pressed and no save began.
    pub(super) fn notify_not_submitted(
        &self,
        reason: NotSubmittedReason,
        field: Option<FieldName>,
    ) {
        self.send(&FromFrame::NotSubmitted(NotSubmitted { reason, field }));
    }

    /// Reports that Escape was pressed in a field.
    pub fn notify_escape(&self, field: FieldName) {
        self.send(&FromFrame::Escape(FieldEvent { field }));
    }

    /// Records the focused element, so that it gets the focus back after a 3DS page.
    pub fn record_focused_element(&self) {
        if let Some(element) = challenge::focused_element(&self.0.host) {
            self.0.focused_element.replace(Some(element));
        }
    }

    /// Called when 3DS opens or closes. While it is open, the form behind it is inert.
    pub fn on_challenge(&self, attempt: Attempt, open: bool) {
        if open {
            self.record_focused_element();
        }
        self.change(|state| state.challenge_open = open);
        if !open && let Some(element) = self.0.focused_element.take() {
            spawn_local(async move {
                // After the view has made the form focusable again.
                sleep(0).await;
                challenge::restore_focus(&element);
            });
        }
        let stage = if open {
            SaveStage::Challenge
        } else {
            SaveStage::Confirming
        };
        self.change_phase(|progress| progress.change_stage(attempt, stage));
        // Before the height: a parent does not shrink its iframe while it believes that 3DS is open.
        self.send(&FromFrame::Challenge(Challenge { open }));
        if let Some(height) = self.0.height.borrow().as_ref() {
            height.set_min_height(if open { CHALLENGE_HEIGHT_PX } else { 0 });
        }
    }
}
