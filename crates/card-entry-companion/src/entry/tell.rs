//! What is told to the page and to the frame, in words.
//!
//! Called by [`super`] for the steps that say something.

use card_entry_protocol::message::{
    AttemptError, FailureReport, IntentMessage, IntentReply, NotSaved, Saved, ToFrame,
};

use super::Inner;
use crate::attempt::{Line, Told};
use crate::event::Event;
use crate::reason::Reason;
use crate::wallet::Intent;

impl Inner {
    pub(super) fn tell_told(&self, told: Told) {
        match told {
            Told::SignIn => {
                self.refresh();
                self.tell(Event::SignIn);
            }
            Told::Saved(request, kept) => {
                self.removals.set(0);
                self.change(|facts| facts.saved = true);
                self.tell(Event::Saved(Box::new(request), kept));
            }
            Told::NotSaved(reason) => {
                let retryable = reason.retryable();
                self.tell(Event::Error(self.failure(&reason), retryable));
            }
            Told::Failed(FailureReport {
                error, retryable, ..
            }) => self.tell(Event::Error(error, retryable)),
        }
    }

    fn failure(&self, reason: &Reason) -> AttemptError {
        AttemptError {
            kind: "wallet_error".to_owned(),
            code: reason.as_str().to_owned(),
            message: reason.sentence(self.locale.get()),
            decline_code: None,
            param: None,
        }
    }

    /// Words a line to the frame.
    pub(super) fn word(&self, line: Line) -> ToFrame {
        match line {
            Line::Saved(attempt) => ToFrame::Saved(Saved { attempt }),
            Line::NotSaved(attempt, reason) => ToFrame::NotSaved(NotSaved {
                attempt,
                code: frame_code(&reason).to_owned(),
                message: reason.sentence(self.locale.get()),
                retryable: reason.retryable(),
            }),
            Line::Intent(attempt, answer) => ToFrame::Intent(IntentMessage {
                attempt,
                reply: match answer {
                    Ok(Intent::Secret(secret, account)) => IntentReply::Secret(secret, account),
                    Ok(Intent::NotNeeded) => IntentReply::None,
                    Err(reason) => IntentReply::Error(self.failure(&reason)),
                },
            }),
        }
    }
}

/// In the frame's terms everything that goes on by itself is `checking`: its last word is still to come.
fn frame_code(reason: &Reason) -> &'static str {
    if reason.retryable() {
        reason.as_str()
    } else {
        Reason::Checking.as_str()
    }
}
