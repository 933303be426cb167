//! Why a message was dropped: counted, told to the host's log, and nothing of it kept.

/// Why a message was dropped; the words of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DropReason {
    /// Made by a script and not by the browser.
    Untrusted,
    /// From an origin that is not listed.
    Origin,
    /// Another frame's channel, or another version.
    Channel,
    /// Not a plain, small object.
    Shape,
    /// Not of the form its type has.
    Schema,
    FormState,
}

impl DropReason {
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Untrusted => "untrusted",
            Self::Origin => "origin",
            Self::Channel => "channel",
            Self::Shape => "shape",
            Self::Schema => "schema",
            Self::FormState => "state",
        }
    }
}
