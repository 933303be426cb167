//! The wallet's database, read from its file.

use std::path::Path;

use sqlx::sqlite::{SqliteConnectOptions, SqlitePool};
use sqlx::{Column, Row, TypeInfo, ValueRef};

use crate::StepResult;

/// Opened read-only.
pub struct WalletDatabase(SqlitePool);

impl WalletDatabase {
    /// # Errors
    /// When the file cannot be opened.
    pub async fn open(file: &Path) -> StepResult<Self> {
        Ok(Self(
            SqlitePool::connect_with(SqliteConnectOptions::new().filename(file).read_only(true))
                .await?,
        ))
    }

    /// The rows of a query, each as `name=value` pairs.
    ///
    /// # Errors
    /// When the query fails.
    pub async fn rows(&self, query: &'static str) -> StepResult<Vec<String>> {
        let rows = sqlx::query(query).fetch_all(&self.0).await?;
        rows.iter().map(row_text).collect()
    }

    /// All rows of all tables as text.
    ///
    /// # Errors
    /// When a query fails.
    pub async fn dump(&self) -> StepResult<String> {
        let names: Vec<(String,)> =
            sqlx::query_as("SELECT name FROM sqlite_master WHERE type = 'table'")
                .fetch_all(&self.0)
                .await?;
        let mut all = String::new();
        for (name,) in names {
            let query = sqlx::AssertSqlSafe(format!("SELECT * FROM \"{name}\""));
            for row in sqlx::query(query).fetch_all(&self.0).await? {
                all.push_str(&format!("{name}: {}\n", row_text(&row)?));
            }
        }
        Ok(all)
    }
}

fn row_text(row: &sqlx::sqlite::SqliteRow) -> StepResult<String> {
    let mut pairs = Vec::new();
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
        pairs.push(format!("{}={value}", column.name()));
    }
    Ok(pairs.join(" "))
}
