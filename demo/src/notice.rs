//! The message about the last action and its tone.
//!
//! The views set it; the notice bar shows it and screen readers announce it. It stays until it is closed or replaced.

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Notice {
    /// Empty for none.
    pub text: String,
    pub tone: NoticeTone,
}

impl Notice {
    #[must_use]
    pub fn is_shown(&self) -> bool {
        !self.text.is_empty() && self.tone != NoticeTone::Quiet
    }
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum NoticeTone {
    /// Announced by screen readers only, because the page shows the change itself.
    #[default]
    Quiet,
    Success,
    /// Something is missing or failed.
    Warning,
}

impl NoticeTone {
    /// The value of `data-tone`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Quiet => "quiet",
            Self::Success => "success",
            Self::Warning => "warning",
        }
    }
}
