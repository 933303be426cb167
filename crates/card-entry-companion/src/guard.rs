//! Checks the sender of a message, and counts the messages that are dropped, by reason.
//!
//! Called for every message before its data is read. It must never store, log or return what was dropped: only a reason
//! and a count leave this module. [`value`] reads JavaScript values, in the browser only.

#[cfg(target_arch = "wasm32")]
pub mod value;

/// Why a message was dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DropReason {
    /// A script created the event (`isTrusted` is false).
    Untrusted,
    /// It came from a window other than that of our iframe.
    Source,
    /// It came from our iframe, but the iframe is on another origin now.
    Origin,
    /// It is not a plain object within the size limits.
    Shape,
    /// It is a plain object, but no message of the protocol.
    Schema,
    /// It is a message of the protocol in a state in which it cannot come.
    State,
}

impl DropReason {
    /// Every reason, in the order of the checks.
    pub const ALL: [Self; 6] = [
        Self::Untrusted,
        Self::Source,
        Self::Origin,
        Self::Shape,
        Self::Schema,
        Self::State,
    ];

    /// The stable word for logs and tests: the name of the variant in lower case.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Untrusted => "untrusted",
            Self::Source => "source",
            Self::Origin => "origin",
            Self::Shape => "shape",
            Self::Schema => "schema",
            Self::State => "state",
        }
    }
}

/// The number of dropped messages, by reason.
///
/// ```
/// use card_entry_companion::guard::{DropCounts, DropReason};
///
/// let mut drops = DropCounts::default();
/// drops.count(DropReason::Origin);
/// assert_eq!(drops.of(DropReason::Origin), 1);
/// assert_eq!(drops.total(), 1);
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DropCounts {
    counts: [u32; DropReason::ALL.len()],
    /// How many of them contained what looks like a card number. The frame never sends one, so any is an alarm.
    pub card_numbers: u32,
}

impl DropCounts {
    /// Adds one to the count of a reason. Counts stop at `u32::MAX`.
    pub fn count(&mut self, reason: DropReason) {
        if let Some(count) = self.counts.get_mut(reason as usize) {
            *count = count.saturating_add(1);
        }
    }

    /// Counts a message that contained a card number, as [`DropReason::Schema`].
    pub fn count_card_number(&mut self) {
        self.count(DropReason::Schema);
        self.card_numbers = self.card_numbers.saturating_add(1);
    }

    /// The number of messages dropped for this reason.
    #[must_use]
    pub fn of(&self, reason: DropReason) -> u32 {
        self.counts.get(reason as usize).copied().unwrap_or(0)
    }

    /// The number of all dropped messages.
    #[must_use]
    pub fn total(&self) -> u32 {
        self.counts
            .iter()
            .fold(0, |sum, count| sum.saturating_add(*count))
    }
}

/// What the browser reports about the sender of a window message.
///
/// ```
/// use card_entry_companion::guard::{DropReason, MessageSender};
///
/// let sender = MessageSender { trusted: true, from_our_frame: true, origin: "https://evil.example" };
/// assert_eq!(sender.check("https://cards.example"), Err(DropReason::Origin));
/// ```
#[derive(Debug, Clone, Copy)]
pub struct MessageSender<'a> {
    /// `event.isTrusted`: the browser created the event.
    pub trusted: bool,
    /// Whether `event.source === iframe.contentWindow`.
    pub from_our_frame: bool,
    /// `event.origin`, in the spelling of the browser.
    pub origin: &'a str,
}

impl MessageSender<'_> {
    /// Checks the sender. `expected` is the origin of the frame; origins are compared byte for byte.
    ///
    /// # Errors
    /// The reason of the first check that fails.
    pub fn check(self, expected: &str) -> Result<(), DropReason> {
        if !self.trusted {
            Err(DropReason::Untrusted)
        } else if !self.from_our_frame {
            Err(DropReason::Source)
        } else if self.origin != expected {
            Err(DropReason::Origin)
        } else {
            Ok(())
        }
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    const FRAME_ORIGIN: &str = "https://cards.example";

    fn check(trusted: bool, from_our_frame: bool, origin: &str) -> Result<(), DropReason> {
        MessageSender {
            trusted,
            from_our_frame,
            origin,
        }
        .check(FRAME_ORIGIN)
    }

    #[test]
    fn only_our_frame_on_its_origin_passes() {
        assert_eq!(check(true, true, FRAME_ORIGIN), Ok(()));
        assert_eq!(check(false, true, FRAME_ORIGIN), Err(DropReason::Untrusted));
        assert_eq!(check(true, false, FRAME_ORIGIN), Err(DropReason::Source));
    }

    #[test]
    fn origins_that_look_alike_are_rejected() {
        for origin in [
            "",
            "null",
            "https://cards.example.evil.test",
            "https://evil.test/cards.example",
            "https://xcards.example",
            "http://cards.example",
            "https://cards.example:443",
            "https://cards.example:8443",
            "https://CARDS.example",
            "https://cards.example.",
            "https://cards.example/",
            " https://cards.example",
            "https://cards.examp1e",
            "https://саrds.example",
            "https://cards.example\0",
            "file://",
        ] {
            assert_eq!(
                check(true, true, origin),
                Err(DropReason::Origin),
                "{origin}"
            );
        }
    }

    #[test]
    fn counters_count_and_never_wrap() {
        let mut drops = DropCounts::default();
        for reason in DropReason::ALL {
            drops.count(reason);
            assert_eq!(drops.of(reason), 1, "{}", reason.as_str());
        }
        drops.count_card_number();
        assert_eq!((drops.of(DropReason::Schema), drops.card_numbers), (2, 1));
        assert_eq!(drops.total(), 7);
        drops.counts = [u32::MAX; 6];
        drops.count(DropReason::State);
        assert_eq!(drops.total(), u32::MAX);
    }
}
