//! The error of every command, printed for the person at the terminal: what failed, and what to do next.
//! It must never be without a next step.

use std::fmt;

/// Why a command failed, and what to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommandError {
    what: String,
    next: String,
}

impl CommandError {
    /// `what` failed, as a sentence part; `next` as a full sentence.
    pub fn new(what: impl Into<String>, next: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            next: next.into(),
        }
    }

    /// Joins several errors, so that a person sees all of them in one run.
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

    /// The person stopped the command; nothing failed.
    pub fn interrupted() -> Self {
        Self::new(
            "stopped by a signal",
            "Run the same command again to continue.",
        )
    }

    /// An I/O error; `doing` is a verb such as `reading`.
    pub fn io(doing: &str, path: &std::path::Path, cause: &std::io::Error) -> Self {
        Self::new(
            format!("{doing} {} failed: {cause}", path.display()),
            "Check that the folder exists, may be written by you, and that the disk is not full.",
        )
    }
}

impl fmt::Display for CommandError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "xtask: {}\n  next: {}", self.what, self.next)
    }
}
