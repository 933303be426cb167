//! The configuration and the database, opened for a command. The server may run meanwhile, on the same database.
//!
//! Called by the commands that read or change what is stored. It must never create a database: a wrong path would look
//! like an empty one.

use std::sync::Arc;

use wallet_store::{Database, Store, StoreError};

use crate::config::{Account, ConfigError, ServerConfig, Settings};

/// Why a command that needs the database did nothing.
#[derive(Debug, thiserror::Error)]
pub enum StoreCommandError {
    /// The settings cannot be used.
    #[error("{0}")]
    Config(#[from] ConfigError),
    /// There is no such file.
    #[error(
        "there is no database at {0}; give the settings of the server, with --config FILE before the command"
    )]
    NoDatabase(String),
    /// The database cannot be opened, read or written.
    #[error("{0}")]
    Store(#[from] StoreError),
    /// No account has this number.
    #[error("there is no account {0} in the settings")]
    NoAccount(i64),
    /// The account has no such person.
    #[error("there is no such person in account {0}")]
    NoPerson(i64),
    /// A rule of the wallet forbids it. The sentence says why.
    #[error("{0}")]
    Refused(String),
}

/// An open database, with the settings that name it.
#[derive(Debug)]
pub(super) struct OpenedStore {
    pub config: ServerConfig,
    pub store: Store,
}

impl OpenedStore {
    pub async fn open(settings: Settings) -> Result<Self, StoreCommandError> {
        let config = ServerConfig::load(settings)?;
        if let Database::File(path) = &config.database
            && !path.exists()
        {
            return Err(StoreCommandError::NoDatabase(path.display().to_string()));
        }
        let store = Store::open(&config.database).await?;
        Ok(Self { config, store })
    }

    pub fn account(&self, id: i64) -> Result<Arc<Account>, StoreCommandError> {
        let found = self.config.accounts.by_id(id);
        found.ok_or(StoreCommandError::NoAccount(id))
    }
}
