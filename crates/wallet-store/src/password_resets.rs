//! Tokens that set a new password once. Only fingerprints of tokens are stored.
//!
//! Called by the calls for password resets. An e-mail address without a user gets a row too, with no owner: so the same work
//! is done for it, and nobody learns who is a user. A token must never be stored in clear.

use crate::{Executor, StoreConnection, StoreError, query};
use wallet_core::clock::{MINUTE, Seconds, now};
use wallet_core::ids::OwnerId;
use wallet_core::secret::Fingerprint;

/// How long a token is valid: long enough for an e-mail to arrive and to be read.
pub const LIFETIME: Seconds = 30 * MINUTE;

/// Adds a token, and returns when it ends. Earlier tokens of the same person end at once.
pub async fn insert(
    db: &mut StoreConnection,
    account_id: i64,
    owner: Option<OwnerId>,
    token: Fingerprint,
) -> Result<Seconds, StoreError> {
    query("DELETE FROM password_resets WHERE owner_id = $1")
        .bind(owner)
        .execute(&mut *db)
        .await?;
    let expires_at = now().saturating_add(LIFETIME);
    query(
        "INSERT INTO password_resets (token_hash, account_id, owner_id, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(token.as_bytes())
    .bind(account_id)
    .bind(owner)
    .bind(now())
    .bind(expires_at)
    .execute(db)
    .await?;
    Ok(expires_at)
}

/// Whether a token of this account is stored and has not expired. It may belong to nobody.
pub async fn is_open(
    db: impl Executor<'_>,
    account_id: i64,
    token: Fingerprint,
) -> Result<bool, StoreError> {
    query(
        "SELECT EXISTS (SELECT 1 FROM password_resets
                        WHERE token_hash = $1 AND account_id = $2 AND expires_at > $3)",
    )
    .bind(token.as_bytes())
    .bind(account_id)
    .bind(now())
    .scalar(db)
    .await
}

/// Uses a token up, and returns the person whose password it sets. Of two that use it at once, one gets the person.
pub async fn take(
    db: impl Executor<'_>,
    account_id: i64,
    token: Fingerprint,
) -> Result<Option<OwnerId>, StoreError> {
    let owner: Option<Option<i64>> = query(
        "DELETE FROM password_resets WHERE token_hash = $1 AND account_id = $2 AND expires_at > $3
         RETURNING owner_id",
    )
    .bind(token.as_bytes())
    .bind(account_id)
    .bind(now())
    .optional_scalar(db)
    .await?;
    Ok(owner.flatten().map(OwnerId))
}

/// Deletes at most `limit` expired tokens.
pub async fn delete_expired(db: impl Executor<'_>, limit: u32) -> Result<(), StoreError> {
    query(
        "DELETE FROM password_resets WHERE token_hash IN
             (SELECT token_hash FROM password_resets WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2)",
    )
    .bind(now())
    .bind(limit)
    .execute(db)
    .await?;
    Ok(())
}
