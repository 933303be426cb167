//! Sign-in sessions, by token. Only fingerprints of tokens are stored. A token must never be stored in clear.

use sqlx::SqliteExecutor;

use super::StoreError;
use super::owners::{Owner, OwnerId, OwnerKind};
use crate::clock::{Seconds, now};
use crate::secret::Fingerprint;

pub async fn insert(
    db: impl SqliteExecutor<'_>,
    token: Fingerprint,
    owner: OwnerId,
    lifetime: Seconds,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO sessions (token_hash, owner_id, created_at, expires_at) VALUES (?, ?, ?, ?)",
    )
    .bind(token.as_bytes())
    .bind(owner)
    .bind(now())
    .bind(now().saturating_add(lifetime))
    .execute(db)
    .await?;
    Ok(())
}

/// Finds the owner of a token that has not expired, if the owner is of this kind.
pub async fn find_owner(
    db: impl SqliteExecutor<'_>,
    token: Fingerprint,
    kind: OwnerKind,
) -> Result<Option<Owner>, StoreError> {
    Ok(sqlx::query_as(
        "SELECT o.id, o.account_id, o.customer_id, o.created_at
         FROM sessions s JOIN owners o ON o.id = s.owner_id
         WHERE s.token_hash = ? AND s.expires_at > ? AND o.kind = ?",
    )
    .bind(token.as_bytes())
    .bind(now())
    .bind(kind)
    .fetch_optional(db)
    .await?)
}

/// Ends a session. The token is invalid when this returns.
pub async fn delete(db: impl SqliteExecutor<'_>, token: Fingerprint) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM sessions WHERE token_hash = ?")
        .bind(token.as_bytes())
        .execute(db)
        .await?;
    Ok(())
}

pub async fn delete_expired(db: impl SqliteExecutor<'_>) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM sessions WHERE expires_at <= ?")
        .bind(now())
        .execute(db)
        .await?;
    Ok(())
}
