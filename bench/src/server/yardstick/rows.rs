//! The yardstick's one table, in SQLite or PostgreSQL, as durable as the wallet server's. A row must be committed when
//! `insert` returns.

use std::path::Path;

use sqlx::postgres::{PgPool, PgPoolOptions};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};

use crate::error::BenchError;

/// As many as the wallet server has for reads.
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
    /// SQLite has one writer at a time. Several connections would wait for each other with pauses of up to 100 ms.
    Sqlite {
        writer: SqlitePool,
        readers: SqlitePool,
    },
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
        let pool = |size| SqlitePoolOptions::new().max_connections(size);
        let writer = pool(1)
            .connect_with(options.clone())
            .await
            .map_err(failed)?;
        sqlx::query(CREATE).execute(&writer).await.map_err(failed)?;
        sqlx::query(CREATE_INDEX)
            .execute(&writer)
            .await
            .map_err(failed)?;
        let readers = pool(MAX_CONNECTIONS).connect_with(options).await;
        Ok(Self::Sqlite {
            writer,
            readers: readers.map_err(failed)?,
        })
    }

    /// Commits one row.
    ///
    /// # Errors
    /// The database refuses the row.
    pub async fn insert(&self, owner: u64, id: &str) -> Result<(), BenchError> {
        let owner = i64::try_from(owner).unwrap_or(i64::MAX);
        match self {
            Self::Sqlite { writer, .. } => {
                let query = sqlx::query(INSERT).bind(id).bind(owner).execute(writer);
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
            Self::Sqlite { readers, .. } => {
                sqlx::query_scalar(CARDS)
                    .bind(owner)
                    .fetch_all(readers)
                    .await
            }
            Self::Postgres(pool) => sqlx::query_scalar(CARDS).bind(owner).fetch_all(pool).await,
        };
        cards.map_err(failed)
    }
}
