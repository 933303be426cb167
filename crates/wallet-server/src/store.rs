//! The database: SQLite in one file, WAL, foreign keys on, migrated at start-up.
//!
//! Called by the wallet and the routes. Each table has its own module. A function fails only if the database refuses,
//! unless its comment says more. A write that reads first runs in an immediate transaction, so that two of them never
//! interleave, on one node or on several nodes over one file.

pub mod abandoned_payment_methods;
pub mod account_cooldowns;
pub mod attempts;
pub mod cards;
pub mod charges;
pub mod checkouts;
pub mod client_cards;
pub mod clients;
pub mod consents;
pub mod deletion_blocks;
pub mod idempotency_responses;
pub mod intents;
pub mod issuer_responses;
pub mod outbox;
pub mod owners;
pub mod payments;
pub mod request_signatures;
pub mod saves;
pub mod sessions;
#[cfg(test)]
mod upgrade_tests;
pub mod users;
pub mod webhook_events;

use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{Connection, Sqlite, Transaction};

/// How long a statement waits for another writer before it fails.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// In WAL mode, several connections read while one writes.
const MAX_CONNECTIONS: u32 = 8;

/// Why a database call failed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("database: {0}")]
    Sql(#[from] sqlx::Error),
    #[error("database migration: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// A row holds a value that this version cannot read.
    #[error("database: invalid {0}")]
    InvalidRow(&'static str),
}

impl StoreError {
    /// Whether the disk is full or fails: SQLITE_FULL, SQLITE_IOERR_WRITE, SQLITE_IOERR_SHMSIZE.
    /// See <https://www.sqlite.org/rescode.html>.
    pub fn is_full(&self) -> bool {
        match self {
            Self::Sql(sqlx::Error::Database(e)) => {
                matches!(e.code().as_deref(), Some("13" | "778" | "4874"))
            }
            Self::Sql(sqlx::Error::Io(e)) => e.kind() == std::io::ErrorKind::StorageFull,
            _ => false,
        }
    }

    /// Whether a unique constraint refused the row, because another request was first.
    pub fn is_duplicate(&self) -> bool {
        matches!(self, Self::Sql(sqlx::Error::Database(e)) if e.is_unique_violation())
    }
}

/// An open transaction that holds the write lock.
pub type WriteTransaction = Transaction<'static, Sqlite>;

#[derive(Debug, Clone)]
pub struct Store {
    pool: SqlitePool,
    instance: String,
}

impl Store {
    /// Opens the file and migrates it. Creates the file and its folder if they are missing. Fails if the file cannot be
    /// opened or written, or if a newer version of this server wrote it.
    pub async fn open(path: &Path) -> Result<Self, StoreError> {
        if let Some(folder) = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
        {
            std::fs::create_dir_all(folder).map_err(sqlx::Error::Io)?;
        }
        make_private(path).map_err(sqlx::Error::Io)?;
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .foreign_keys(true)
            .journal_mode(SqliteJournalMode::Wal)
            // A save that was confirmed to the caller must survive a power failure, not only a crash.
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(BUSY_TIMEOUT)
            // Deleted personal data must not stay readable in free pages.
            .pragma("secure_delete", "ON");
        let pool = SqlitePoolOptions::new()
            .max_connections(MAX_CONNECTIONS)
            .acquire_timeout(BUSY_TIMEOUT)
            // A commit that failed on a full disk leaves its connection inside a transaction. It is not used again.
            .before_acquire(|connection, _| {
                let is_sound = !connection.is_in_transaction();
                Box::pin(async move { Ok(is_sound) })
            })
            .connect_with(options)
            .await?;
        sqlx::migrate!().run(&pool).await?;
        let instance = sqlx::query_scalar("SELECT id FROM instance")
            .fetch_one(&pool)
            .await?;
        Ok(Self { pool, instance })
    }

    /// The id that this database got when it was created; see the `instance` table.
    pub fn instance(&self) -> &str {
        &self.instance
    }

    pub fn pool(&self) -> &SqlitePool {
        &self.pool
    }

    /// Opens a transaction that takes the write lock at once. Fails if the lock is not free within `BUSY_TIMEOUT`.
    pub async fn write(&self) -> Result<WriteTransaction, StoreError> {
        Ok(self.pool.begin_with("BEGIN IMMEDIATE").await?)
    }

    /// Fails if the database cannot be read.
    pub async fn ping(&self) -> Result<(), StoreError> {
        sqlx::query("SELECT 1 FROM instance")
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Writes the WAL back into the database file and closes it.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}

/// Creates the file so that only its owner can read it. SQLite gives its WAL files the same permissions.
fn make_private(path: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        made => made.map(drop),
    }
}
