//! What became of a press of the form's button that the page made itself.
//!
//! Made by [`crate::entry`], from the frame's answer or for want of one; told as an event and as the answer of `submit`.

use card_entry_protocol::message::{self, FieldName};

pub(crate) const UNUSABLE: &str = "unusable";
/// The form left the page before it answered.
pub(crate) const LEFT: &str = "left";
/// The frame did not answer, or was never ready.
pub(crate) const UNANSWERED: &str = "unanswered";

/// A press is kept so long for a form that is not ready, milliseconds. A form is ready, or says that it never will be,
/// well before.
pub const READY_TIMEOUT_MS: u32 = 60_000;
/// The frame answers within so much, milliseconds: it may have to scroll into view first. One of an older version never
/// does when something is missing.
pub const ANSWER_TIMEOUT_MS: u32 = 5_000;

/// Why no save began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotSubmitted {
    /// A stable word: `incomplete`, `unseen`, `loading`, `busy`, `saved`, `unusable`, `left`, `unanswered`.
    pub reason: &'static str,
    /// The first field that is not filled in, of an incomplete form.
    pub field: Option<FieldName>,
}

impl NotSubmitted {
    /// One without a field.
    #[must_use]
    pub fn because(reason: &'static str) -> Self {
        Self {
            reason,
            field: None,
        }
    }
}

impl From<message::NotSubmitted> for NotSubmitted {
    fn from(said: message::NotSubmitted) -> Self {
        Self {
            reason: said.reason.as_str(),
            field: said.field,
        }
    }
}

/// What became of a press.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Submission {
    /// A save began; `Event::Saved` or `Event::Error` will end it.
    Begun,
    /// None began.
    Not(NotSubmitted),
}
