//! The end of a save, and the list of ended saves that answers repeated messages.
//!
//! Called by [`super::Attempts`] only. It must stay the only place that makes a final result.

use card_entry_protocol::message::Attempt;

use super::{AttemptCommand, AttemptReport, Attempts, FrameReply};
use crate::not_saved::NotSavedReason;
use crate::wallet::{SaveRequest, SavedWallet};

/// Enough to answer late repeats: a person rarely tries more than a handful of cards.
const MAX_ENDED_SAVES: usize = 32;

#[derive(Debug, Clone)]
pub(super) struct EndedSave {
    pub(super) request: SaveRequest,
    pub(super) document: u32,
    pub(super) attempt: Attempt,
    pub(super) refusal: Option<NotSavedReason>,
}

impl EndedSave {
    /// The message that repeats this result to the frame.
    pub(super) fn reply(&self, attempt: Attempt) -> FrameReply {
        match &self.refusal {
            None => FrameReply::Saved(attempt),
            Some(reason) => FrameReply::NotSaved(attempt, reason.clone()),
        }
    }
}

impl Attempts {
    /// Sends a message about the save, unless the frame has loaded a new document since.
    pub(super) fn reply(&self, reply: impl FnOnce(Attempt) -> FrameReply) -> Vec<AttemptCommand> {
        let current = self
            .save
            .as_ref()
            .filter(|save| save.document == self.document);
        current
            .map(|save| AttemptCommand::Send(reply(save.attempt)))
            .into_iter()
            .collect()
    }

    pub(super) fn end(
        &mut self,
        result: Result<SavedWallet, NotSavedReason>,
    ) -> Vec<AttemptCommand> {
        let Some(save) = self.save.take() else {
            return vec![];
        };
        let end = EndedSave {
            request: save.request.clone(),
            document: save.document,
            attempt: save.attempt,
            refusal: result.as_ref().err().cloned(),
        };
        let mut commands = vec![];
        if save.document == self.document {
            self.last_ended = self.last_ended.max(save.attempt);
            commands.push(AttemptCommand::Send(end.reply(save.attempt)));
        }
        self.ends.retain(|old| old.request.id != save.request.id);
        if self.ends.len() >= MAX_ENDED_SAVES {
            self.ends.remove(0);
        }
        self.ends.push(end);
        commands.push(AttemptCommand::Report(match result {
            Ok(wallet) => AttemptReport::Saved(save.request, wallet),
            Err(reason) => AttemptReport::NotSaved(reason),
        }));
        commands
    }
}
