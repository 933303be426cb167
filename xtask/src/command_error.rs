//! What went wrong and what to do about it, in words for the person at the terminal. Returned by every command.
//! It never is a bare error: without a next step it cannot be made.

use std::fmt;

/// A command that could not be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommandError {
    what: String,
    next: String,
}

impl CommandError {
    /// `what` happened, and what to do `next`.
    pub fn new(what: impl Into<String>, next: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            next: next.into(),
        }
    }

    /// Several at once, so that nobody meets them one run after the other.
    pub fn combine(errors: Vec<Self>) -> Self {
        let (what, next): (Vec<_>, Vec<_>) = errors
            .into_iter()
            .map(|error| (error.what, error.next))
            .unzip();
        Self {
            what: what.join("\n   and: "),
            next: next.join("\n   and: "),
        }
    }

    /// The person asked for the end: nothing went wrong.
    pub fn interrupted() -> Self {
        Self::new(
            "stopped, as asked",
            "Run the same command again to go on where it was.",
        )
    }

    /// Reading or writing `path` did not work.
    pub fn io(doing: &str, path: &std::path::Path, cause: &std::io::Error) -> Self {
        Self::new(
            format!("{doing} {} did not work: {cause}", path.display()),
            "Check that the folder exists, may be written by you, and that the disk is not full.",
        )
    }
}

impl fmt::Display for CommandError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "xtask: {}\n  next: {}", self.what, self.next)
    }
}
