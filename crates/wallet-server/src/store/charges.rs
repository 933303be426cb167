//! Charges of stored cards by the name they were asked under, so that one is done once, however often it is asked for.

use sqlx::{FromRow, SqliteExecutor};

use super::StoreError;
use super::owners::OwnerId;
use crate::clock::now;
use crate::secret::Fingerprint;

/// A charge that was asked for.
#[derive(Debug, FromRow)]
pub struct Charge {
    request_hash: Option<Vec<u8>>,
    /// Tells the tries of one sale apart.
    pub attempt: u32,
    /// What it was paid with, once it was.
    pub payment_id: Option<String>,
}

impl Charge {
    /// Whether it was asked for with this very request.
    #[must_use]
    pub fn is_of(&self, request: Fingerprint) -> bool {
        self.request_hash.as_deref() == Some(request.as_bytes())
    }
}

/// Finds a charge by its name.
///
/// # Errors
/// When the database refuses.
pub async fn find(
    db: impl SqliteExecutor<'_>,
    owner: OwnerId,
    name: Fingerprint,
) -> Result<Option<Charge>, StoreError> {
    Ok(sqlx::query_as(
        "SELECT request_hash, attempt, payment_id FROM charges WHERE owner_id = ? AND name_hash = ?",
    )
    .bind(owner)
    .bind(name.as_bytes())
    .fetch_optional(db)
    .await?)
}

/// Writes down that it is asked for, before the gateway is. What was asked before under this name stays, unless that was
/// refused.
///
/// # Errors
/// When the database refuses.
pub async fn ask(
    db: impl SqliteExecutor<'_>,
    owner: OwnerId,
    name: Fingerprint,
    request: Fingerprint,
) -> Result<Charge, StoreError> {
    Ok(sqlx::query_as(
        "INSERT INTO charges (owner_id, name_hash, request_hash, created_at) VALUES (?, ?, ?, ?)
         ON CONFLICT (owner_id, name_hash) DO UPDATE SET request_hash = coalesce(request_hash, excluded.request_hash)
         RETURNING request_hash, attempt, payment_id",
    )
    .bind(owner)
    .bind(name.as_bytes())
    .bind(request.as_bytes())
    .bind(now())
    .fetch_one(db)
    .await?)
}

/// It was paid.
///
/// # Errors
/// When the database refuses.
pub async fn settle(
    db: impl SqliteExecutor<'_>,
    owner: OwnerId,
    name: Fingerprint,
    payment: &str,
) -> Result<(), StoreError> {
    sqlx::query("UPDATE charges SET payment_id = ? WHERE owner_id = ? AND name_hash = ?")
        .bind(payment)
        .bind(owner)
        .bind(name.as_bytes())
        .execute(db)
        .await?;
    Ok(())
}

/// This attempt was refused for good: the next one is another, of any card and amount.
///
/// # Errors
/// When the database refuses.
pub async fn give_up(
    db: impl SqliteExecutor<'_>,
    owner: OwnerId,
    name: Fingerprint,
    attempt: u32,
) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE charges SET attempt = attempt + 1, request_hash = NULL
         WHERE owner_id = ? AND name_hash = ? AND attempt = ? AND payment_id IS NULL",
    )
    .bind(owner)
    .bind(name.as_bytes())
    .bind(attempt)
    .execute(db)
    .await?;
    Ok(())
}
