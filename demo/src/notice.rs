//! The sentence of the moment, and how it is said.
//!
//! Set by what the visitor does, shown and read out by the notice bar. It stays until it is closed or replaced.

/// The sentence of the moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Notice {
    /// What is said; empty for nothing.
    pub text: String,
    pub tone: Tone,
}

impl Notice {
    /// Whether there is something to see, and so to close.
    #[must_use]
    pub fn is_shown(&self) -> bool {
        !self.text.is_empty() && self.tone != Tone::Quiet
    }
}

/// How a notice is said.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tone {
    /// Read out only: the page shows it by itself.
    #[default]
    Quiet,
    Good,
    /// Something is missing or could not be done.
    Trouble,
}

impl Tone {
    /// The tone's name in the page.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Quiet => "quiet",
            Self::Good => "good",
            Self::Trouble => "trouble",
        }
    }
}
