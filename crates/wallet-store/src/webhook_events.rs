//! Webhook events of the gateway that were processed. An event that is delivered again is ignored. An event must never
//! be marked before it is processed.

use crate::{Executor, StoreError, query};
use wallet_core::clock::{Seconds, now};

pub async fn is_processed(
    db: impl Executor<'_>,
    account_id: i64,
    id: &str,
) -> Result<bool, StoreError> {
    query("SELECT EXISTS (SELECT 1 FROM webhook_events WHERE account_id = $1 AND id = $2)")
        .bind(account_id)
        .bind(id)
        .scalar(db)
        .await
}

pub async fn mark_processed(
    db: impl Executor<'_>,
    account_id: i64,
    id: &str,
) -> Result<(), StoreError> {
    query(
        "INSERT INTO webhook_events (account_id, id, created_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
    )
    .bind(account_id)
    .bind(id)
    .bind(now())
    .execute(db)
    .await?;
    Ok(())
}

/// Deletes at most `limit` old rows, and returns how many.
pub async fn delete_older_than(
    db: impl Executor<'_>,
    age: Seconds,
    limit: u32,
) -> Result<u64, StoreError> {
    query(
        "DELETE FROM webhook_events WHERE (account_id, id) IN
             (SELECT account_id, id FROM webhook_events WHERE created_at <= $1 ORDER BY created_at LIMIT $2)",
    )
    .bind(now() - age)
    .bind(limit)
    .execute(db)
    .await
}
