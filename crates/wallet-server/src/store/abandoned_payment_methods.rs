//! Payment methods that were confirmed and then detached, because no save came. A late save of one is refused, and the
//! card must be entered again. A payment method in this table must never be saved.

use sqlx::SqliteExecutor;

use super::StoreError;
use super::owners::OwnerId;
use crate::clock::{Seconds, now};

pub async fn insert(
    db: impl SqliteExecutor<'_>,
    payment_method: &str,
    owner: OwnerId,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO abandoned_payment_methods (payment_method, owner_id, created_at) VALUES (?, ?, ?)
         ON CONFLICT DO NOTHING",
    )
    .bind(payment_method)
    .bind(owner)
    .bind(now())
    .execute(db)
    .await?;
    Ok(())
}

pub async fn contains(
    db: impl SqliteExecutor<'_>,
    payment_method: &str,
) -> Result<bool, StoreError> {
    Ok(sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM abandoned_payment_methods WHERE payment_method = ?)",
    )
    .bind(payment_method)
    .fetch_one(db)
    .await?)
}

/// Deletes old rows. The gateway itself refuses a payment method that was detached so long ago.
pub async fn delete_older_than(
    db: impl SqliteExecutor<'_>,
    age: Seconds,
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM abandoned_payment_methods WHERE created_at <= ?")
        .bind(now() - age)
        .execute(db)
        .await?;
    Ok(())
}
