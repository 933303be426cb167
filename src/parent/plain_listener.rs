//! What of the form's messages a plain listener is told, and in which words.
//!
//! Called by [`super::Parent`] while there is no port. It must never say a result in plain words where a companion is
//! meant to hear it.

use card_entry_protocol::code::FrameErrorCode;
use card_entry_protocol::message::{AttemptError, FromFrame, LegacyMessage, UnusableReport};

use super::ParentConnection;

impl ParentConnection {
    /// The plain message that stands for this one, if there is one now.
    pub(super) fn plain_message(&self, message: &FromFrame) -> Option<LegacyMessage> {
        let channel = self.frame.channel.is_some();
        Some(match message {
            FromFrame::Unusable(report)
                if !channel || report.code == FrameErrorCode::Unanswered =>
            {
                LegacyMessage::Failed(plain_unusable(report))
            }
            _ if channel => return None,
            FromFrame::Result(outcome) => LegacyMessage::Saved {
                id: outcome.id.clone(),
                card: outcome.card.clone(),
                setup: outcome.setup.clone(),
            },
            FromFrame::Failure(report) => LegacyMessage::Failed(report.error.clone()),
            FromFrame::Height(height) if self.legacy.get() && self.frame.notify_height => {
                LegacyMessage::Height(height.height)
            }
            FromFrame::Ready(_) if self.legacy.get() => LegacyMessage::Ready,
            _ => return None,
        })
    }
}

/// Why the form cannot be used, as a plain listener hears of failures.
fn plain_unusable(report: &UnusableReport) -> AttemptError {
    AttemptError {
        kind: "form_error".to_owned(),
        code: report.code.as_str().to_owned(),
        message: report.message.clone(),
        decline_code: None,
        param: None,
    }
}
