//! What is said and done for one press of Save, and never twice.
//!
//! Called by [`crate::entry`], which carries out each [`Step`]. Pure: no browser, no clock, no dice. It must never let
//! one payment method be saved twice, nor give one attempt two terminal results, whatever is repeated or lost.

mod end;
mod step;

use card_entry_protocol::card::PaymentMethodId;
use card_entry_protocol::message::{Attempt, CardResult, FailureReport};

use crate::guard::DropReason;
use crate::reason::Reason;
use crate::wallet::{IdempotencyKey, Intent, Kept, SaveRequest, WalletError};
use end::End;
pub use step::{Line, Stage, Step, Told};

#[derive(Debug, Clone)]
struct Save {
    request: SaveRequest,
    document: u32,
    attempt: Attempt,
    stage: Stage,
}

#[derive(Debug, Clone, Default)]
enum Asked {
    #[default]
    Nothing,
    Wallet,
    SignIn,
    Answered(Intent),
}

/// Everything known of the attempts of one mounted frame.
#[derive(Debug, Clone, Default)]
pub struct Attempts {
    /// Counts the frame's documents: a reloaded frame counts its attempts from 1 again.
    document: u32,
    current: Attempt,
    asked: Asked,
    ended: Attempt,
    save: Option<Save>,
    ends: Vec<End>,
}

impl Attempts {
    /// Where the save is, if one is going on.
    #[must_use]
    pub fn stage(&self) -> Option<Stage> {
        self.save.as_ref().map(|save| save.stage)
    }

    /// Whether anything waits for the person to sign in.
    #[must_use]
    pub fn wants_sign_in(&self) -> bool {
        self.stage() == Some(Stage::SignIn) || matches!(self.asked, Asked::SignIn)
    }

    /// The attempt of a plain `isStripeCallback` message, which names none: a known card keeps its own.
    #[must_use]
    pub fn plain_attempt(&self, id: &PaymentMethodId) -> Attempt {
        let known = self.ends.iter().find(|end| end.request.id == *id);
        known.map_or(self.ended.next(), |end| end.attempt.min(self.ended))
    }

    /// The frame asks for an intent.
    ///
    /// # Errors
    /// [`DropReason::State`] for an attempt that is over.
    pub fn intent_asked(&mut self, attempt: Attempt) -> Result<Vec<Step>, DropReason> {
        if attempt < self.current || attempt <= self.ended {
            return Err(DropReason::State);
        }
        if attempt > self.current {
            self.current = attempt;
            self.asked = Asked::Nothing;
        }
        Ok(match &self.asked {
            Asked::Wallet => vec![],
            Asked::SignIn => sign_in(attempt),
            Asked::Answered(intent) => vec![Step::Say(Line::Intent(attempt, Ok(intent.clone())))],
            Asked::Nothing => {
                self.asked = Asked::Wallet;
                vec![Step::Begin(attempt)]
            }
        })
    }

    /// The wallet answered [`Step::Begin`].
    pub fn intent_answered(
        &mut self,
        attempt: Attempt,
        answer: Result<Intent, WalletError>,
    ) -> Vec<Step> {
        if attempt != self.current || !matches!(self.asked, Asked::Wallet) {
            return vec![];
        }
        let answer = match answer {
            Ok(intent) => {
                self.asked = Asked::Answered(intent.clone());
                Ok(intent)
            }
            Err(WalletError::SignIn) => {
                self.asked = Asked::SignIn;
                return sign_in(attempt);
            }
            Err(error) => {
                self.asked = Asked::Nothing;
                Err(match error {
                    WalletError::Unclear | WalletError::Wait(_) | WalletError::NotFound => {
                        Reason::NotReady
                    }
                    other => Reason::from(other),
                })
            }
        };
        vec![Step::Say(Line::Intent(attempt, answer))]
    }

