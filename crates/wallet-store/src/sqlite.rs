//! SQLite: one file, WAL, foreign keys on. One connection writes and others read, so that a list never waits for a writer
//! and writers take turns in the order in which they came.
//!
//! Called by [`crate::Store`]. A save that was confirmed to the caller must survive a power failure, not only a crash.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use sqlx::migrate::Migrator;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{Connection, Sqlite, Transaction};

use crate::executor::Pools;
use crate::{BUSY_TIMEOUT, StoreError};

pub(crate) static MIGRATIONS: Migrator = sqlx::migrate!("migrations/sqlite");

/// In WAL mode, several connections read while one writes.
const MAX_READERS: u32 = 8;

/// Opens and migrates the file.
pub(crate) async fn open(path: &Path) -> Result<Pools<Sqlite>, StoreError> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder {
        std::fs::create_dir_all(folder).map_err(sqlx::Error::Io)?;
    }
    make_private(path).map_err(sqlx::Error::Io)?;
    // Of two first starts without this lock, SQLite refuses one (sqlx 0.9.0, SQLite 3.51.3).
    let _lock = start_lock(path).await.map_err(sqlx::Error::Io)?;
    let writers = pool(1, options(path)).await?;
    MIGRATIONS
        .run(&writers)
        .await
        .map_err(StoreError::of_migration)?;
    let readers = pool(MAX_READERS, options(path).pragma("query_only", "ON")).await?;
    Ok(Pools { readers, writers })
}

/// Opens a transaction that holds the write lock.
pub(crate) async fn begin(
    pools: &Pools<Sqlite>,
) -> Result<Transaction<'static, Sqlite>, StoreError> {
    Ok(pools.writers.begin_with("BEGIN IMMEDIATE").await?)
}

fn options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .foreign_keys(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(BUSY_TIMEOUT)
        // Deleted personal data must not stay readable in free pages.
        .pragma("secure_delete", "ON")
}

async fn pool(size: u32, options: SqliteConnectOptions) -> Result<SqlitePool, sqlx::Error> {
    SqlitePoolOptions::new()
        .max_connections(size)
        .acquire_timeout(BUSY_TIMEOUT)
        // A commit that failed on a full disk leaves its connection inside a transaction. It is not used again.
        .before_acquire(|connection, _| {
            let is_sound = !connection.is_in_transaction();
            Box::pin(async move { Ok(is_sound) })
        })
        .connect_with(options)
        .await
}

/// Creates the file so that only its owner can read it. SQLite gives its WAL files the same permissions.
fn make_private(path: &Path) -> io::Result<()> {
    match private_options().create_new(true).open(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        made => made.map(drop),
    }
}

/// Waits until no other process opens this file for the first time. The lock ends with the returned file.
async fn start_lock(path: &Path) -> io::Result<File> {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    let name = PathBuf::from(name);
    let locked = tokio::task::spawn_blocking(move || {
        let file = private_options().create(true).truncate(false).open(name)?;
        file.lock()?;
        Ok(file)
    });
    locked.await.map_err(io::Error::other)?
}

fn private_options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}
