//! The database: SQLite in one file, WAL, foreign keys on, migrated at start-up.
//!
//! Called by the wallet and the routes. Each table has its own module; writes that read first run in an immediate
//! transaction, so that two of them never interleave, on one node or on several over one file.

pub mod answers;
pub mod attempts;
pub mod cards;
pub mod charges;
pub mod checkouts;
pub mod client_cards;
pub mod clients;
pub mod consents;
pub mod events;
pub mod holds;
pub mod intents;
pub mod let_go;
pub mod outbox;
pub mod owners;
pub mod pauses;
pub mod payments;
pub mod saves;
pub mod sessions;
pub mod signatures;
pub mod users;
pub mod verdicts;

use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{Connection, Sqlite, Transaction};

/// How long a statement waits for another writer before it gives up.
const BUSY: Duration = Duration::from_secs(5);

/// Readers run side by side under WAL; one is enough to write, a few more to read.
const CONNECTIONS: u32 = 8;

/// Why the database did not do as asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// SQLite's own refusal.
    #[error("database: {0}")]
    Sql(#[from] sqlx::Error),
    /// The tables could not be brought up to date.
    #[error("database migration: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// A column holds what this version cannot read.
    #[error("database: unreadable {0}")]
    Unreadable(&'static str),
}

impl StoreError {
    /// Whether the disk takes no more, because it is full or fails: SQLITE_FULL, SQLITE_IOERR_WRITE, SQLITE_IOERR_SHMSIZE.
    /// See <https://www.sqlite.org/rescode.html>.
    #[must_use]
    pub fn is_full(&self) -> bool {
        match self {
            Self::Sql(sqlx::Error::Database(e)) => {
                matches!(e.code().as_deref(), Some("13" | "778" | "4874"))
            }
            Self::Sql(sqlx::Error::Io(e)) => e.kind() == std::io::ErrorKind::StorageFull,
            _ => false,
        }
    }

    /// Whether a unique constraint refused the row: somebody else was first.
    #[must_use]
    pub fn is_duplicate(&self) -> bool {
        matches!(self, Self::Sql(sqlx::Error::Database(e)) if e.is_unique_violation())
    }
}

/// An open transaction that holds the write lock.
pub type Write = Transaction<'static, Sqlite>;

/// The open database.
#[derive(Debug, Clone)]
pub struct Store {
    pool: SqlitePool,
    instance: String,
}

impl Store {
    /// Opens the file, makes it and its folder when missing, and migrates it.
    ///
    /// # Errors
    /// When the file cannot be opened or written, or is of a newer version.
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
            // A save that was answered must outlive a power cut, not only a crash.
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(BUSY)
            // A deleted person's data must not stay readable in free pages.
            .pragma("secure_delete", "ON");
        let pool = SqlitePoolOptions::new()
            .max_connections(CONNECTIONS)
            .acquire_timeout(BUSY)
            // A commit that failed on a full disk leaves its connection in a transaction that is over.
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

    /// The name this database was made with; see the `instance` table.
    #[must_use]
    pub fn instance(&self) -> &str {
        &self.instance
    }

    /// The pool, for reads.
    #[must_use]
    pub fn pool(&self) -> &SqlitePool {
        &self.pool
    }

    /// Opens a transaction that takes the write lock at once.
    ///
    /// # Errors
    /// When the lock does not come free in time.
    pub async fn write(&self) -> Result<Write, StoreError> {
        Ok(self.pool.begin_with("BEGIN IMMEDIATE").await?)
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// When it does not.
    pub async fn ping(&self) -> Result<(), StoreError> {
        sqlx::query("SELECT 1 FROM instance")
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Writes everything back into the one file and closes it.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}

/// Makes the file so that only its owner reads it; SQLite gives its side files the same rights.
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
