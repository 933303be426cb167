//! Payment methods that were let go because no save came: whoever comes too late with one enters the card again.

use sqlx::SqliteExecutor;

use super::StoreError;
use super::owners::OwnerId;
use crate::clock::{Seconds, now};

/// Records that a payment method is let go; twice is once.
///
/// # Errors
/// When the database refuses.
pub async fn insert(
    db: impl SqliteExecutor<'_>,
    payment_method: &str,
    owner: OwnerId,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO let_go (payment_method, owner_id, created_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
    )
    .bind(payment_method)
    .bind(owner)
    .bind(now())
    .execute(db)
    .await?;
    Ok(())
}

/// Whether a payment method was let go.
///
/// # Errors
/// When the database refuses.
pub async fn contains(
    db: impl SqliteExecutor<'_>,
    payment_method: &str,
) -> Result<bool, StoreError> {
    Ok(
        sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM let_go WHERE payment_method = ?)")
            .bind(payment_method)
            .fetch_one(db)
            .await?,
    )
}

/// Forgets what was let go so long ago: the gateway refuses it by itself by then.
///
/// # Errors
/// When the database refuses.
pub async fn forget(db: impl SqliteExecutor<'_>, after: Seconds) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM let_go WHERE created_at <= ?")
        .bind(now() - after)
        .execute(db)
        .await?;
    Ok(())
}
