//! The plain messages of a parent without a companion.
//!
//! Called by [`super::Parent`] while there is no port. It must never post a result in a plain message where a companion
//! is expected.

use card_entry_protocol::code::FrameErrorCode;
use card_entry_protocol::message::{AttemptError, FromFrame, LegacyMessage, UnusableReport};

use super::ParentConnection;

impl ParentConnection {
    /// The plain message for `message`; `None` when a plain listener does not get it now.
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
            FromFrame::Height(height)
                if self.is_plain_listener.get() && self.frame.notify_height =>
            {
                LegacyMessage::Height(height.height)
            }
            FromFrame::Ready(_) if self.is_plain_listener.get() => LegacyMessage::Ready,
            _ => return None,
        })
    }
}

/// The error of an unusable form in a plain message.
fn plain_unusable(report: &UnusableReport) -> AttemptError {
    AttemptError {
        kind: "form_error".to_owned(),
        code: report.code.as_str().to_owned(),
        message: report.message.clone(),
        decline_code: None,
        param: None,
    }
}
