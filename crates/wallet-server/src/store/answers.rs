//! Answers by the caller's idempotency key, replayed for a day (as the gateway does). No client secret is in them.

use sqlx::{FromRow, SqliteExecutor};

use super::StoreError;
use super::owners::OwnerId;
use crate::clock::{DAY, now};
use crate::secret::Fingerprint;

/// A stored answer.
#[derive(Debug, FromRow)]
pub struct Answer {
    /// The fingerprint of the request it answered.
    pub request_hash: Vec<u8>,
    /// HTTP status.
    pub status: u16,
    /// JSON.
    pub body: String,
    /// The tag of its sentence's language, where it has one.
    pub language: Option<String>,
}

/// Finds the answer to a key.
///
/// # Errors
/// When the database refuses.
pub async fn find(
    db: impl SqliteExecutor<'_>,
    owner: OwnerId,
    key: Fingerprint,
) -> Result<Option<Answer>, StoreError> {
    Ok(sqlx::query_as(
        "SELECT request_hash, status, body, language FROM answers WHERE owner_id = ? AND key_hash = ? AND created_at > ?",
    )
    .bind(owner)
    .bind(key.as_bytes())
    .bind(now() - DAY)
    .fetch_optional(db)
    .await?)
}

/// Keeps the answer to a key; the first one stays.
///
/// # Errors
/// When the database refuses.
pub async fn insert(
    db: impl SqliteExecutor<'_>,
    owner: OwnerId,
    key: Fingerprint,
    request: Fingerprint,
    (status, body, language): (u16, &str, Option<&str>),
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO answers (owner_id, key_hash, request_hash, status, body, language, created_at)
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

/// Forgets answers older than a day.
///
/// # Errors
/// When the database refuses.
pub async fn sweep(db: impl SqliteExecutor<'_>) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM answers WHERE created_at <= ?")
        .bind(now() - DAY)
        .execute(db)
        .await?;
    Ok(())
}
