//! Looks at a database without changing it: its version, whether it can be written, and when webhook events came last.
//!
//! Called by `wallet-server doctor`, while the server runs or not. It must never migrate, create a file or write a row.

use std::path::Path;

use sqlx::postgres::PgConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};
use wallet_core::clock::Seconds;

use crate::{BUSY_TIMEOUT, Database, StoreError, postgres, sqlite};

/// The last migration that succeeded. The table is sqlx's.
const VERSION: &str = "SELECT max(version) FROM _sqlx_migrations WHERE success";

const LAST_EVENTS: &str =
    "SELECT account_id, max(created_at) FROM webhook_events GROUP BY account_id";

/// What a look at the database found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inspection {
    /// The version of the tables. `None`: there is no database yet, or it is empty.
    pub version: Option<i64>,
    /// The version that this program writes.
    pub newest: i64,
    /// Why nothing can be written now, such as a database that is read-only. `None`: it can be written.
    pub write_error: Option<String>,
    /// The time of the last webhook event of each account, by the account's id. Empty if the tables have another version.
    pub last_events: Vec<(i64, Seconds)>,
}

impl Inspection {
    /// Whether the tables are those of this program.
    #[must_use]
    pub fn is_current(&self) -> bool {
        self.version == Some(self.newest)
    }
}

/// Looks at the database.
///
/// # Errors
/// It cannot be reached or read.
pub async fn inspect(database: &Database) -> Result<Inspection, StoreError> {
    match database {
        Database::File(path) => inspect_file(path).await,
        Database::Postgres(options) => inspect_server(options).await,
    }
}

async fn inspect_file(path: &Path) -> Result<Inspection, StoreError> {
    let mut found = Inspection {
        version: None,
        newest: newest(&sqlite::MIGRATIONS),
        write_error: None,
        last_events: Vec::new(),
    };
    if !path.try_exists().map_err(sqlx::Error::Io)? {
        return Ok(found);
    }
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(false)
        .busy_timeout(BUSY_TIMEOUT);
    let mut connection = options.connect().await?;
    let table = "SELECT count(*) FROM sqlite_schema WHERE name = '_sqlx_migrations'";
    let tables: i64 = sqlx::query_scalar(table).fetch_one(&mut connection).await?;
    if tables > 0 {
        found.version = sqlx::query_scalar(VERSION)
            .fetch_one(&mut connection)
            .await?;
    }
    if found.is_current() {
        found.last_events = sqlx::query_as(LAST_EVENTS)
            .fetch_all(&mut connection)
            .await?;
    }
    // The write lock needs a file that can be written; it is given back at once.
    found.write_error = match connection.begin_with("BEGIN IMMEDIATE").await {
        Ok(transaction) => transaction.rollback().await.err(),
        Err(error) => Some(error),
    }
    .map(|error| error.to_string());
    connection.close().await?;
    Ok(found)
}

async fn inspect_server(options: &PgConnectOptions) -> Result<Inspection, StoreError> {
    let timeout = BUSY_TIMEOUT.as_millis().to_string();
    let options = options.clone().application_name("wallet-server doctor");
    let options = options.options([("statement_timeout", timeout)]);
    let connected = tokio::time::timeout(BUSY_TIMEOUT, options.connect()).await;
    let mut connection = connected.map_err(|_| sqlx::Error::PoolTimedOut)??;
    let mut found = Inspection {
        version: None,
        newest: newest(&postgres::MIGRATIONS),
        write_error: None,
        last_events: Vec::new(),
    };
    let table = "SELECT to_regclass('_sqlx_migrations') IS NOT NULL";
    if sqlx::query_scalar(table).fetch_one(&mut connection).await? {
        found.version = sqlx::query_scalar(VERSION)
            .fetch_one(&mut connection)
            .await?;
    }
    if found.is_current() {
        found.last_events = sqlx::query_as(LAST_EVENTS)
            .fetch_all(&mut connection)
            .await?;
        // A standby is read-only, too.
        let rights = "SELECT current_setting('transaction_read_only') = 'off' AND has_table_privilege('instance', 'INSERT')";
        let is_writable: bool = sqlx::query_scalar(rights)
            .fetch_one(&mut connection)
            .await?;
        found.write_error =
            (!is_writable).then(|| "the server is read-only for this user".to_owned());
    }
    connection.close().await?;
    Ok(found)
}

fn newest(migrations: &sqlx::migrate::Migrator) -> i64 {
    let versions = migrations.iter().map(|migration| migration.version);
    versions.max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::{Store, webhook_events};

    #[tokio::test]
    async fn a_file_is_looked_at_before_while_and_after_it_is_open() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("wallet.db");
        let database = Database::from(path.clone());
        let before = inspect(&database).await.unwrap();
        assert_eq!((before.version, before.is_current()), (None, false));
        assert!(!path.exists(), "a look creates no file");
        let store = Store::open(&database).await.unwrap();
        webhook_events::mark_processed(store.pool(), 7, "evt_1")
            .await
            .unwrap();
        for _ in 0..2 {
            let found = inspect(&database).await.unwrap();
            assert!(found.is_current(), "{found:?}");
            assert_eq!(found.write_error, None);
            assert!(matches!(found.last_events.as_slice(), [(7, at)] if *at > 0));
            store.close().await;
        }
        let mut connection = SqliteConnectOptions::new()
            .filename(&path)
            .connect()
            .await
            .unwrap();
        let old = "DELETE FROM _sqlx_migrations WHERE version = (SELECT max(version) FROM _sqlx_migrations)";
        sqlx::query(old).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
        let older = inspect(&database).await.unwrap();
        assert!(older.version.unwrap() < older.newest && !older.is_current());
    }

    #[tokio::test]
    async fn a_file_of_something_else_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("wallet.db");
        std::fs::write(&path, "no database".repeat(100)).unwrap();
        assert!(inspect(&path.into()).await.is_err());
    }
}
