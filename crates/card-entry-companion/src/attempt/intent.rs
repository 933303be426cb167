//! Intent requests of the frame, and the answers of the wallet.
//!
//! Part of [`super::Attempts`]. It must never create two intents for one attempt.

use card_entry_protocol::message::Attempt;

use super::{AttemptCommand, AttemptReport, Attempts, FrameReply};
use crate::guard::DropReason;
use crate::not_saved::NotSavedReason;
use crate::wallet::{WalletError, WalletIntent};

#[derive(Debug, Clone, Default)]
pub(super) enum IntentState {
    #[default]
    NotRequested,
    Requested,
    WaitingForSignIn,
    Ready(WalletIntent),
}

impl Attempts {
    /// The frame requested an intent for this attempt.
    ///
    /// # Errors
    /// [`DropReason::State`] if the attempt is over: the message is dropped.
    pub fn on_intent_request(
        &mut self,
        attempt: Attempt,
    ) -> Result<Vec<AttemptCommand>, DropReason> {
        if attempt < self.current || attempt <= self.last_ended {
            return Err(DropReason::State);
        }
        if attempt > self.current {
            self.current = attempt;
            self.intent = IntentState::NotRequested;
        }
        Ok(match &self.intent {
            IntentState::Requested => vec![],
            IntentState::WaitingForSignIn => sign_in(attempt),
            IntentState::Ready(intent) => vec![AttemptCommand::Send(FrameReply::Intent(
                attempt,
                Ok(intent.clone()),
            ))],
            IntentState::NotRequested => {
                self.intent = IntentState::Requested;
                vec![AttemptCommand::CreateIntent(attempt)]
            }
        })
    }

    /// The wallet answered [`AttemptCommand::CreateIntent`]. An answer for another attempt is ignored.
    pub fn on_intent(
        &mut self,
        attempt: Attempt,
        answer: Result<WalletIntent, WalletError>,
    ) -> Vec<AttemptCommand> {
        if attempt != self.current || !matches!(self.intent, IntentState::Requested) {
            return vec![];
        }
        let answer = match answer {
            Ok(intent) => {
                self.intent = IntentState::Ready(intent.clone());
                Ok(intent)
            }
            Err(WalletError::SignInRequired) => {
                self.intent = IntentState::WaitingForSignIn;
                return sign_in(attempt);
            }
            Err(error) => {
                self.intent = IntentState::NotRequested;
                Err(match error {
                    WalletError::Indeterminate
                    | WalletError::RetryAfter(_)
                    | WalletError::NotFound => NotSavedReason::NotReady,
                    other => NotSavedReason::from(other),
                })
            }
        };
        vec![AttemptCommand::Send(FrameReply::Intent(attempt, answer))]
    }
}

/// An intent waits for a sign-in: the frame shows that the save continues later, the page shows its sign-in.
fn sign_in(attempt: Attempt) -> Vec<AttemptCommand> {
    vec![
        AttemptCommand::Send(FrameReply::NotSaved(attempt, NotSavedReason::SignIn)),
        AttemptCommand::Report(AttemptReport::SignIn),
    ]
}
