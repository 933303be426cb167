//! Who may speak, and why a message was dropped.
//!
//! Called for every message before a byte of it is deserialised. It must never keep, print or return what it dropped:
//! only a reason and a count leave this module. The walk over JavaScript values is [`value`], in the browser only.

#[cfg(target_arch = "wasm32")]
pub mod value;

/// Why a message was dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DropReason {
    /// A script made the event (`isTrusted` is false).
    Untrusted,
    /// It came from another window than our iframe's.
    Source,
    /// It came from our iframe, which is on another origin now.
    Origin,
    /// It is no plain object of a sensible size.
    Shape,
    /// A plain object, yet none of the protocol's.
    Schema,
    /// A message of the protocol at a moment it cannot come.
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

    /// The stable word for logs and tests.
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

/// How many messages were dropped, by reason.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Drops {
    counts: [u32; DropReason::ALL.len()],
    /// How many of them held what looks like a card number: an alarm, since the frame never sends one.
    pub card_numbers: u32,
}

impl Drops {
    /// Counts one.
    pub fn count(&mut self, reason: DropReason) {
        if let Some(count) = self.counts.get_mut(reason as usize) {
            *count = count.saturating_add(1);
        }
    }

    /// Counts one that held a card number.
    pub fn alarm(&mut self) {
        self.count(DropReason::Schema);
        self.card_numbers = self.card_numbers.saturating_add(1);
    }

    /// How many were dropped for this reason.
    #[must_use]
    pub fn of(&self, reason: DropReason) -> u32 {
        self.counts.get(reason as usize).copied().unwrap_or(0)
    }

    /// How many were dropped in all.
    #[must_use]
    pub fn total(&self) -> u32 {
        self.counts
            .iter()
            .fold(0, |sum, count| sum.saturating_add(*count))
    }
}

/// What the browser itself says about a window message, before its data is looked at.
#[derive(Debug, Clone, Copy)]
pub struct Seen<'a> {
    /// `event.isTrusted`.
    pub trusted: bool,
    /// `event.source === iframe.contentWindow`.
    pub from_our_frame: bool,
    /// `event.origin`, as the browser spells it.
    pub origin: &'a str,
}

impl Seen<'_> {
    /// Judges the sender; `expected` is the frame's origin, compared as strings.
    ///
    /// # Errors
    /// The first check that fails.
    pub fn judge(self, expected: &str) -> Result<(), DropReason> {
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

    const OURS: &str = "https://cards.example";

    fn judge(trusted: bool, from_our_frame: bool, origin: &str) -> Result<(), DropReason> {
        Seen {
            trusted,
            from_our_frame,
            origin,
        }
        .judge(OURS)
    }

    #[test]
    fn only_our_frame_on_our_origin_is_heard() {
        assert_eq!(judge(true, true, OURS), Ok(()));
        assert_eq!(judge(false, true, OURS), Err(DropReason::Untrusted));
        assert_eq!(judge(true, false, OURS), Err(DropReason::Source));
    }

    #[test]
    fn look_alike_origins_are_others() {
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
                judge(true, true, origin),
                Err(DropReason::Origin),
                "{origin}"
            );
        }
    }

    #[test]
    fn counters_count_and_never_wrap() {
        let mut drops = Drops::default();
        for reason in DropReason::ALL {
            drops.count(reason);
            assert_eq!(drops.of(reason), 1, "{}", reason.as_str());
        }
        drops.alarm();
        assert_eq!((drops.of(DropReason::Schema), drops.card_numbers), (2, 1));
        assert_eq!(drops.total(), 7);
        drops.counts = [u32::MAX; 6];
        drops.count(DropReason::State);
        assert_eq!(drops.total(), u32::MAX);
    }
}
