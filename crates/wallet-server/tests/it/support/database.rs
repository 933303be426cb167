//! The database of a world: a SQLite file, or with `CARD_ENTRY_TEST_POSTGRES` (the URL of a server on which databases may
//! be created) a database of its own there. Every test runs on either.

use std::path::Path;
use std::str::FromStr;

use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::{AnyPool, ConnectOptions, Row};

/// The variable that selects PostgreSQL.
const SERVER: &str = "CARD_ENTRY_TEST_POSTGRES";

/// Where a world is stored.
pub enum TestDatabase {
    File(String),
    Postgres(String),
}

impl TestDatabase {
    /// Creates a database for one world. `name` is the name of its file.
    pub async fn create(folder: &Path, name: &str) -> Self {
        let Some(server) = std::env::var(SERVER).ok().filter(|url| !url.is_empty()) else {
            return Self::File(folder.join(name).display().to_string());
        };
        let mut random = [0; 8];
        getrandom::fill(&mut random).unwrap();
        let name = format!("world_{:016x}", u64::from_ne_bytes(random));
        let options = PgConnectOptions::from_str(&server).unwrap();
        let mut admin = options.connect().await.unwrap();
        let create = sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"));
        sqlx::raw_sql(create).execute(&mut admin).await.unwrap();
        // The tests use this function of SQLite in their statements.
        let mut own = options.database(&name).connect().await.unwrap();
        let unixepoch = "CREATE FUNCTION unixepoch() RETURNS bigint LANGUAGE sql AS
                         'SELECT floor(extract(epoch FROM clock_timestamp()))::bigint'";
        sqlx::raw_sql(unixepoch).execute(&mut own).await.unwrap();
        let url = PgConnectOptions::from_str(&server).unwrap().database(&name);
        Self::Postgres(url.to_url_lossy().to_string())
    }

    /// The value of the setting `database`.
    pub fn setting(&self) -> &str {
        match self {
            Self::File(text) | Self::Postgres(text) => text,
        }
    }

    pub fn is_postgres(&self) -> bool {
        matches!(self, Self::Postgres(_))
    }

    /// A connection beside those of the server, for statements that both databases know.
    pub async fn pool(&self) -> AnyPool {
        sqlx::any::install_default_drivers();
        let url = match self {
            Self::File(path) => format!("sqlite://{path}"),
            Self::Postgres(url) => url.clone(),
        };
        let options = sqlx::any::AnyPoolOptions::new().max_connections(4);
        options.connect(&url).await.unwrap()
    }

    async fn postgres(url: &str) -> PgPool {
        PgPoolOptions::new()
            .max_connections(1)
            .connect(url)
            .await
            .unwrap()
    }

    /// Everything that is stored, as bytes: the files of SQLite, or each row of PostgreSQL as text.
    pub async fn dump(&self, folder: &Path) -> Vec<u8> {
        let Self::Postgres(url) = self else {
            let entries = std::fs::read_dir(folder).unwrap();
            let files = entries.map(|entry| entry.unwrap().path());
            return files
                .filter(|path| path.is_file())
                .flat_map(|path| std::fs::read(path).unwrap())
                .collect();
        };
        let pool = Self::postgres(url).await;
        let tables = "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'";
        let tables: Vec<(String,)> = sqlx::query_as(tables).fetch_all(&pool).await.unwrap();
        let mut dump = Vec::new();
        for (table,) in tables {
            let rows = sqlx::AssertSqlSafe(format!("SELECT row_to_json(t)::text FROM {table} t"));
            for row in sqlx::query(rows).fetch_all(&pool).await.unwrap() {
                let text: String = row.get(0);
                dump.extend_from_slice(text.as_bytes());
            }
        }
        assert!(!dump.is_empty());
        dump
    }
}
