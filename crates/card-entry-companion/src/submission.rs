//! The outcome of a submit by the page: `submit()`, not the person's own press of the button.
//!
//! Made by [`crate::entry`] from the frame's answer, or when there is none. Reported as an event and as the answer of
//! `submit`.

use card_entry_protocol::message::{self, FieldName};

/// The form cannot be used.
#[cfg(target_arch = "wasm32")]
pub(crate) const UNUSABLE: &str = "unusable";
/// The form was removed from the page before it answered.
#[cfg(target_arch = "wasm32")]
pub(crate) const LEFT: &str = "left";
/// The frame did not answer in time, or was not ready in time.
#[cfg(target_arch = "wasm32")]
pub(crate) const UNANSWERED: &str = "unanswered";

/// A submit waits this long for a form that is not ready. A form is ready, or reports that it cannot be used, much
/// sooner.
pub const READY_TIMEOUT_MS: u32 = 60_000;
/// The frame has to answer a submit in this time; it may have to be scrolled into view first. A frame of an older
/// version does not answer if a field is missing.
pub const SUBMIT_ANSWER_TIMEOUT_MS: u32 = 5_000;

/// Why no save started after a submit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotSubmitted {
    /// A stable code: `incomplete`, `unseen`, `loading`, `busy`, `saved`, `unusable`, `left` or `unanswered`.
    pub reason: &'static str,
    /// The first field that is not complete, if the code is `incomplete`.
    pub field: Option<FieldName>,
}

impl NotSubmitted {
    /// A reason that is not about one field.
    ///
    /// ```
    /// use card_entry_companion::submission::NotSubmitted;
    ///
    /// let not = NotSubmitted::without_field("busy");
    /// assert_eq!((not.reason, not.field), ("busy", None));
    /// ```
    #[must_use]
    pub fn without_field(reason: &'static str) -> Self {
        Self {
            reason,
            field: None,
        }
    }
}

impl From<message::NotSubmitted> for NotSubmitted {
    fn from(message: message::NotSubmitted) -> Self {
        Self {
            reason: message.reason.as_str(),
            field: message.field,
        }
    }
}

/// The outcome of a submit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SubmitOutcome {
    /// A save started. `EntryEvent::Saved` or `EntryEvent::Error` reports its result.
    Started,
    /// No save started, for this reason.
    NotSubmitted(NotSubmitted),
}
