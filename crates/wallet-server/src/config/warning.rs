//! A setting that can be used, but is probably not meant.
//!
//! Made by the checks of the configuration, and logged at the start. It must never hold a secret's value.

/// A setting that can be used, but is probably not meant. The server starts with it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{setting}: {problem}")]
pub struct ConfigWarning {
    /// The setting's name, as in the TOML file: `accounts[0].parents`.
    pub setting: String,
    /// What is unusual, and what the operator can do.
    pub problem: String,
}

/// The warnings that were found so far.
#[derive(Debug, Default)]
pub(super) struct Warnings(pub(super) Vec<ConfigWarning>);

impl Warnings {
    pub(super) fn add(&mut self, setting: impl Into<String>, problem: impl Into<String>) {
        self.0.push(ConfigWarning {
            setting: setting.into(),
            problem: problem.into(),
        });
    }
}
