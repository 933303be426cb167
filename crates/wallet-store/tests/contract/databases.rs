//! New databases for the tests, one of each kind that is there.

use std::str::FromStr;

use sqlx::ConnectOptions;
use sqlx::postgres::PgConnectOptions;
use tempfile::TempDir;
use wallet_store::{Database, Store};

/// A new database, which is deleted at the end of the test if it is a file.
pub struct NewDatabase {
    pub database: Database,
    _folder: TempDir,
}

impl NewDatabase {
    pub fn is_postgres(&self) -> bool {
        matches!(self.database, Database::Postgres(_))
    }

    pub async fn open(&self) -> Store {
        Store::open(&self.database).await.unwrap()
    }

    /// Runs a statement on a connection of its own.
    pub async fn run(&self, sql: &'static str) {
        match &self.database {
            Database::File(path) => {
                let url = format!("sqlite://{}", path.display());
                let pool = sqlx::SqlitePool::connect(&url).await.unwrap();
                sqlx::raw_sql(sql).execute(&pool).await.unwrap();
                pool.close().await;
            }
            Database::Postgres(options) => {
                let mut connection = options.connect().await.unwrap();
                sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
            }
        }
    }
}

/// A new database of each kind.
pub async fn new_databases() -> Vec<NewDatabase> {
    let folder = tempfile::tempdir().unwrap();
    let mut all = vec![NewDatabase {
        database: Database::File(folder.path().join("wallet.db")),
        _folder: folder,
    }];
    let server = std::env::var("CARD_ENTRY_TEST_POSTGRES").ok();
    if let Some(server) = server.filter(|url| !url.is_empty()) {
        let folder = tempfile::tempdir().unwrap();
        let name = folder.path().file_name().unwrap().to_str().unwrap();
        let name = format!("store_{}", name.trim_start_matches('.').to_lowercase());
        let options = PgConnectOptions::from_str(&server).unwrap();
        let mut admin = options.connect().await.unwrap();
        // The folder's name is random, and two names that differ only in case are not likely.
        let create = sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"));
        sqlx::raw_sql(create).execute(&mut admin).await.unwrap();
        all.push(NewDatabase {
            database: Database::Postgres(Box::new(options.database(&name))),
            _folder: folder,
        });
    }
    all
}
