//! Charges of stored cards, by the caller's idempotency key or the site's name of the sale. A sale is paid once,
//! however often it is requested. The row of a sale that was paid must never be changed.

use sqlx::{FromRow, SqliteExecutor};

use super::StoreError;
use super::owners::OwnerId;
use crate::clock::now;
use crate::secret::Fingerprint;

#[derive(Debug, FromRow)]
pub struct Charge {
    request_hash: Option<Vec<u8>>,
    /// The number of the attempt, counted from 0. Each has its own idempotency key at the gateway.
    pub attempt: u32,
    /// The payment (`pi_…`), once it succeeded.
    pub payment_id: Option<String>,
}

impl Charge {
    /// Whether it was requested with the same card and amount.
    pub fn is_same_request(&self, request: Fingerprint) -> bool {
        self.request_hash.as_deref() == Some(request.as_bytes())
    }
}

pub async fn find(
    db: impl SqliteExecutor<'_>,
    owner: OwnerId,
    key: Fingerprint,
) -> Result<Option<Charge>, StoreError> {
    Ok(sqlx::query_as(
        "SELECT request_hash, attempt, payment_id FROM charges WHERE owner_id = ? AND key_hash = ?",
    )
    .bind(owner)
    .bind(key.as_bytes())
    .fetch_optional(db)
    .await?)
}

/// Records a charge before the gateway is called. An earlier request under the same key stays, unless it was declined.
pub async fn insert_or_get(
    db: impl SqliteExecutor<'_>,
    owner: OwnerId,
    key: Fingerprint,
    request: Fingerprint,
) -> Result<Charge, StoreError> {
    Ok(sqlx::query_as(
        "INSERT INTO charges (owner_id, key_hash, request_hash, created_at) VALUES (?, ?, ?, ?)
         ON CONFLICT (owner_id, key_hash) DO UPDATE SET request_hash = coalesce(request_hash, excluded.request_hash)
         RETURNING request_hash, attempt, payment_id",
    )
    .bind(owner)
    .bind(key.as_bytes())
    .bind(request.as_bytes())
    .bind(now())
    .fetch_one(db)
    .await?)
}

pub async fn mark_paid(
    db: impl SqliteExecutor<'_>,
    owner: OwnerId,
    key: Fingerprint,
    payment: &str,
) -> Result<(), StoreError> {
    sqlx::query("UPDATE charges SET payment_id = ? WHERE owner_id = ? AND key_hash = ?")
        .bind(payment)
        .bind(owner)
        .bind(key.as_bytes())
        .execute(db)
        .await?;
    Ok(())
}

/// Closes an attempt that failed for good. The next one may use another card and amount.
pub async fn start_next_attempt(
    db: impl SqliteExecutor<'_>,
    owner: OwnerId,
    key: Fingerprint,
    attempt: u32,
) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE charges SET attempt = attempt + 1, request_hash = NULL
         WHERE owner_id = ? AND key_hash = ? AND attempt = ? AND payment_id IS NULL",
    )
    .bind(owner)
    .bind(key.as_bytes())
    .bind(attempt)
    .execute(db)
    .await?;
    Ok(())
}
