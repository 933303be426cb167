//! The result of reading settings: the valid ones, and the ignored ones with the expected values.
//!
//! The frame calls it for `init` and `update`, and the companion before it sends them. [`super::reader`] reads both serde's
//! input and a tree. One invalid value does not affect another. It must never be less strict than the host asked for: a
//! consent or a list of accepted cards that cannot be read makes the form unusable.

use super::Settings;
use super::ignored::{IgnoredSetting, IgnoredSettings};
use super::reader::{COLOR, SettingsReader, VARIABLES};
use crate::code::FrameErrorCode;
use crate::tree::Tree;

/// The settings that could not be read and have no safe default.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct UnreadableSettings {
    /// Whether the settings are not a plain object of limited size.
    pub all: bool,
    /// Whether `consent` could not be read.
    pub consent: bool,
    /// Whether `accept` could not be read.
    pub accept: bool,
}

/// The host's settings after reading.
///
/// ```
/// use card_entry_protocol::settings::ParsedSettings;
///
/// let json = r#"{"locale": "fr", "button": {"hidden": "yes"}}"#;
/// let parsed: ParsedSettings = serde_json::from_str(json)?;
/// assert_eq!(parsed.settings.locale.as_deref(), Some("fr"));
/// assert_eq!(parsed.ignored[0].detail(), "button.hidden: true or false");
/// assert_eq!(parsed.error(), None);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ParsedSettings {
    /// The valid settings. An invalid setting counts as absent.
    pub settings: Settings,
    /// The ignored settings, in the order of reading, at most [`super::MAX_IGNORED_SETTINGS`].
    pub ignored: Vec<IgnoredSetting>,
    /// The settings without which the form must not be shown.
    pub unreadable: UnreadableSettings,
}

impl ParsedSettings {
    /// The result for settings that are not a plain object of limited size.
    #[must_use]
    pub fn unreadable() -> Self {
        let mut ignored = IgnoredSettings::default();
        ignored.push(
            "",
            "settings",
            "a plain object with 4000 characters of text at most",
        );
        Self {
            ignored: ignored.0,
            unreadable: UnreadableSettings {
                all: true,
                ..UnreadableSettings::default()
            },
            ..Self::default()
        }
    }

    /// Reads the settings from a tree. Null means that nothing is set.
    #[must_use]
    pub fn parse(tree: &Tree) -> Self {
        match tree {
            Tree::Null => Self::default(),
            Tree::Map(_) => SettingsReader::default().read(tree),
            _ => Self::unreadable(),
        }
    }

    /// The error because of which the form must not be shown; `None` when the form may be shown.
    #[must_use]
    pub fn error(&self) -> Option<FrameErrorCode> {
        let UnreadableSettings {
            all,
            consent,
            accept,
        } = self.unreadable;
        match (all, consent, accept) {
            (true, ..) => Some(FrameErrorCode::BadSettings),
            (_, true, _) => Some(FrameErrorCode::BadConsent),
            (.., true) => Some(FrameErrorCode::BadAccept),
            _ => None,
        }
    }

    /// For an update whose settings, consent or accepted cards cannot be read: uses those of `previous` and takes them out
    /// of it.
    #[must_use]
    pub fn keep_previous(mut self, previous: &mut Settings) -> Self {
        use core::mem::take;
        let unreadable = &mut self.unreadable;
        let accepts = !previous.accept.brands.is_empty() || !previous.accept.funding.is_empty();
        if take(&mut unreadable.all) {
            self.settings = take(previous);
        } else {
            if previous.consent.is_some() && take(&mut unreadable.consent) {
                self.settings.consent = previous.consent.take();
            }
            if accepts && take(&mut unreadable.accept) {
                self.settings.accept = take(&mut previous.accept);
            }
        }
        self
    }

    /// Ignores the colours that the browser does not know. Only the browser knows all colour names.
    pub fn retain_colors(&mut self, is_color: impl Fn(&str) -> bool) {
        let mut ignored = IgnoredSettings(core::mem::take(&mut self.ignored));
        for (name, color) in self.settings.appearance.variables.colors() {
            if color
                .as_ref()
                .is_some_and(|color| !is_color(color.as_str()))
            {
                *color = None;
                ignored.push(VARIABLES, name, COLOR);
            }
        }
        self.ignored = ignored.0;
    }
}

impl From<Settings> for ParsedSettings {
    fn from(settings: Settings) -> Self {
        Self {
            settings,
            ..Self::default()
        }
    }
}
