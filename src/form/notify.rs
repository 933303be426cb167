//! What the parent is told while the person types.

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
    /// Says something to the parent.
    pub fn send(&self, message: &FromFrame) {
        if let Some(parent) = self.0.parent.borrow().as_ref() {
            parent.send(message);
        }
    }

    /// Whether there is a companion.
    #[must_use]
    pub fn has_port(&self) -> bool {
        self.0
            .parent
            .borrow()
            .as_ref()
            .is_some_and(Parent::has_port)
    }

    /// A line for the host's log; `detail` is one of our own words.
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

    /// Tells a parent that has just begun to listen where the form stands.
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

    /// Tells what is typed, as far as a parent may know; asks for an intent once everything is.
    pub(super) fn notify_change(&self) {
        let change = self.read(FormState::change);
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

    /// Notes and tells where the focus is.
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

    /// Tells that Save was pressed and no save began.
    pub(super) fn notify_not_submitted(
        &self,
        reason: NotSubmittedReason,
        field: Option<FieldName>,
    ) {
        self.send(&FromFrame::NotSubmitted(NotSubmitted { reason, field }));
    }

    /// Tells that Escape was pressed.
    pub fn notify_escape(&self, field: FieldName) {
        self.send(&FromFrame::Escape(FieldEvent { field }));
    }

    /// Keeps where the focus is, for when a bank's page that will lie over the form is gone again.
    pub fn record_focused_element(&self) {
        if let Some(element) = challenge::focused_element(&self.0.host) {
            self.0.focused.replace(Some(element));
        }
    }

    /// Notes and tells that 3DS opened or closed. While it is open, nobody gets into the form behind it.
    pub fn on_challenge(&self, attempt: Attempt, open: bool) {
        if open {
            self.record_focused_element();
        }
        self.change(|state| state.challenge_open = open);
        if !open && let Some(element) = self.0.focused.take() {
            spawn_local(async move {
                // The view first lets the focus in again.
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
        // First what it is about: a parent shrinks nothing while it believes 3DS to be open.
        self.send(&FromFrame::Challenge(Challenge { open }));
        if let Some(height) = self.0.height.borrow().as_ref() {
            height.set_min_height(if open { CHALLENGE_HEIGHT_PX } else { 0 });
        }
    }
}
