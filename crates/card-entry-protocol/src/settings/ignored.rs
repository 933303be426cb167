//! A setting that could not be taken: its name, and what would be right.
//!
//! Made by [`super::ParsedSettings`], logged by the frame, told to the page's engineer by the companion. It must never
//! hold the value: only the name a page's engineer wrote and words of our own.

use crate::text::is_plain_word;

/// A setting that was ignored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IgnoredSetting {
    /// Its name from the top, such as `appearance.theme` or `accept.brands[1]`.
    pub path: String,
    /// What would be right, in words for an engineer.
    pub expected: String,
}

impl IgnoredSetting {
    /// `path: what would be right`, the detail of a log line.
    #[must_use]
    pub fn detail(&self) -> String {
        [&self.path, ": ", &self.expected].concat()
    }
}

/// More are not worth a line: the page's engineer mends the first ones first.
pub const MAX_IGNORED_SETTINGS: usize = 16;

/// The faults of one reading, in order; those above [`MAX_IGNORED_SETTINGS`] are dropped.
#[derive(Debug, Default)]
pub(super) struct IgnoredSettings(pub(super) Vec<IgnoredSetting>);

impl IgnoredSettings {
    /// Notes that `section.key` is not as it should be.
    pub(super) fn push(&mut self, section: &str, key: &str, expected: &str) {
        if self.0.len() < MAX_IGNORED_SETTINGS {
            let dot = if section.is_empty() { "" } else { "." };
            self.0.push(IgnoredSetting {
                path: [section, dot, key].concat(),
                expected: expected.to_owned(),
            });
        }
    }

    /// Notes a name that is none of `known`, with the one that was probably meant.
    pub(super) fn push_unknown(&mut self, section: &str, key: &str, known: &[&str]) {
        // A name is the page's own; what is no name may be anything, and is not repeated.
        let shown = if is_plain_word(key) { key } else { "…" };
        const NONE: &str = "no such setting";
        #[cfg(any(feature = "hints", not(target_arch = "wasm32")))]
        if let Some(near) = crate::nearest::nearest(key, known) {
            let expected = [NONE, ", did you mean ", near, "?"].concat();
            return self.push(section, shown, &expected);
        }
        let _ = known;
        self.push(section, shown, NONE);
    }
}
