//! Turns reports and replies into events for the page and messages for the frame.
//!
//! Called by [`super`].

use card_entry_protocol::message::{
    AttemptError, FailureReport, IntentMessage, IntentReply, NotSaved, Saved, ToFrame,
};

use super::MountedEntry;
use crate::attempt::{AttemptReport, FrameReply};
use crate::event::EntryEvent;
use crate::not_saved::NotSavedReason;
use crate::wallet::WalletIntent;

impl MountedEntry {
    pub(super) fn report(&self, report: AttemptReport) {
        match report {
            AttemptReport::SignIn => {
                self.update_state();
                self.emit(EntryEvent::SignIn);
            }
            AttemptReport::Saved(request, wallet) => {
                self.removals.set(0);
                self.update_flags(|flags| flags.saved = true);
                self.emit(EntryEvent::Saved(Box::new(request), wallet));
            }
            AttemptReport::NotSaved(reason) => {
                let retryable = reason.is_retryable();
                self.emit(EntryEvent::Error(self.failure(&reason), retryable));
            }
            AttemptReport::Failed(FailureReport {
                error, retryable, ..
            }) => self.emit(EntryEvent::Error(error, retryable)),
        }
    }

    fn failure(&self, reason: &NotSavedReason) -> AttemptError {
        AttemptError {
            kind: "wallet_error".to_owned(),
            code: reason.as_str().to_owned(),
            message: reason.text(self.locale.get()),
            decline_code: None,
            param: None,
        }
    }

    /// The message to the frame, with its texts.
    pub(super) fn frame_message(&self, reply: FrameReply) -> ToFrame {
        match reply {
            FrameReply::Saved(attempt) => ToFrame::Saved(Saved { attempt }),
            FrameReply::NotSaved(attempt, reason) => ToFrame::NotSaved(NotSaved {
                attempt,
                code: frame_code(&reason).to_owned(),
                message: reason.text(self.locale.get()),
                retryable: reason.is_retryable(),
            }),
            FrameReply::Intent(attempt, answer) => ToFrame::Intent(IntentMessage {
                attempt,
                reply: match answer {
                    Ok(WalletIntent::ClientSecret(secret, account)) => {
                        IntentReply::Secret(secret, account)
                    }
                    Ok(WalletIntent::NotNeeded) => IntentReply::None,
                    Err(reason) => IntentReply::Error(self.failure(&reason)),
                },
            }),
        }
    }
}

/// The code in `not_saved`. The frame knows only `checking` for every reason after which the save continues by itself.
fn frame_code(reason: &NotSavedReason) -> &'static str {
    if reason.is_retryable() {
        reason.as_str()
    } else {
        NotSavedReason::Checking.as_str()
    }
}
