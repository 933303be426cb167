//! What the parent is told while the person types.

use card_entry_protocol::card::Brand;
use card_entry_protocol::message::{
    Attempt, Challenge, Change, FieldError, FieldEvent, FieldName, FromFrame, Height,
    IntentRequest, Log, LogEvent, Nothing, UnusableReport,
};
use leptos::prelude::*;

use super::Form;
use crate::field::{Field, Said};
use crate::parent::height::CHALLENGE;
use crate::phase::{Phase, Stage};

impl Form {
    /// Says something to the parent.
    pub fn send(self, message: &FromFrame) {
        if let Some(inner) = self.inner()
            && let Some(parent) = inner.parent.borrow().as_ref()
        {
            parent.send(message);
        }
    }

    /// Whether there is a companion.
    #[must_use]
    pub fn has_port(self) -> bool {
        self.inner().is_some_and(|inner| {
            inner
                .parent
                .borrow()
                .as_ref()
                .is_some_and(crate::parent::Parent::has_port)
        })
    }

    /// A line for the host's log; `detail` is one of our own words.
    pub fn log(self, event: LogEvent, detail: &str) {
        self.send(&FromFrame::Log(Log {
            event,
            detail: detail.to_owned(),
        }));
    }

    pub(super) fn tell_intent_request(self, attempt: Attempt) {
        self.send(&FromFrame::IntentRequest(IntentRequest { attempt }));
    }

    pub(super) fn tell_height(self, height: u32) {
        self.send(&FromFrame::Height(Height { height }));
    }

    /// Tells a parent that has just begun to listen where the form stands.
    pub(super) fn tell_state(self) {
        match self
            .progress
            .with_untracked(|progress| progress.phase().clone())
        {
            Phase::Loading => {}
            Phase::Unusable(code) => self.send(&FromFrame::Unusable(UnusableReport {
                code,
                message: self.locale().explain(code).to_owned(),
            })),
            _ => self.send(&FromFrame::Ready(Nothing {})),
        }
        if let Some(inner) = self.inner()
            && let Some(height) = inner.height.borrow().as_ref()
        {
            height.repeat();
        }
    }

    /// Tells what is typed, as far as a parent may know; asks for an intent once everything is.
    pub fn tell_change(self) {
        let shown = self.shown();
        let complete = shown.iter().all(|field| field.complete.get_untracked());
        let error = shown
            .iter()
            .find_map(|field| match field.said.get_untracked() {
                Said::Text(message) => Some(FieldError {
                    code: ["invalid_", field.name.as_str()].concat(),
                    message,
                }),
                _ => None,
            });
        self.send(&FromFrame::Change(Change {
            complete,
            empty: shown.iter().all(|field| field.empty.get_untracked()),
            brand: self
                .brand
                .get_untracked()
                .and_then(|brand| Brand::parse(&brand))
                .filter(|brand| *brand != Brand::Unknown),
            error,
        }));
        let next = self.progress.with_untracked(|progress| {
            matches!(progress.phase(), Phase::Ready(_)).then(|| progress.last_attempt().next())
        });
        if let Some(next) = next.filter(|_| complete) {
            self.ask_intent(next);
        }
    }

    /// Notes and tells where the focus is.
    pub fn note_focus(self, field: Field, focused: bool) {
        field.focused.set(focused);
        let event = FieldEvent { field: field.name };
        self.send(&if focused {
            FromFrame::Focus(event)
        } else {
            FromFrame::Blur(event)
        });
    }

    /// Tells that Escape was pressed.
    pub fn tell_escape(self, field: FieldName) {
        self.send(&FromFrame::Escape(FieldEvent { field }));
    }

    /// Notes and tells that 3DS opened or closed.
    pub fn note_challenge(self, attempt: Attempt, open: bool) {
        let stage = if open {
            Stage::Challenge
        } else {
            Stage::Confirming
        };
        self.step(|progress| progress.turn(attempt, stage));
        if let Some(inner) = self.inner()
            && let Some(height) = inner.height.borrow().as_ref()
        {
            height.set_floor(if open { CHALLENGE } else { 0 });
        }
        self.send(&FromFrame::Challenge(Challenge { open }));
    }
}
