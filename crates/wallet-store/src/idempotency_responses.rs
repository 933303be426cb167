//! Responses by the caller's idempotency key. A repeated request gets the stored response for one day, as at Stripe:
//! <https://docs.stripe.com/api/idempotent_requests>. It must never store a client secret.

use crate::{Executor, StoreError, query};
use sqlx::FromRow;

use super::owners::OwnerId;
use wallet_core::clock::{DAY, now};
use wallet_core::secret::Fingerprint;

/// A response that was sent before.
#[derive(Debug, FromRow)]
pub struct StoredResponse {
    pub request_hash: Vec<u8>,
    /// The HTTP status.
    #[sqlx(try_from = "i64")]
    pub status: u16,
    /// The body, as JSON.
    pub body: String,
    /// The language of the body's sentence, if it has one.
    pub language: Option<String>,
}

pub async fn find(
    db: impl Executor<'_>,
    owner: OwnerId,
    key: Fingerprint,
) -> Result<Option<StoredResponse>, StoreError> {
    query(
        "SELECT request_hash, status, body, language FROM idempotency_responses
         WHERE owner_id = $1 AND key_hash = $2 AND created_at > $3",
    )
    .bind(owner)
    .bind(key.as_bytes())
    .bind(now() - DAY)
    .fetch_optional(db)
    .await
}

/// Stores the response for a key. If the key has one already, that one stays.
pub async fn insert(
    db: impl Executor<'_>,
    owner: OwnerId,
    key: Fingerprint,
    request: Fingerprint,
    (status, body, language): (u16, &str, Option<&str>),
) -> Result<(), StoreError> {
    query(
        "INSERT INTO idempotency_responses (owner_id, key_hash, request_hash, status, body, language, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT DO NOTHING",
    )
    .bind(owner)
    .bind(key.as_bytes())
    .bind(request.as_bytes())
    .bind(status)
    .bind(body)
    .bind(language)
    .bind(now())
    .execute(db)
    .await?;
    Ok(())
}

/// Deletes responses older than one day.
pub async fn delete_expired(db: impl Executor<'_>) -> Result<(), StoreError> {
    query("DELETE FROM idempotency_responses WHERE created_at <= $1")
        .bind(now() - DAY)
        .execute(db)
        .await?;
    Ok(())
}