    /// The frame has a payment method; `fresh` is used if this is a new save.
    ///
    /// # Errors
    /// [`DropReason::State`] while another card is being saved, and for an attempt that is over.
    pub fn outcome(
        &mut self,
        outcome: CardResult,
        fresh: IdempotencyKey,
    ) -> Result<Vec<Step>, DropReason> {
        let CardResult {
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
            let reason = match save.stage {
                Stage::Sending => return Ok(vec![]),
                Stage::SignIn => Reason::SignIn,
                Stage::Checking => Reason::Checking,
            };
            return Ok(vec![Step::Say(Line::NotSaved(attempt, reason))]);
        }
        let mut key = fresh;
        if let Some(end) = self.ends.iter().find(|end| end.request.id == id) {
            let repeated = (self.document, attempt) <= (end.document, end.attempt);
            match &end.refusal {
                Some(reason) if !repeated => {
                    if reason.keeps_key() {
                        key = end.request.key.clone();
                    }
                }
                _ => {
                    self.ended = self.ended.max(attempt);
                    return Ok(vec![Step::Say(end.line(attempt))]);
                }
            }
        }
        if attempt <= self.ended {
            return Err(DropReason::State);
        }
        let request = SaveRequest {
            id,
            card,
            setup,
            consent,
            key,
        };
        self.save = Some(Save {
            request: request.clone(),
            document: self.document,
            attempt,
            stage: Stage::Sending,
        });
        Ok(vec![Step::Save(request)])
    }

    /// The attempt failed in the frame.
    ///
    /// # Errors
    /// [`DropReason::State`] for an attempt that is over, or whose card is being saved.
    pub fn failed(&mut self, report: FailureReport) -> Result<Vec<Step>, DropReason> {
        let saving = self
            .save
            .as_ref()
            .is_some_and(|save| (save.document, save.attempt) == (self.document, report.attempt));
        if saving || report.attempt <= self.ended {
            return Err(DropReason::State);
        }
        self.ended = report.attempt;
        Ok(vec![Step::Tell(Told::Failed(report))])
    }

    /// The wallet answered [`Step::Save`].
    pub fn save_answered(
        &mut self,
        id: &PaymentMethodId,
        answer: Result<Kept, WalletError>,
    ) -> Vec<Step> {
        let Some(save) = self.save.as_mut().filter(|save| save.request.id == *id) else {
            return vec![];
        };
        match answer {
            Ok(kept) => self.end(Ok(kept)),
            Err(WalletError::SignIn) => {
                save.stage = Stage::SignIn;
                let mut steps = self.say(|attempt| Line::NotSaved(attempt, Reason::SignIn));
                steps.push(Step::Tell(Told::SignIn));
                steps
            }
            Err(WalletError::Unclear | WalletError::Wait(_)) => {
                save.stage = Stage::Checking;
                let check = Step::Check(save.request.clone());
                let mut steps = self.say(|attempt| Line::NotSaved(attempt, Reason::Checking));
                steps.push(check);
                steps
            }
            Err(error) => self.end(Err(Reason::from(error))),
        }
    }

    /// [`Step::Check`] found the card, or did not.
    pub fn checked(&mut self, id: &PaymentMethodId, found: Option<Kept>) -> Vec<Step> {
        if self.save.as_ref().is_none_or(|save| save.request.id != *id) {
            return vec![];
        }
        self.end(found.ok_or(Reason::Unclear))
    }

    /// The wallet asked for a pause; the save goes on after it.
    #[must_use]
    pub fn waiting(&self, id: &PaymentMethodId, seconds: u32) -> Vec<Step> {
        if self.save.as_ref().is_none_or(|save| save.request.id != *id) {
            return vec![];
        }
        self.say(|attempt| Line::NotSaved(attempt, Reason::Wait(seconds)))
    }

    /// The person signed in: what waited goes on, with nothing typed again.
    pub fn signed_in(&mut self) -> Vec<Step> {
        let mut steps = vec![];
        if let Some(save) = self
            .save
            .as_mut()
            .filter(|save| save.stage == Stage::SignIn)
        {
            save.stage = Stage::Sending;
            steps.push(Step::Save(save.request.clone()));
        }
        if matches!(self.asked, Asked::SignIn) {
            self.asked = Asked::Wallet;
            steps.push(Step::Begin(self.current));
        }
        steps
    }

    /// The frame's document is a new one: a save on its way becomes Checking, not failed.
    pub fn reloaded(&mut self) {
        self.document = self.document.saturating_add(1);
        self.current = Attempt::default();
        self.ended = Attempt::default();
        self.asked = Asked::Nothing;
        if let Some(save) = self
            .save
            .as_mut()
            .filter(|save| save.stage == Stage::Sending)
        {
            save.stage = Stage::Checking;
        }
    }
}

/// An intent waits for a sign-in: the frame is told to be patient, the page to ask.
fn sign_in(attempt: Attempt) -> Vec<Step> {
    vec![
        Step::Say(Line::NotSaved(attempt, Reason::SignIn)),
        Step::Tell(Told::SignIn),
    ]
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
