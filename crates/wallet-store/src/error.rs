//! Why a call of the database failed, in the same words for both databases.
//!
//! Returned by every function of this crate. It must never hold a bound value: values are people's data.

/// Why a database call failed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database refused, or could not be reached.
    #[error("database: {0}")]
    Sql(#[from] sqlx::Error),
    /// The tables could not be brought to this version.
    #[error("database migration: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// A newer version of this server has written the database.
    #[error(
        "the database was migrated by a newer version of this server (migration {0}). Start that version, or restore a \
         backup from before the update"
    )]
    Newer(i64),
    /// The server of the database has no locks between connections.
    #[error(
        "the database does not keep advisory locks between connections. Use PostgreSQL itself, and connect to it \
         directly or through a pooler in session mode"
    )]
    NoLocks,
    /// A text that was to be stored or searched has U+0000, which PostgreSQL cannot hold.
    #[error("database: a text has the character U+0000")]
    InvalidText,
    /// A row holds a value that this version cannot read.
    #[error("database: invalid {0}")]
    InvalidRow(&'static str),
}

impl StoreError {
    /// Whether the disk is full or fails: SQLITE_FULL, SQLITE_IOERR_WRITE, SQLITE_IOERR_SHMSIZE, see
    /// <https://www.sqlite.org/rescode.html>; `disk_full` and `io_error` of PostgreSQL, see
    /// <https://www.postgresql.org/docs/current/errcodes-appendix.html>.
    #[must_use]
    pub fn is_full(&self) -> bool {
        const CODES: [&str; 5] = ["13", "778", "4874", "53100", "58030"];
        match self {
            Self::Sql(sqlx::Error::Database(error)) => {
                error.code().is_some_and(|code| CODES.contains(&&*code))
            }
            Self::Sql(sqlx::Error::Io(error)) => error.kind() == std::io::ErrorKind::StorageFull,
            _ => false,
        }
    }

    /// Whether a unique constraint refused the row, because another request was first.
    #[must_use]
    pub fn is_duplicate(&self) -> bool {
        matches!(self, Self::Sql(sqlx::Error::Database(error)) if error.is_unique_violation())
    }

    /// The error of a migration, with its advice if a newer version was here.
    pub(crate) fn of_migration(error: sqlx::migrate::MigrateError) -> Self {
        match error {
            sqlx::migrate::MigrateError::VersionMissing(version) => Self::Newer(version),
            other => Self::Migrate(other),
        }
    }
}
