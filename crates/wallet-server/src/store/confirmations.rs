//! Confirmations under way: the idempotency key is stored before the gateway is called.

use sqlx::SqliteExecutor;

use super::StoreError;
use super::owners::OwnerId;
use crate::clock::now;

/// The key to confirm this payment method with: the stored one when an earlier try ended unclear, else the new one.
///
/// # Errors
/// When the database refuses.
pub async fn key(
    db: impl SqliteExecutor<'_>,
    owner: OwnerId,
    payment_method: &str,
    fresh: &str,
) -> Result<String, StoreError> {
    Ok(sqlx::query_scalar(
        "INSERT INTO confirmations (owner_id, payment_method, idempotency_key, created_at) VALUES (?, ?, ?, ?)
         ON CONFLICT (owner_id, payment_method) DO UPDATE SET created_at = created_at RETURNING idempotency_key",
    )
    .bind(owner)
    .bind(payment_method)
    .bind(fresh)
    .bind(now())
    .fetch_one(db)
    .await?)
}

/// Forgets the key: the gateway's answer was clear.
///
/// # Errors
/// When the database refuses.
pub async fn settle(
    db: impl SqliteExecutor<'_>,
    owner: OwnerId,
    payment_method: &str,
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM confirmations WHERE owner_id = ? AND payment_method = ?")
        .bind(owner)
        .bind(payment_method)
        .execute(db)
        .await?;
    Ok(())
}
