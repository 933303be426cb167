//! The yardstick's one table, in SQLite or PostgreSQL, as durable as the wallet server's. A row must be committed when
//! `insert` returns.

use std::path::Path;

use sqlx::postgres::{PgPool, PgPoolOptions};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};

use crate::error::BenchError;

/// As many as the wallet server has.
const MAX_CONNECTIONS: u32 = 8;

/// Both databases read `$1`.
const CREATE: &str =
    "CREATE TABLE IF NOT EXISTS objects (id TEXT PRIMARY KEY, owner BIGINT NOT NULL)";
const CREATE_INDEX: &str = "CREATE INDEX IF NOT EXISTS objects_by_owner ON objects (owner)";
const INSERT: &str = "INSERT INTO objects (id, owner) VALUES ($1, $2)";
const CARDS: &str = "SELECT id FROM objects WHERE owner = $1 AND id LIKE 'pm_%'";

/// The open database.
#[derive(Debug)]
pub enum Rows {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

fn failed(cause: sqlx::Error) -> BenchError {
    BenchError::failed("the yardstick's database", cause)
}

impl Rows {
    /// Opens `postgres://…`, or a SQLite file, and creates the table.
    ///
    /// # Errors
    /// The database cannot be opened.
    pub async fn open(database: &str) -> Result<Self, BenchError> {
        if database.starts_with("postgres://") || database.starts_with("postgresql://") {
            let options = PgPoolOptions::new().max_connections(MAX_CONNECTIONS);
            let pool = options.connect(database).await.map_err(failed)?;
            sqlx::query(CREATE).execute(&pool).await.map_err(failed)?;
            sqlx::query(CREATE_INDEX)
                .execute(&pool)
                .await
                .map_err(failed)?;
            return Ok(Self::Postgres(pool));
        }
        let options = SqliteConnectOptions::new()
            .filename(Path::new(database))
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full);
        let pool = SqlitePoolOptions::new().max_connections(MAX_CONNECTIONS);
        let pool = pool.connect_with(options).await.map_err(failed)?;
        sqlx::query(CREATE).execute(&pool).await.map_err(failed)?;
        sqlx::query(CREATE_INDEX)
            .execute(&pool)
            .await
            .map_err(failed)?;
        Ok(Self::Sqlite(pool))
    }

    /// Commits one row.
    ///
    /// # Errors
    /// The database refuses the row.
    pub async fn insert(&self, owner: u64, id: &str) -> Result<(), BenchError> {
        let owner = i64::try_from(owner).unwrap_or(i64::MAX);
        match self {
            Self::Sqlite(pool) => {
                let query = sqlx::query(INSERT).bind(id).bind(owner).execute(pool);
                query.await.map(drop).map_err(failed)
            }
            Self::Postgres(pool) => {
                let query = sqlx::query(INSERT).bind(id).bind(owner).execute(pool);
                query.await.map(drop).map_err(failed)
            }
        }
    }

    /// The payment methods of an owner.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn cards_of(&self, owner: u64) -> Result<Vec<String>, BenchError> {
        let owner = i64::try_from(owner).unwrap_or(i64::MAX);
        let cards = match self {
            Self::Sqlite(pool) => sqlx::query_scalar(CARDS).bind(owner).fetch_all(pool).await,
            Self::Postgres(pool) => sqlx::query_scalar(CARDS).bind(owner).fetch_all(pool).await,
        };
        cards.map_err(failed)
    }
}
