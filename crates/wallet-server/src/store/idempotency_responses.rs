//! Responses by the caller's idempotency key. A repeated request gets the stored response for one day, as at Stripe:
//! <https://docs.stripe.com/api/idempotent_requests>. It must never store a client secret.

use sqlx::{FromRow, SqliteExecutor};

use super::StoreError;
use super::owners::OwnerId;
use crate::clock::{DAY, now};
use crate::secret::Fingerprint;

/// A response that was sent before.
#[derive(Debug, FromRow)]
pub struct StoredResponse {
    pub request_hash: Vec<u8>,
    /// The HTTP status.
    pub status: u16,
    /// The body, as JSON.
    pub body: String,
    /// The language of the body's sentence, if it has one.
    pub language: Option<String>,
}

pub async fn find(
    db: impl SqliteExecutor<'_>,
    owner: OwnerId,
    key: Fingerprint,
) -> Result<Option<StoredResponse>, StoreError> {
    Ok(sqlx::query_as(
        "SELECT request_hash, status, body, language FROM idempotency_responses
         WHERE owner_id = ? AND key_hash = ? AND created_at > ?",
    )
    .bind(owner)
    .bind(key.as_bytes())
    .bind(now() - DAY)
    .fetch_optional(db)
    .await?)
}

/// Stores the response for a key. If the key has one already, that one stays.
pub async fn insert(
    db: impl SqliteExecutor<'_>,
    owner: OwnerId,
    key: Fingerprint,
    request: Fingerprint,
    (status, body, language): (u16, &str, Option<&str>),
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO idempotency_responses (owner_id, key_hash, request_hash, status, body, language, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?)
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
pub async fn delete_expired(db: impl SqliteExecutor<'_>) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM idempotency_responses WHERE created_at <= ?")
        .bind(now() - DAY)
        .execute(db)
        .await?;
    Ok(())
}
