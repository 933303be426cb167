//! The state machine of the form: its phases and the permitted changes.
//!
//! Stored in the state, drawn by the page, changed by the page (fields, retry) and by a save through its [`SaveGuard`].
//! It must never run two saves at once, nor end one attempt twice: a save needs a [`SaveGuard`], only one guard is
//! valid at a time, and ending the save consumes it.

use card_entry_protocol::code::FrameErrorCode;
use card_entry_protocol::message::Attempt;

use crate::error::SaveError;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SaveStage {
    /// The payment method is being created; the intent is requested at the same time.
    Saving,
    /// The intent is being confirmed.
    Confirming,
    Challenge,
    /// The result was sent to the parent; the wallet has not answered.
    Submitting,
    /// Whether the card was saved is unknown and is being checked.
    Checking,
}

impl SaveStage {
    /// Whether a save may go from this stage to `next`.
    fn can_become(self, next: Self) -> bool {
        use SaveStage::{Challenge, Checking, Confirming, Saving, Submitting};
        matches!(
            (self, next),
            (Saving, Confirming | Submitting)
                | (Confirming, Challenge | Submitting | Checking)
                | (Challenge, Confirming | Submitting)
                | (Submitting, Checking)
                | (Checking, Submitting | Challenge)
        )
    }
}

#[derive(Debug, Clone, PartialEq)]
pub enum Phase {
    /// The provider's script and fields are loading.
    Loading,
    /// The form can be used. The error is the outcome of the last attempt.
    Ready(Option<SaveError>),
    Busy(SaveStage),
    /// The card of the last attempt is saved.
    Saved,
    /// The card was sent to a plain listener, which does not report what became of it.
    Sent,
    Unusable(FrameErrorCode),
}

impl Phase {
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Loading => "loading",
            Self::Ready(_) => "ready",
            Self::Busy(SaveStage::Saving) => "saving",
            Self::Busy(SaveStage::Confirming) => "confirming",
            Self::Busy(SaveStage::Challenge) => "challenge",
            Self::Busy(SaveStage::Submitting) => "submitting",
            Self::Busy(SaveStage::Checking) => "checking",
            Self::Saved | Self::Sent => "saved",
            Self::Unusable(_) => "unusable",
        }
    }
}

/// The right to run one save. Only [`Progress::start_save`] makes it, and it cannot be copied.
#[derive(Debug)]
#[must_use = "a save that never ends leaves the form busy"]
pub struct SaveGuard(Attempt);

impl SaveGuard {
    #[must_use]
    pub fn attempt(&self) -> Attempt {
        self.0
    }
}

#[derive(Debug, Clone, PartialEq)]
pub enum SaveOutcome {
    Saved,
    /// Sent to a plain listener, which does not answer.
    Sent,
    NotSaved(SaveError),
}

/// The phase, whether it takes long, and the number of the last attempt.
#[derive(Debug, Clone, PartialEq)]
pub struct Progress {
    phase: Phase,
    late: bool,
    last_attempt: Attempt,
    wallet_text: String,
}

impl Default for Progress {
    fn default() -> Self {
        Self::new()
    }
}

impl Progress {
    #[must_use]
    pub fn new() -> Self {
        Self {
            phase: Phase::Loading,
            late: false,
            last_attempt: Attempt(0),
            wallet_text: String::new(),
        }
    }

    #[must_use]
    pub fn phase(&self) -> &Phase {
        &self.phase
    }

    /// Whether the phase takes so long that the form must show it.
    #[must_use]
    pub fn is_late(&self) -> bool {
        self.late
    }

    /// The wallet's text about the wait; empty when it sent none.
    #[must_use]
    pub fn wallet_text(&self) -> &str {
        &self.wallet_text
    }

    /// Sets the wallet's text for the current stage of this attempt; ignored when its save is over.
    pub fn set_wallet_text(&mut self, attempt: Attempt, text: &str) {
        if self.stage_of(attempt).is_some() {
            self.wallet_text = text.to_owned();
        }
    }

    /// The number of the last attempt; 0 before the first.
    #[must_use]
    pub fn last_attempt(&self) -> Attempt {
        self.last_attempt
    }

