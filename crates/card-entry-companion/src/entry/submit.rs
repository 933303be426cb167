//! Presses of the form's button that the page makes itself: each is answered once, whatever happens to the form.
//!
//! Called by [`super::CardEntry::submit`], and by [`super`] with what the frame says. One press before the form is ready
//! waits for it; several are one. It must never leave an answer out: somebody awaits it.

use std::rc::Rc;

use card_entry_protocol::message::{EmptyBody, ToFrame};
use gloo_timers::callback::Timeout;

use super::Inner;
use crate::event::Event;
use crate::submission::{
    ANSWER_TIMEOUT_MS, NotSubmitted, READY_TIMEOUT_MS, Submission, UNANSWERED, UNUSABLE,
};

/// Who awaits an answer, and until when.
#[derive(Default)]
pub(super) struct Presses {
    answers: Vec<Box<dyn FnOnce(Submission)>>,
    sent: bool,
    timer: Option<Timeout>,
}

impl Inner {
    /// Presses the button, now or once there is one.
    pub(super) fn submit(self: &Rc<Self>, answer: Box<dyn FnOnce(Submission)>) {
        self.presses.borrow_mut().answers.push(answer);
        let facts = self.facts.get();
        if facts.unusable {
            // Told in a turn of its own: whoever called may not be called back within the call.
            let weak = Rc::downgrade(self);
            self.spawn(async move {
                if let Some(inner) = weak.upgrade() {
                    inner.not_submitted(NotSubmitted::because(UNUSABLE));
                }
            });
        } else if facts.ready {
            self.send_press();
        } else {
            self.await_answer(READY_TIMEOUT_MS);
        }
    }

    /// Sends the press that waited for the form.
    pub(super) fn send_press(self: &Rc<Self>) {
        {
            let mut presses = self.presses.borrow_mut();
            if presses.answers.is_empty() || presses.sent {
                return;
            }
            presses.sent = true;
        }
        self.await_answer(ANSWER_TIMEOUT_MS);
        self.show(false);
        self.say(&ToFrame::Submit(EmptyBody {}));
    }

    fn await_answer(self: &Rc<Self>, patience: u32) {
        let weak = Rc::downgrade(self);
        let timer = Timeout::new(patience, move || {
            if let Some(inner) = weak.upgrade() {
                inner.not_submitted(NotSubmitted::because(UNANSWERED));
            }
        });
        self.presses.borrow_mut().timer = Some(timer);
    }

    /// No save began: the page is told, whoever pressed.
    pub(super) fn not_submitted(&self, not: NotSubmitted) {
        self.answer_presses(Submission::Not(not));
        self.tell(Event::NotSubmitted(not));
    }

    /// The same, where nobody but who awaits it is told.
    pub(super) fn answer_presses(&self, submission: Submission) {
        let presses = self.presses.take();
        for answer in presses.answers {
            answer(submission);
        }
    }

    /// The form will not work: what waited for it does not go on.
    pub(super) fn drop_presses(&self) {
        if !self.presses.borrow().answers.is_empty() {
            self.not_submitted(NotSubmitted::because(UNUSABLE));
        }
    }
}
