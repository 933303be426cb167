//! Events of the gateway that were dealt with.

use sqlx::SqliteExecutor;

use super::StoreError;
use crate::clock::{Seconds, now};

/// Whether an event was dealt with.
///
/// # Errors
/// When the database refuses.
pub async fn contains(
    db: impl SqliteExecutor<'_>,
    account_id: i64,
    id: &str,
) -> Result<bool, StoreError> {
    Ok(
        sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM events WHERE account_id = ? AND id = ?)")
            .bind(account_id)
            .bind(id)
            .fetch_one(db)
            .await?,
    )
}

/// Records that an event was dealt with; twice is once.
///
/// # Errors
/// When the database refuses.
pub async fn insert(
    db: impl SqliteExecutor<'_>,
    account_id: i64,
    id: &str,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO events (account_id, id, created_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
    )
    .bind(account_id)
    .bind(id)
    .bind(now())
    .execute(db)
    .await?;
    Ok(())
}

/// Forgets events dealt with so long ago: the gateway sends none again by then.
///
/// # Errors
/// When the database refuses.
pub async fn forget(db: impl SqliteExecutor<'_>, after: Seconds) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM events WHERE created_at <= ?")
        .bind(now() - after)
        .execute(db)
        .await?;
    Ok(())
}
