//! Submits requested by the page (`submit()`): each is answered exactly once, whatever happens to the form.
//!
//! Called by [`super::CardEntry::submit`] and for messages of the frame. A submit before the form is ready waits for
//! it;
//! several submits press the button once. It must never leave a submit without an answer: the page awaits it.

use std::rc::Rc;

use card_entry_protocol::message::{EmptyBody, ToFrame};
use gloo_timers::callback::Timeout;

use super::MountedEntry;
use crate::event::EntryEvent;
use crate::submission::{
    NotSubmitted, READY_TIMEOUT_MS, SUBMIT_ANSWER_TIMEOUT_MS, SubmitOutcome, UNANSWERED, UNUSABLE,
};

/// The submits that wait for an answer, and their timer.
#[derive(Default)]
pub(super) struct SubmitRequests {
    answers: Vec<Box<dyn FnOnce(SubmitOutcome)>>,
    sent: bool,
    timer: Option<Timeout>,
}

impl MountedEntry {
    /// Presses the button, now or when the form is ready.
    pub(super) fn submit(self: &Rc<Self>, answer: Box<dyn FnOnce(SubmitOutcome)>) {
        self.submits.borrow_mut().answers.push(answer);
        let flags = self.flags.get();
        if flags.unusable {
            // Answered in a later turn: a caller must not be called back within its own call.
            let weak = Rc::downgrade(self);
            self.spawn(async move {
                if let Some(inner) = weak.upgrade() {
                    inner.not_submitted(NotSubmitted::without_field(UNUSABLE));
                }
            });
        } else if flags.ready {
            self.send_submit();
        } else {
            self.start_submit_timer(READY_TIMEOUT_MS);
        }
    }

    /// Sends the submit that waits, if there is one that was not sent.
    pub(super) fn send_submit(self: &Rc<Self>) {
        {
            let mut submits = self.submits.borrow_mut();
            if submits.answers.is_empty() || submits.sent {
                return;
            }
            submits.sent = true;
        }
        self.start_submit_timer(SUBMIT_ANSWER_TIMEOUT_MS);
        self.reveal(false);
        self.send(&ToFrame::Submit(EmptyBody {}));
    }

    fn start_submit_timer(self: &Rc<Self>, timeout_ms: u32) {
        let weak = Rc::downgrade(self);
        let timer = Timeout::new(timeout_ms, move || {
            if let Some(inner) = weak.upgrade() {
                inner.not_submitted(NotSubmitted::without_field(UNANSWERED));
            }
        });
        self.submits.borrow_mut().timer = Some(timer);
    }

    /// No save started: answers the submits and reports it to the page.
    pub(super) fn not_submitted(&self, not: NotSubmitted) {
        self.finish_submits(SubmitOutcome::NotSubmitted(not));
        self.emit(EntryEvent::NotSubmitted(not));
    }

    /// Answers the submits without a report to the page.
    pub(super) fn finish_submits(&self, outcome: SubmitOutcome) {
        let submits = self.submits.take();
        for answer in submits.answers {
            answer(outcome);
        }
    }

    /// The form cannot be used: answers the submits that wait for it.
    pub(super) fn fail_submits(&self) {
        if !self.submits.borrow().answers.is_empty() {
            self.not_submitted(NotSubmitted::without_field(UNUSABLE));
        }
    }
}
