//! What the form is doing, and the only moves between those states.
//!
//! Held by the form, drawn by the page, moved by the page (fields, retry) and by [`SaveGuard`]s (a save). It must never
//! let two saves run, nor one attempt end twice: a save cannot start without a [`SaveGuard`], there is one guard at a
//! time, and outcome the save uses it up.

use card_entry_protocol::code::FrameErrorCode;
use card_entry_protocol::message::Attempt;

use crate::error::SaveError;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SaveStage {
    /// The payment method is being made, beside the request for an intent.
    Saving,
    /// The intent is being confirmed.
    Confirming,
    Challenge,
    /// The parent has the result; its wallet has not answered yet.
    Submitting,
    /// Whether it was saved is not known; being looked up.
    Checking,
}

impl SaveStage {
    /// Whether a save in this stage may go on to `next`.
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

/// What the form is doing.
#[derive(Debug, Clone, PartialEq)]
pub enum Phase {
    /// Stripe.js and its fields are on their way.
    Loading,
    /// The form can be used; the save_error is what the last attempt ended with.
    Ready(Option<SaveError>),
    /// One save is under way.
    Busy(SaveStage),
    /// The last attempt's card is saved.
    Saved,
    /// It was sent to a plain listener, which does not say what became of it.
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

/// The right to carry one save through. Made by [`Progress::start_save`] only, and not to be copied.
#[derive(Debug)]
#[must_use = "a save that never ends leaves the form busy"]
pub struct SaveGuard(Attempt);

impl SaveGuard {
    /// The attempt this save is.
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

/// The phase, whether it is taking long, and the count of attempts.
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
    /// A form that has just been mounted.
    #[must_use]
    pub fn new() -> Self {
        Self {
            phase: Phase::Loading,
            late: false,
            last_attempt: Attempt(0),
            wallet_text: String::new(),
        }
    }

    /// What the form is doing.
    #[must_use]
    pub fn phase(&self) -> &Phase {
        &self.phase
    }

    /// Whether it has been doing it for so long that the person must be told.
    #[must_use]
    pub fn is_late(&self) -> bool {
        self.late
    }

    /// What the wallet wallet_text of the wait; empty when it wallet_text nothing.
    #[must_use]
    pub fn wallet_text(&self) -> &str {
        &self.wallet_text
    }

    /// The wallet's own words, for as long as the save is where it is. None of a save that is over.
    pub fn set_wallet_text(&mut self, attempt: Attempt, words: &str) {
        if self.stage_of(attempt).is_some() {
            self.wallet_text = words.to_owned();
        }
    }

    /// The last attempt that was begun; 0 before the first.
    #[must_use]
    pub fn last_attempt(&self) -> Attempt {
        self.last_attempt
    }

    /// The stage of the save that holds this attempt.
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

    /// The fields can be used.
    pub fn mark_ready(&mut self) -> bool {
        self.phase == Phase::Loading && self.set_phase(Phase::Ready(None))
    }

    /// The form cannot work. A save under way is left to end by itself.
    pub fn mark_unusable(&mut self, code: FrameErrorCode) -> bool {
        matches!(self.phase, Phase::Loading | Phase::Ready(_))
            && self.set_phase(Phase::Unusable(code))
    }

    /// Starts loading again, where that can help.
    pub fn retry(&mut self) -> bool {
        matches!(self.phase, Phase::Unusable(code) if code.can_retry())
            && self.set_phase(Phase::Loading)
    }

    /// The parent has answered, or mended its settings: what only it could mend may be mended.
    pub fn recover(&mut self) -> bool {
        matches!(self.phase, Phase::Unusable(code) if code.parent_can_resolve())
            && self.set_phase(Phase::Loading)
    }

    /// Save was pressed, and cannot be yet.
    pub fn warn(&mut self, save_error: SaveError) -> bool {
        matches!(self.phase, Phase::Ready(_)) && self.set_phase(Phase::Ready(Some(save_error)))
    }

    /// Save was pressed: the guard for the one save that may now run, or nothing.
    ///
    /// `min_attempt` is the lowest attempt it may be, for a form that gave up on an intent asked for under an earlier one.
    pub fn start_save(&mut self, min_attempt: Attempt) -> Option<SaveGuard> {
        if !matches!(self.phase, Phase::Ready(_)) {
            return None;
        }
        self.last_attempt = self.last_attempt.next().max(min_attempt);
        self.set_phase(Phase::Busy(SaveStage::Saving));
        Some(SaveGuard(self.last_attempt))
    }

    /// The save goes on to its next stage.
    pub fn enter_stage(&mut self, guard: &SaveGuard, next: SaveStage) -> bool {
        self.change_stage(guard.attempt(), next)
    }

    /// 3DS opened or closed under this attempt, or its save goes on.
    pub fn change_stage(&mut self, attempt: Attempt, next: SaveStage) -> bool {
        self.stage_of(attempt)
            .is_some_and(|stage| stage.can_become(next))
            && self.set_phase(Phase::Busy(next))
    }

    /// The parent has the result, and does not know either.
    pub fn start_checking(&mut self, attempt: Attempt) -> bool {
        self.stage_of(attempt) == Some(SaveStage::Submitting)
            && self.change_stage(attempt, SaveStage::Checking)
    }

    /// The save ends. A guard whose save was reset away changes nothing.
    pub fn end_save(&mut self, guard: SaveGuard, outcome: SaveOutcome) -> bool {
        let SaveGuard(attempt) = guard;
        self.stage_of(attempt).is_some()
            && self.set_phase(match outcome {
                SaveOutcome::Saved => Phase::Saved,
                SaveOutcome::Sent => Phase::Sent,
                SaveOutcome::NotSaved(save_error) => Phase::Ready(Some(save_error)),
            })
    }

    /// An empty form again. Not while a save may still charge or keep something.
    pub fn reset(&mut self) -> bool {
        matches!(
            self.phase,
            Phase::Ready(_) | Phase::Saved | Phase::Sent | Phase::Busy(SaveStage::Checking)
        ) && self.set_phase(Phase::Ready(None))
    }

    /// Says that the phase has lasted long. Phases in which nothing is awaited are never late.
    pub fn mark_late(&mut self) -> bool {
        let waits = matches!(self.phase, Phase::Loading | Phase::Busy(_));
        let new = waits && !self.late;
        self.late |= waits;
        new
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
