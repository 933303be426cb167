//! Charges of stored cards, by the caller's idempotency key or the site's name of the sale. A sale is paid once,
//! however often it is requested. The row of a sale that was paid must never be changed.

use crate::{Executor, StoreError, query};
use sqlx::FromRow;

use super::owners::OwnerId;
use wallet_core::clock::now;
use wallet_core::secret::Fingerprint;

#[derive(Debug, FromRow)]
pub struct Charge {
    request_hash: Option<Vec<u8>>,
    /// The number of the attempt, counted from 0. Each has its own idempotency key at the gateway.
    #[sqlx(try_from = "i64")]
    pub attempt: u32,
    /// The payment (`pi_…`) that was created for this attempt. It may not be confirmed yet.
    pub intent_id: Option<String>,
    /// An earlier version began the charge and stored no payment. The gateway's list says whether there is one.
    pub search_first: bool,
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
    db: impl Executor<'_>,
    owner: OwnerId,
    key: Fingerprint,
) -> Result<Option<Charge>, StoreError> {
    query(
        "SELECT request_hash, attempt, intent_id, search_first, payment_id FROM charges
         WHERE owner_id = $1 AND key_hash = $2",
    )
    .bind(owner)
    .bind(key.as_bytes())
    .fetch_optional(db)
    .await
}

/// Records a charge before the gateway is called. An earlier request under the same key stays, unless it was declined.
pub async fn insert_or_get(
    db: impl Executor<'_>,
    owner: OwnerId,
    key: Fingerprint,
    request: Fingerprint,
) -> Result<Charge, StoreError> {
    query(
        "INSERT INTO charges (owner_id, key_hash, request_hash, created_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (owner_id, key_hash) DO UPDATE SET request_hash = coalesce(charges.request_hash, excluded.request_hash)
         RETURNING request_hash, attempt, intent_id, search_first, payment_id",
    )
    .bind(owner)
    .bind(key.as_bytes())
    .bind(request.as_bytes())
    .bind(now())
    .fetch_one(db)
    .await
}

/// Records the payment of an attempt, before it is confirmed. Returns the payment that counts: of two that were created
/// at once, the first recorded one. `None` means that the attempt was closed meanwhile.
pub async fn set_intent(
    db: impl Executor<'_>,
    owner: OwnerId,
    key: Fingerprint,
    (attempt, intent): (u32, &str),
) -> Result<Option<String>, StoreError> {
    query(
        "UPDATE charges SET intent_id = coalesce(intent_id, $1), search_first = FALSE
         WHERE owner_id = $2 AND key_hash = $3 AND attempt = $4
         RETURNING intent_id",
    )
    .bind(intent)
    .bind(owner)
    .bind(key.as_bytes())
    .bind(attempt)
    .optional_scalar(db)
    .await
}

pub async fn mark_paid(
    db: impl Executor<'_>,
    owner: OwnerId,
    key: Fingerprint,
    payment: &str,
) -> Result<(), StoreError> {
    query("UPDATE charges SET payment_id = $1 WHERE owner_id = $2 AND key_hash = $3")
        .bind(payment)
        .bind(owner)
        .bind(key.as_bytes())
        .execute(db)
        .await?;
    Ok(())
}

/// Closes an attempt that failed for good. The next one may use another card and amount.
pub async fn start_next_attempt(
    db: impl Executor<'_>,
    owner: OwnerId,
    key: Fingerprint,
    attempt: u32,
) -> Result<(), StoreError> {
    query(
        "UPDATE charges SET attempt = attempt + 1, request_hash = NULL, intent_id = NULL, search_first = FALSE
         WHERE owner_id = $1 AND key_hash = $2 AND attempt = $3 AND payment_id IS NULL",
    )
    .bind(owner)
    .bind(key.as_bytes())
    .bind(attempt)
    .execute(db)
    .await?;
    Ok(())
}
