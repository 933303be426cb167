//! What the frame reports about itself: log lines, and the error that makes it unusable.
//!
//! The frame and the companion write them for the host's engineers. A detail must never contain what the person typed.

use serde::{Deserialize, Serialize};

use crate::code::FrameErrorCode;
use crate::settings::IgnoredSetting;

/// The frame cannot work, body of `unusable`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnusableReport {
    /// The stable error code, e.g. `bad_key`.
    pub code: FrameErrorCode,
    /// The sentence for the person.
    pub message: String,
}

/// The events that frame and companion log. The list is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogEvent {
    /// Stripe.js was loaded again after a failure.
    ScriptRetried,
    /// A message was dropped. The detail is a reason of a closed list.
    MessageDropped,
    /// An attempt to save a card began.
    AttemptStarted,
    /// An attempt ended. The detail is a stable code.
    AttemptEnded,
    /// The person typed a card number into another field, and the form refused it.
    NumberInText,
    /// The host page removed or moved the iframe. Only the companion logs it.
    FrameRemoved,
    /// The browser did not scroll the iframe into view, or did not focus it. Only the companion logs it; the detail is
    /// `scroll` or `focus`.
    ViewRefused,
    /// A setting was ignored. The detail is its name and the expected value.
    SettingIgnored,
    /// An attribute of the companion's element was ignored. The detail is its name and the expected value.
    AttributeIgnored,
}

/// A line for the host's log, body of `log`. It contains no personal data: the detail is one of our own stable words, or
/// a name of the host's own with our words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Log {
    /// The event of the closed list, e.g. `attempt_ended`.
    pub event: LogEvent,
    /// A stable code, or the name of a setting with its expected value.
    pub detail: String,
}

impl From<&IgnoredSetting> for Log {
    fn from(setting: &IgnoredSetting) -> Self {
        Self {
            event: LogEvent::SettingIgnored,
            detail: setting.detail(),
        }
    }
}
