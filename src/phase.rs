//! What the form is doing, and the only moves between those states.
//!
//! Held by the form, drawn by the page, moved by the page (fields, retry) and by [`Ticket`]s (a save). It must never
//! let two saves run, nor one attempt end twice: a save cannot start without a [`Ticket`], there is one ticket at a
//! time, and ending the save uses it up.

use card_entry_protocol::code::FrameErrorCode;
use card_entry_protocol::message::Attempt;

use crate::error::Trouble;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
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

impl Stage {
    /// Whether a save in this stage may go on to `next`.
    fn may_become(self, next: Self) -> bool {
        use Stage::{Challenge, Checking, Confirming, Saving, Submitting};
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
    /// The form can be used; the trouble is what the last attempt ended with.
    Ready(Option<Trouble>),
    /// One save is under way.
    Busy(Stage),
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
            Self::Busy(Stage::Saving) => "saving",
            Self::Busy(Stage::Confirming) => "confirming",
            Self::Busy(Stage::Challenge) => "challenge",
            Self::Busy(Stage::Submitting) => "submitting",
            Self::Busy(Stage::Checking) => "checking",
            Self::Saved | Self::Sent => "saved",
            Self::Unusable(_) => "unusable",
        }
    }
}

/// The right to carry one save through. Made by [`Progress::press`] only, and not to be copied.
#[derive(Debug)]
#[must_use = "a save that never ends leaves the form busy"]
pub struct Ticket(Attempt);

impl Ticket {
    /// The attempt this save is.
    #[must_use]
    pub fn attempt(&self) -> Attempt {
        self.0
    }
}

#[derive(Debug, Clone, PartialEq)]
pub enum Ending {
    Saved,
    /// Sent to a plain listener, which does not answer.
    Sent,
    NotSaved(Trouble),
}

/// The phase, whether it is taking long, and the count of attempts.
#[derive(Debug, Clone, PartialEq)]
pub struct Progress {
    phase: Phase,
    late: bool,
    last: Attempt,
    said: String,
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
            last: Attempt(0),
            said: String::new(),
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

    /// What the wallet said of the wait; empty when it said nothing.
    #[must_use]
    pub fn said(&self) -> &str {
        &self.said
    }

    /// The wallet's own words, for as long as the save is where it is. None of a save that is over.
    pub fn say(&mut self, attempt: Attempt, words: &str) {
        if self.stage_of(attempt).is_some() {
            self.said = words.to_owned();
        }
    }

    /// The last attempt that was begun; 0 before the first.
    #[must_use]
    pub fn last_attempt(&self) -> Attempt {
        self.last
    }

    /// The stage of the save that holds this attempt.
    #[must_use]
    pub fn stage_of(&self, attempt: Attempt) -> Option<Stage> {
        match self.phase {
            Phase::Busy(stage) if attempt == self.last => Some(stage),
            _ => None,
        }
    }

    fn go(&mut self, phase: Phase) -> bool {
        self.phase = phase;
        self.late = false;
        self.said.clear();
        true
    }

    /// The fields can be used.
    pub fn show_fields(&mut self) -> bool {
        self.phase == Phase::Loading && self.go(Phase::Ready(None))
    }

    /// The form cannot work. A save under way is left to end by itself.
    pub fn give_up(&mut self, code: FrameErrorCode) -> bool {
        matches!(self.phase, Phase::Loading | Phase::Ready(_)) && self.go(Phase::Unusable(code))
    }

    /// Starts loading again, where that can help.
    pub fn retry(&mut self) -> bool {
        matches!(self.phase, Phase::Unusable(code) if code.can_retry()) && self.go(Phase::Loading)
    }

    /// The parent has answered, or mended its settings: what only it could mend may be mended.
    pub fn recover(&mut self) -> bool {
        matches!(self.phase, Phase::Unusable(code) if code.parent_can_resolve())
            && self.go(Phase::Loading)
    }

    /// Save was pressed, and cannot be yet.
    pub fn warn(&mut self, trouble: Trouble) -> bool {
        matches!(self.phase, Phase::Ready(_)) && self.go(Phase::Ready(Some(trouble)))
    }

    /// Save was pressed: the ticket for the one save that may now run, or nothing.
    ///
    /// `floor` is the lowest attempt it may be, for a form that gave up on an intent asked for under an earlier one.
    pub fn press(&mut self, floor: Attempt) -> Option<Ticket> {
        if !matches!(self.phase, Phase::Ready(_)) {
            return None;
        }
        self.last = self.last.next().max(floor);
        self.go(Phase::Busy(Stage::Saving));
        Some(Ticket(self.last))
    }

    /// The save goes on to its next stage.
    pub fn enter(&mut self, ticket: &Ticket, next: Stage) -> bool {
        self.turn(ticket.attempt(), next)
    }

    /// 3DS opened or closed under this attempt, or its save goes on.
    pub fn turn(&mut self, attempt: Attempt, next: Stage) -> bool {
        self.stage_of(attempt)
            .is_some_and(|stage| stage.may_become(next))
            && self.go(Phase::Busy(next))
    }

    /// The parent has the result, and does not know either.
    pub fn look_up(&mut self, attempt: Attempt) -> bool {
        self.stage_of(attempt) == Some(Stage::Submitting) && self.turn(attempt, Stage::Checking)
    }

    /// The save ends. A ticket whose save was reset away changes nothing.
    pub fn end(&mut self, ticket: Ticket, ending: Ending) -> bool {
        let Ticket(attempt) = ticket;
        self.stage_of(attempt).is_some()
            && self.go(match ending {
                Ending::Saved => Phase::Saved,
                Ending::Sent => Phase::Sent,
                Ending::NotSaved(trouble) => Phase::Ready(Some(trouble)),
            })
    }

    /// An empty form again. Not while a save may still charge or keep something.
    pub fn reset(&mut self) -> bool {
        matches!(
            self.phase,
            Phase::Ready(_) | Phase::Saved | Phase::Sent | Phase::Busy(Stage::Checking)
        ) && self.go(Phase::Ready(None))
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
