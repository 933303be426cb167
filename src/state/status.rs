//! The sentence of the moment, and what the last attempt ended with.
//!
//! Read by [`super::part`]. All of it follows from the phase.

use super::State;
use crate::phase::{Phase, Stage};
use crate::words::Word;

impl State {
    /// Whether another card can be entered although nobody knows what became of the last one.
    pub(super) fn can_go_on(&self) -> bool {
        match self.progress.phase() {
            Phase::Sent => true,
            // While the wallet has words of its own, it will have the last one.
            Phase::Busy(Stage::Checking) => {
                self.progress.is_late() && self.progress.said().is_empty()
            }
            _ => false,
        }
    }

    /// The sentence of the moment.
    pub(super) fn status(&self) -> &str {
        let late = self.progress.is_late();
        self.locale.say(match self.progress.phase() {
            Phase::Loading if late => Word::StillLoading,
            Phase::Loading => Word::Loading,
            Phase::Ready(_) => return "",
            Phase::Busy(Stage::Challenge) => Word::Challenge,
            Phase::Busy(_) if !self.progress.said().is_empty() => return self.progress.said(),
            Phase::Busy(Stage::Checking) if late => Word::Unknown,
            Phase::Busy(Stage::Checking) => Word::Checking,
            Phase::Busy(_) if late => Word::StillSaving,
            Phase::Busy(Stage::Saving | Stage::Submitting) => Word::Saving,
            Phase::Busy(Stage::Confirming) => Word::Confirming,
            Phase::Saved => Word::Saved,
            Phase::Sent => Word::Sent,
            Phase::Unusable(code) => return self.locale.explain(*code),
        })
    }

    /// What the last attempt ended with.
    pub(super) fn alert(&self) -> String {
        match self.progress.phase() {
            Phase::Ready(Some(trouble)) => trouble.sentence(self.locale),
            _ => String::new(),
        }
    }

    /// The stable code of a form that cannot work.
    pub(super) fn code(&self) -> &'static str {
        match self.progress.phase() {
            Phase::Unusable(code) => code.as_str(),
            _ => "",
        }
    }
}
