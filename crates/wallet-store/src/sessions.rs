//! Sign-in sessions, by token. Only fingerprints of tokens are stored. A token must never be stored in clear.

use super::owners::{Owner, OwnerId, OwnerKind};
use crate::{Executor, StoreError, query};
use wallet_core::clock::{Seconds, now};
use wallet_core::secret::Fingerprint;

pub async fn insert(
    db: impl Executor<'_>,
    token: Fingerprint,
    owner: OwnerId,
    lifetime: Seconds,
) -> Result<(), StoreError> {
    query(
        "INSERT INTO sessions (token_hash, owner_id, created_at, expires_at) VALUES ($1, $2, $3, $4)",
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
    db: impl Executor<'_>,
    token: Fingerprint,
    kind: OwnerKind,
) -> Result<Option<Owner>, StoreError> {
    query(
        "SELECT o.id, o.account_id, o.customer_id, o.created_at
         FROM sessions s JOIN owners o ON o.id = s.owner_id
         WHERE s.token_hash = $1 AND s.expires_at > $2 AND o.kind = $3",
    )
    .bind(token.as_bytes())
    .bind(now())
    .bind(kind)
    .fetch_optional(db)
    .await
}

/// Ends all sessions of an owner.
pub async fn delete_of_owner(db: impl Executor<'_>, owner: OwnerId) -> Result<(), StoreError> {
    query("DELETE FROM sessions WHERE owner_id = $1")
        .bind(owner)
        .execute(db)
        .await?;
    Ok(())
}

/// Ends a session. The token is invalid when this returns.
pub async fn delete(db: impl Executor<'_>, token: Fingerprint) -> Result<(), StoreError> {
    query("DELETE FROM sessions WHERE token_hash = $1")
        .bind(token.as_bytes())
        .execute(db)
        .await?;
    Ok(())
}

/// Deletes at most `limit` sessions that have expired, and returns how many.
pub async fn delete_expired(db: impl Executor<'_>, limit: u32) -> Result<u64, StoreError> {
    query(
        "DELETE FROM sessions WHERE token_hash IN
             (SELECT token_hash FROM sessions WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2)",
    )
    .bind(now())
    .bind(limit)
    .execute(db)
    .await
}
