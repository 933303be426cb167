//! The wallet's database, read as a thief or an auditor would: from its file.

use std::path::Path;

use sqlx::sqlite::{SqliteConnectOptions, SqlitePool};
use sqlx::{Column, Row, TypeInfo, ValueRef};

use crate::Step;

/// The database, opened for reading.
pub struct Vault(SqlitePool);

impl Vault {
    /// Opens the file.
    ///
    /// # Errors
    /// The database's.
    pub async fn open(file: &Path) -> Step<Self> {
        Ok(Self(
            SqlitePool::connect_with(SqliteConnectOptions::new().filename(file).read_only(true))
                .await?,
        ))
    }

    /// Every row of a query, each as `name=value` words.
    ///
    /// # Errors
    /// The database's.
    pub async fn rows(&self, query: &'static str) -> Step<Vec<String>> {
        let rows = sqlx::query(query).fetch_all(&self.0).await?;
        rows.iter().map(spell).collect()
    }

    /// The whole database as text.
    ///
    /// # Errors
    /// The database's.
    pub async fn dump(&self) -> Step<String> {
        let names: Vec<(String,)> =
            sqlx::query_as("SELECT name FROM sqlite_master WHERE type = 'table'")
                .fetch_all(&self.0)
                .await?;
        let mut all = String::new();
        for (name,) in names {
            let query = sqlx::AssertSqlSafe(format!("SELECT * FROM \"{name}\""));
            for row in sqlx::query(query).fetch_all(&self.0).await? {
                all.push_str(&format!("{name}: {}\n", spell(&row)?));
            }
        }
        Ok(all)
    }
}

fn spell(row: &sqlx::sqlite::SqliteRow) -> Step<String> {
    let mut words = Vec::new();
    for column in row.columns() {
        let raw = row.try_get_raw(column.ordinal())?;
        let value = match raw.type_info().name() {
            _ if raw.is_null() => "NULL".to_owned(),
            "INTEGER" | "BOOLEAN" => row.try_get::<i64, _>(column.ordinal())?.to_string(),
            "BLOB" => {
                String::from_utf8_lossy(&row.try_get::<Vec<u8>, _>(column.ordinal())?).into_owned()
            }
            _ => row.try_get::<String, _>(column.ordinal())?,
        };
        words.push(format!("{}={value}", column.name()));
    }
    Ok(words.join(" "))
}
