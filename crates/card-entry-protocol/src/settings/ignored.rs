//! The settings that were ignored: their names and the expected values.
//!
//! [`super::ParsedSettings`] creates them; the frame and the companion log them for the host's engineer. They must never
//! contain a value of the host: only the name of the setting and our own words.

use crate::text::is_plain_word;

/// A setting that was ignored, because its name is unknown or its value is invalid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IgnoredSetting {
    /// The path of the setting, e.g. `appearance.theme` or `accept.brands[1]`.
    pub path: String,
    /// The expected value, in words for an engineer, e.g. "light, dark or auto".
    pub expected: String,
}

impl IgnoredSetting {
    /// The detail of a log line: `path: expected value`.
    #[must_use]
    pub fn detail(&self) -> String {
        [&self.path, ": ", &self.expected].concat()
    }
}

/// At most this many ignored settings are reported. The host's engineer corrects the first ones first.
pub const MAX_IGNORED_SETTINGS: usize = 16;

/// The ignored settings of one reading, in their order, up to [`MAX_IGNORED_SETTINGS`].
#[derive(Debug, Default)]
pub(super) struct IgnoredSettings(pub(super) Vec<IgnoredSetting>);

impl IgnoredSettings {
    /// Adds `section.key`, whose value is invalid.
    pub(super) fn push(&mut self, section: &str, key: &str, expected: &str) {
        if self.0.len() < MAX_IGNORED_SETTINGS {
            let dot = if section.is_empty() { "" } else { "." };
            self.0.push(IgnoredSetting {
                path: [section, dot, key].concat(),
                expected: expected.to_owned(),
            });
        }
    }

    /// Adds a name that is not one of `known`, with the known name that is most like it.
    pub(super) fn push_unknown(&mut self, section: &str, key: &str, known: &[&str]) {
        // The host's engineer wrote the name. A text that is not a plain name may be personal data and is not repeated.
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
