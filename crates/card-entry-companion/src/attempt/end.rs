//! How a save ends, and the memory of those that did.
//!
//! Called by [`super::Attempts`] only: the one place a terminal result is made.

use card_entry_protocol::message::Attempt;

use super::{Attempts, Line, Step, Told};
use crate::reason::Reason;
use crate::wallet::{Kept, SaveRequest};

/// Ended saves remembered, for messages repeated late. A person rarely tries more than a handful of cards.
const REMEMBERED: usize = 32;

#[derive(Debug, Clone)]
pub(super) struct End {
    pub(super) request: SaveRequest,
    pub(super) document: u32,
    pub(super) attempt: Attempt,
    pub(super) refusal: Option<Reason>,
}

impl End {
    /// What is said of it.
    pub(super) fn line(&self, attempt: Attempt) -> Line {
        match &self.refusal {
            None => Line::Saved(attempt),
            Some(reason) => Line::NotSaved(attempt, reason.clone()),
        }
    }
}

impl Attempts {
    /// Says something of the save, unless the frame's document is not the one that asked for it.
    pub(super) fn say(&self, line: impl FnOnce(Attempt) -> Line) -> Vec<Step> {
        let here = self
            .save
            .as_ref()
            .filter(|save| save.document == self.document);
        here.map(|save| Step::Say(line(save.attempt)))
            .into_iter()
            .collect()
    }

    pub(super) fn end(&mut self, result: Result<Kept, Reason>) -> Vec<Step> {
        let Some(save) = self.save.take() else {
            return vec![];
        };
        let end = End {
            request: save.request.clone(),
            document: save.document,
            attempt: save.attempt,
            refusal: result.as_ref().err().cloned(),
        };
        let mut steps = vec![];
        if save.document == self.document {
            self.ended = self.ended.max(save.attempt);
            steps.push(Step::Say(end.line(save.attempt)));
        }
        self.ends.retain(|old| old.request.id != save.request.id);
        if self.ends.len() >= REMEMBERED {
            self.ends.remove(0);
        }
        self.ends.push(end);
        steps.push(Step::Tell(match result {
            Ok(kept) => Told::Saved(save.request, kept),
            Err(reason) => Told::NotSaved(reason),
        }));
        steps
    }
}
