//! Payment methods that were confirmed and then detached, because no save came. A late save of one is refused, and the
//! card must be entered again. A payment method in this table must never be saved.

use super::owners::OwnerId;
use crate::{Executor, StoreError, query};
use wallet_core::clock::{Seconds, now};

pub async fn insert(
    db: impl Executor<'_>,
    payment_method: &str,
    owner: OwnerId,
) -> Result<(), StoreError> {
    query(
        "INSERT INTO abandoned_payment_methods (payment_method, owner_id, created_at) VALUES ($1, $2, $3)
         ON CONFLICT DO NOTHING",
    )
    .bind(payment_method)
    .bind(owner)
    .bind(now())
    .execute(db)
    .await?;
    Ok(())
}

pub async fn contains(db: impl Executor<'_>, payment_method: &str) -> Result<bool, StoreError> {
    query("SELECT EXISTS (SELECT 1 FROM abandoned_payment_methods WHERE payment_method = $1)")
        .bind(payment_method)
        .scalar(db)
        .await
}

/// Deletes at most `limit` old rows, and returns how many. The gateway itself refuses a payment method that was detached
/// so long ago.
pub async fn delete_older_than(
    db: impl Executor<'_>,
    age: Seconds,
    limit: u32,
) -> Result<u64, StoreError> {
    query(
        "DELETE FROM abandoned_payment_methods WHERE payment_method IN
             (SELECT payment_method FROM abandoned_payment_methods WHERE created_at <= $1 ORDER BY created_at LIMIT $2)",
    )
    .bind(now() - age)
    .bind(limit)
    .execute(db)
    .await
}
