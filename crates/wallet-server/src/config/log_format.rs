//! The format of log lines, `log_format`.
//!
//! The log starts before the settings are checked, because their check writes to it. It must never stop the start: a wrong
//! value in the file is reported by the check.

use std::path::Path;

use serde::Deserialize;

use super::Settings;

/// The format of log lines.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// One line of text for each event.
    #[default]
    Text,
    /// One JSON object for each event.
    Json,
}

#[derive(Deserialize)]
struct LogSettings {
    #[serde(default)]
    log_format: LogFormat,
}

impl LogFormat {
    /// The format of the settings: of the flag or the environment, else of the TOML file that they name.
    #[must_use]
    pub fn of(settings: &Settings) -> Self {
        let of_file = || settings.config.as_deref().and_then(read);
        settings.log_format.or_else(of_file).unwrap_or_default()
    }
}

/// `None` if the file cannot be used.
fn read(path: &Path) -> Option<LogFormat> {
    let text = std::fs::read_to_string(path).ok()?;
    let settings: LogSettings = toml::from_str(&text).ok()?;
    Some(settings.log_format)
}
