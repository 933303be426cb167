//! Webhook events of the gateway that were processed. An event that is delivered again is ignored. An event must never
//! be marked before it is processed.

use sqlx::SqliteExecutor;

use super::StoreError;
use crate::clock::{Seconds, now};

pub async fn is_processed(
    db: impl SqliteExecutor<'_>,
    account_id: i64,
    id: &str,
) -> Result<bool, StoreError> {
    Ok(sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM webhook_events WHERE account_id = ? AND id = ?)",
    )
    .bind(account_id)
    .bind(id)
    .fetch_one(db)
    .await?)
}

pub async fn mark_processed(
    db: impl SqliteExecutor<'_>,
    account_id: i64,
    id: &str,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO webhook_events (account_id, id, created_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
    )
    .bind(account_id)
    .bind(id)
    .bind(now())
    .execute(db)
    .await?;
    Ok(())
}

pub async fn delete_older_than(
    db: impl SqliteExecutor<'_>,
    age: Seconds,
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM webhook_events WHERE created_at <= ?")
        .bind(now() - age)
        .execute(db)
        .await?;
    Ok(())
}
