//! Sessions: which token speaks for which owner. Only fingerprints of tokens are kept.

use sqlx::SqliteExecutor;

use super::StoreError;
use super::owners::{Owner, OwnerId, OwnerKind};
use crate::clock::now;
use crate::secret::Fingerprint;

/// Opens a session of so many seconds.
///
/// # Errors
/// When the database refuses.
pub async fn insert(
    db: impl SqliteExecutor<'_>,
    token: Fingerprint,
    owner: OwnerId,
    seconds: i64,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO sessions (token_hash, owner_id, created_at, expires_at) VALUES (?, ?, ?, ?)",
    )
    .bind(token.as_bytes())
    .bind(owner)
    .bind(now())
    .bind(now().saturating_add(seconds))
    .execute(db)
    .await?;
    Ok(())
}

/// Finds the owner a live token of this kind speaks for.
///
/// # Errors
/// When the database refuses.
pub async fn owner(
    db: impl SqliteExecutor<'_>,
    token: Fingerprint,
    kind: OwnerKind,
) -> Result<Option<Owner>, StoreError> {
    Ok(sqlx::query_as(
        "SELECT o.id, o.account_id, o.kind, o.customer_id, o.created_at
         FROM sessions s JOIN owners o ON o.id = s.owner_id
         WHERE s.token_hash = ? AND s.expires_at > ? AND o.kind = ?",
    )
    .bind(token.as_bytes())
    .bind(now())
    .bind(kind)
    .fetch_optional(db)
    .await?)
}

/// Ends a session; the token is dead when this returns.
///
/// # Errors
/// When the database refuses.
pub async fn delete(db: impl SqliteExecutor<'_>, token: Fingerprint) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM sessions WHERE token_hash = ?")
        .bind(token.as_bytes())
        .execute(db)
        .await?;
    Ok(())
}

/// Forgets sessions that have run out.
///
/// # Errors
/// When the database refuses.
pub async fn sweep(db: impl SqliteExecutor<'_>) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM sessions WHERE expires_at <= ?")
        .bind(now())
        .execute(db)
        .await?;
    Ok(())
}
