//! The wallet server's database: SQLite in one file for one machine, or PostgreSQL for several.
//!
//! Called by `wallet-server`. Each table has its own module, whose statements are written once for both databases. A
//! function fails only if the database refuses, unless its comment says more. A write that reads first runs in a
//! [`WriteTransaction`], so that two of them never interleave, in one process or in several. It must never store a card
//! number, a client secret or a usable token.

pub mod abandoned_payment_methods;
pub mod account_cooldowns;
pub mod attempts;
pub mod audit_events;
pub mod cards;
pub mod charges;
pub mod checkouts;
pub mod client_cards;
pub mod clients;
pub mod consents;
mod database;
pub mod deletion_blocks;
mod error;
mod executor;
pub mod idempotency_keys;
mod inspection;
pub mod intents;
pub mod issuer_responses;
mod lock_key;
pub mod open_intents;
pub mod outbox;
pub mod owner_history;
pub mod owner_numbers;
pub mod owners;
pub mod password_resets;
pub mod payments;
pub mod people;
mod postgres;
#[cfg(test)]
mod query_plan_tests;
pub mod request_signatures;
pub mod saves;
pub mod sessions;
#[cfg(test)]
mod source_statements_tests;
mod sqlite;
mod statement;
#[cfg(test)]
mod upgrade_tests;
pub mod users;
mod value;
pub mod webhook_events;

use std::time::Duration;

pub use database::{Database, InvalidDatabase};
pub use error::StoreError;
pub use executor::{Executor, StoreConnection, StorePool, WriteTransaction};
pub use inspection::{Inspection, inspect};
pub use lock_key::LockKey;
use statement::{query, query_of_each};
use value::text_enum;

/// How long a statement waits for another writer, or for a free connection, before it fails.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// The open database.
#[derive(Debug)]
pub struct Store {
    pool: StorePool,
    instance: String,
}

impl Store {
    /// Opens the database and migrates it. Creates a missing file and its folder. Fails if the database cannot be reached
    /// or written, or if a newer version of this server wrote it.
    pub async fn open(database: &Database) -> Result<Self, StoreError> {
        let pool = match database {
            Database::File(path) => StorePool::Sqlite(sqlite::open(path).await?),
            Database::Postgres(url) => StorePool::Postgres(postgres::open(url).await?),
        };
        let instance = query("SELECT id FROM instance").scalar(&pool).await?;
        Ok(Self { pool, instance })
    }

    /// The id that this database got when it was created; see the `instance` table.
    #[must_use]
    pub fn instance(&self) -> &str {
        &self.instance
    }

    /// Any connection, for one statement.
    #[must_use]
    pub fn pool(&self) -> &StorePool {
        &self.pool
    }

    /// Opens a transaction that takes the write lock at once. Fails if the lock is not free within `BUSY_TIMEOUT`.
    pub async fn write(&self) -> Result<WriteTransaction, StoreError> {
        Ok(WriteTransaction(match &self.pool {
            StorePool::Sqlite(pools) => StoreConnection::Sqlite(sqlite::begin(pools).await?),
            StorePool::Postgres(pools) => StoreConnection::Postgres(postgres::begin(pools).await?),
        }))
    }

    /// Opens a transaction that waits only for others with one of these keys, and for those of [`Self::write`]. It must
    /// read nothing that another transaction may change under other keys. Fails like [`Self::write`].
    pub async fn write_for(&self, keys: &[LockKey]) -> Result<WriteTransaction, StoreError> {
        match &self.pool {
            StorePool::Sqlite(_) => self.write().await,
            StorePool::Postgres(pools) => {
                let transaction = postgres::begin_for(pools, keys).await?;
                Ok(WriteTransaction(StoreConnection::Postgres(transaction)))
            }
        }
    }

    /// Fails if the database cannot be read.
    pub async fn ping(&self) -> Result<(), StoreError> {
        let _: String = query("SELECT id FROM instance").scalar(&self.pool).await?;
        Ok(())
    }

    /// Closes all connections. SQLite writes its WAL back into the database file.
    pub async fn close(&self) {
        match &self.pool {
            StorePool::Sqlite(pools) => pools.close().await,
            StorePool::Postgres(pools) => pools.close().await,
        }
    }
}

/// The examples of the crate's page are compiled with the tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct ReadmeExamples;