    /// The stage of this attempt's save; `None` when it is not running.
    #[must_use]
    pub fn stage_of(&self, attempt: Attempt) -> Option<SaveStage> {
        match self.phase {
            Phase::Busy(stage) if attempt == self.last_attempt => Some(stage),
            _ => None,
        }
    }

    fn set_phase(&mut self, phase: Phase) -> bool {
        self.phase = phase;
        self.late = false;
        self.wallet_text.clear();
        true
    }

    pub fn mark_ready(&mut self) -> bool {
        self.phase == Phase::Loading && self.set_phase(Phase::Ready(None))
    }

    /// The form cannot work. Does nothing during a save, which ends by itself.
    pub fn mark_unusable(&mut self, code: FrameErrorCode) -> bool {
        matches!(self.phase, Phase::Loading | Phase::Ready(_))
            && self.set_phase(Phase::Unusable(code))
    }

    /// Starts to load again, where a retry can help.
    pub fn retry(&mut self) -> bool {
        matches!(self.phase, Phase::Unusable(code) if code.can_retry())
            && self.set_phase(Phase::Loading)
    }

    /// The parent has answered or changed its settings. Starts to load again after an error that only the parent can
    /// correct.
    pub fn recover(&mut self) -> bool {
        matches!(self.phase, Phase::Unusable(code) if code.parent_can_resolve())
            && self.set_phase(Phase::Loading)
    }

    /// Save was pressed, but no save can start yet.
    pub fn warn(&mut self, save_error: SaveError) -> bool {
        matches!(self.phase, Phase::Ready(_)) && self.set_phase(Phase::Ready(Some(save_error)))
    }

    /// Starts a save and returns its guard; `None` when no save may start now.
    ///
    /// `min_attempt` is the lowest number the attempt may get: above the attempt of an intent that has expired.
    pub fn start_save(&mut self, min_attempt: Attempt) -> Option<SaveGuard> {
        if !matches!(self.phase, Phase::Ready(_)) {
            return None;
        }
        self.last_attempt = self.last_attempt.next().max(min_attempt);
        self.set_phase(Phase::Busy(SaveStage::Saving));
        Some(SaveGuard(self.last_attempt))
    }

    /// The save enters its next stage.
    pub fn enter_stage(&mut self, guard: &SaveGuard, next: SaveStage) -> bool {
        self.change_stage(guard.attempt(), next)
    }

    /// This attempt's save enters a stage. 3DS opens and closes this way too.
    pub fn change_stage(&mut self, attempt: Attempt, next: SaveStage) -> bool {
        self.stage_of(attempt)
            .is_some_and(|stage| stage.can_become(next))
            && self.set_phase(Phase::Busy(next))
    }

    /// The parent has the result, and its outcome is unknown there too.
    pub fn start_checking(&mut self, attempt: Attempt) -> bool {
        self.stage_of(attempt) == Some(SaveStage::Submitting)
            && self.change_stage(attempt, SaveStage::Checking)
    }

    /// Ends the save. A guard whose save was reset changes nothing.
    pub fn end_save(&mut self, guard: SaveGuard, outcome: SaveOutcome) -> bool {
        let SaveGuard(attempt) = guard;
        self.stage_of(attempt).is_some()
            && self.set_phase(match outcome {
                SaveOutcome::Saved => Phase::Saved,
                SaveOutcome::Sent => Phase::Sent,
                SaveOutcome::NotSaved(save_error) => Phase::Ready(Some(save_error)),
            })
    }

    /// Empties the form. Refused while a save may still charge or store something.
    pub fn reset(&mut self) -> bool {
        matches!(
            self.phase,
            Phase::Ready(_) | Phase::Saved | Phase::Sent | Phase::Busy(SaveStage::Checking)
        ) && self.set_phase(Phase::Ready(None))
    }

    /// Records that the phase takes long. Returns whether that is new. A phase that waits for nothing is never late.
    pub fn mark_late(&mut self) -> bool {
        let waits = matches!(self.phase, Phase::Loading | Phase::Busy(_));
        let new = waits && !self.late;
        self.late |= waits;
        new
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
