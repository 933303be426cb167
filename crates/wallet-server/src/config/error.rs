//! A setting that cannot be used.
//!
//! Returned by every check of the configuration. It must never hold a secret's value.

/// A setting that cannot be used. Its `Display` is the line that stops the start.
#[derive(Debug, thiserror::Error)]
#[error("{setting}: {problem}")]
pub struct ConfigError {
    /// The setting's name, as in the TOML file: `accounts[0].parents`.
    pub setting: String,
    /// What is wrong, and what the operator can do.
    pub problem: String,
}

pub(super) fn invalid(setting: impl Into<String>, problem: impl Into<String>) -> ConfigError {
    ConfigError {
        setting: setting.into(),
        problem: problem.into(),
    }
}
