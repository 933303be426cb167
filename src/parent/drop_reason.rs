//! Why a message was dropped. Counted and logged; the message itself is never stored.

/// The `detail` of the log event `message_dropped`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DropReason {
    /// Dispatched by a script, not by the browser.
    Untrusted,
    /// From an origin that is not allowed.
    Origin,
    /// Another frame's channel, or another version.
    Channel,
    /// Not a small object of plain data.
    Shape,
    /// Not the fields that its type requires.
    Schema,
    /// Well-formed, but not expected now.
    Unexpected,
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
            Self::Unexpected => "state",
        }
    }
}
