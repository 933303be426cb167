//! The state machine of saves: which call, message and event follows from what happened.
//!
//! Called by [`crate::entry`], which runs each [`AttemptCommand`]. Pure: time, randomness and I/O are passed in. It
//! must
//! never save one payment method twice, nor give one attempt two final results, whatever is repeated or lost.

mod command;
mod ended;
mod intent;

use card_entry_protocol::card::PaymentMethodId;
use card_entry_protocol::message::{Attempt, AttemptResult, FailureReport};

use crate::guard::DropReason;
use crate::not_saved::NotSavedReason;
use crate::wallet::{IdempotencyKey, SaveRequest, SavedWallet, WalletError};
pub use command::{AttemptCommand, AttemptReport, FrameReply, SaveStatus};
use ended::EndedSave;
use intent::IntentState;

#[derive(Debug, Clone)]
struct PendingSave {
    request: SaveRequest,
    document: u32,
    attempt: Attempt,
    status: SaveStatus,
}

/// All attempts of one mounted frame. An attempt is one press of the form's Save button.
///
/// ```
/// use card_entry_companion::attempt::{AttemptCommand, Attempts};
/// use card_entry_protocol::message::Attempt;
///
/// let mut attempts = Attempts::default();
/// let commands = attempts.on_intent_request(Attempt(1)).unwrap();
/// assert_eq!(commands, [AttemptCommand::CreateIntent(Attempt(1))]);
/// // The same request again starts no second call.
/// assert_eq!(attempts.on_intent_request(Attempt(1)).unwrap(), []);
/// ```
#[derive(Debug, Clone, Default)]
pub struct Attempts {
    /// Counts the documents of the frame: a reloaded frame numbers its attempts from 1 again.
    document: u32,
    current: Attempt,
    intent: IntentState,
    last_ended: Attempt,
    save: Option<PendingSave>,
    ends: Vec<EndedSave>,
}

impl Attempts {
    /// The status of the save in progress; `None` if there is none.
    #[must_use]
    pub fn save_status(&self) -> Option<SaveStatus> {
        self.save.as_ref().map(|save| save.status)
    }

    /// Whether a save or an intent waits until the person has signed in.
    #[must_use]
    pub fn wants_sign_in(&self) -> bool {
        self.save_status() == Some(SaveStatus::SignIn)
            || matches!(self.intent, IntentState::WaitingForSignIn)
    }

    /// The attempt number for a legacy message (`isStripeCallback`), which has none: a known card keeps its number.
    #[must_use]
    pub fn legacy_attempt(&self, id: &PaymentMethodId) -> Attempt {
        let known = self.ends.iter().find(|end| end.request.id == *id);
        known.map_or(self.last_ended.next(), |end| {
            end.attempt.min(self.last_ended)
        })
    }

    /// The frame sent a payment method. `fresh` is the idempotency key for it if this is a new save.
    ///
    /// # Errors
    /// [`DropReason::State`] while another card is being saved, and for an attempt that is over.
    pub fn on_payment_method(
        &mut self,
        outcome: AttemptResult,
        fresh: IdempotencyKey,
    ) -> Result<Vec<AttemptCommand>, DropReason> {
        let AttemptResult {
            attempt,
            id,
            card,
            setup,
            consent,
        } = outcome;
        if let Some(save) = &mut self.save {
            if save.request.id != id {
                return Err(DropReason::State);
            }
            (save.document, save.attempt) = (self.document, attempt);
            let reason = match save.status {
                SaveStatus::Sending => return Ok(vec![]),
                SaveStatus::SignIn => NotSavedReason::SignIn,
                SaveStatus::Checking => NotSavedReason::Checking,
            };
            return Ok(vec![AttemptCommand::Send(FrameReply::NotSaved(
                attempt, reason,
            ))]);
        }
        let mut key = fresh;
        if let Some(end) = self.ends.iter().find(|end| end.request.id == id) {
            let repeated = (self.document, attempt) <= (end.document, end.attempt);
            match &end.refusal {
                Some(reason) if !repeated => {
                    if reason.keeps_idempotency_key() {
                        key = end.request.key.clone();
                    }
                }
                _ => {
                    self.last_ended = self.last_ended.max(attempt);
                    return Ok(vec![AttemptCommand::Send(end.reply(attempt))]);
                }
            }
        }
        if attempt <= self.last_ended {
            return Err(DropReason::State);
        }
        let request = SaveRequest {
            id,
            card,
            setup,
            consent,
            key,
        };
        self.save = Some(PendingSave {
            request: request.clone(),
            document: self.document,
            attempt,
            status: SaveStatus::Sending,
        });
        Ok(vec![AttemptCommand::Save(request)])
    }

