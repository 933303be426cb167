//! Why a command did nothing.
//!
//! Returned by the commands that change the settings file. It must never hold a secret.

use std::io;
use std::path::PathBuf;

use crate::config::ConfigError;

/// Why a command did nothing. Nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum CommandFailure {
    /// The settings cannot be used, as they are or as they would be after the change.
    #[error("{0}")]
    Config(#[from] ConfigError),
    /// No settings file was named.
    #[error("no settings file is named; give --config FILE")]
    NoFile,
    /// The settings file cannot be read as TOML, or has its accounts in another form.
    #[error("{0}")]
    Document(String),
    /// There is no account with this number.
    #[error("there is no account {0} in the settings file; wallet-server account list shows them")]
    NoAccount(i64),
    /// An argument cannot be used.
    #[error("{0}")]
    Argument(String),
    /// A file or the standard input cannot be read.
    #[error("{0} cannot be read ({1})")]
    Read(String, io::Error),
    /// The settings file cannot be written.
    #[error("{path} cannot be written ({error}); nothing was changed", path = .0.display(), error = .1)]
    Write(PathBuf, io::Error),
    /// Somebody else changed the settings file in the meantime.
    #[error("{} was changed in the meantime; run the command again", .0.display())]
    Changed(PathBuf),
}