    /// The frame reports that the attempt failed before there was a payment method.
    ///
    /// # Errors
    /// [`DropReason::State`] for an attempt that is over, and for one whose card is being saved.
    pub fn on_failure(&mut self, report: FailureReport) -> Result<Vec<AttemptCommand>, DropReason> {
        let saving = self
            .save
            .as_ref()
            .is_some_and(|save| (save.document, save.attempt) == (self.document, report.attempt));
        if saving || report.attempt <= self.last_ended {
            return Err(DropReason::State);
        }
        self.last_ended = report.attempt;
        Ok(vec![AttemptCommand::Report(AttemptReport::Failed(report))])
    }

    /// The wallet answered [`AttemptCommand::Save`]. An answer for another payment method is ignored.
    pub fn on_save_result(
        &mut self,
        id: &PaymentMethodId,
        answer: Result<SavedWallet, WalletError>,
    ) -> Vec<AttemptCommand> {
        let Some(save) = self.save.as_mut().filter(|save| save.request.id == *id) else {
            return vec![];
        };
        match answer {
            Ok(wallet) => self.end(Ok(wallet)),
            Err(WalletError::SignInRequired) => {
                save.status = SaveStatus::SignIn;
                let mut commands =
                    self.reply(|attempt| FrameReply::NotSaved(attempt, NotSavedReason::SignIn));
                commands.push(AttemptCommand::Report(AttemptReport::SignIn));
                commands
            }
            Err(WalletError::Indeterminate | WalletError::RetryAfter(_)) => {
                save.status = SaveStatus::Checking;
                let check = AttemptCommand::Check(save.request.clone());
                let mut commands =
                    self.reply(|attempt| FrameReply::NotSaved(attempt, NotSavedReason::Checking));
                commands.push(check);
                commands
            }
            Err(error) => self.end(Err(NotSavedReason::from(error))),
        }
    }

    /// [`AttemptCommand::Check`] ended; `found` is the wallet if it has the card.
    pub fn on_check_result(
        &mut self,
        id: &PaymentMethodId,
        found: Option<SavedWallet>,
    ) -> Vec<AttemptCommand> {
        if self.save.as_ref().is_none_or(|save| save.request.id != *id) {
            return vec![];
        }
        self.end(found.ok_or(NotSavedReason::Unclear))
    }

    /// The wallet answered 429: tells the frame that the save is repeated in `seconds` seconds.
    #[must_use]
    pub fn on_rate_limit(&self, id: &PaymentMethodId, seconds: u32) -> Vec<AttemptCommand> {
        if self.save.as_ref().is_none_or(|save| save.request.id != *id) {
            return vec![];
        }
        self.reply(|attempt| FrameReply::NotSaved(attempt, NotSavedReason::Waiting(seconds)))
    }

    /// The person signed in: repeats the save or the intent request that waited. Nothing is typed again.
    pub fn on_signed_in(&mut self) -> Vec<AttemptCommand> {
        let mut commands = vec![];
        if let Some(save) = self
            .save
            .as_mut()
            .filter(|save| save.status == SaveStatus::SignIn)
        {
            save.status = SaveStatus::Sending;
            commands.push(AttemptCommand::Save(save.request.clone()));
        }
        if matches!(self.intent, IntentState::WaitingForSignIn) {
            self.intent = IntentState::Requested;
            commands.push(AttemptCommand::CreateIntent(self.current));
        }
        commands
    }

    /// The frame loaded a new document. A save in progress continues, with status [`SaveStatus::Checking`].
    pub fn on_frame_reload(&mut self) {
        self.document = self.document.saturating_add(1);
        self.current = Attempt::default();
        self.last_ended = Attempt::default();
        self.intent = IntentState::NotRequested;
        if let Some(save) = self
            .save
            .as_mut()
            .filter(|save| save.status == SaveStatus::Sending)
        {
            save.status = SaveStatus::Checking;
        }
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
