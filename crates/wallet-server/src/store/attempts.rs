//! Card-entry attempts. Recorded before the gateway is called, so that declined attempts count against the limits. An
//! attempt that reached an issuer must never be deleted before it is one day old.

use sqlx::{FromRow, SqliteExecutor};

use super::StoreError;
use super::owners::OwnerId;
use crate::clock::{DAY, HOUR, Seconds, now};
use crate::secret::Fingerprint;

/// How long a pending key is sent again. The gateway remembers it for a day:
/// <https://docs.stripe.com/api/idempotent_requests>.
const KEY_LIFETIME: Seconds = 23 * HOUR;

/// An attempt whose result at the gateway is not known yet.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct PendingAttempt {
    pub id: i64,
    /// The idempotency key to send to the gateway.
    pub pending_key: String,
}

#[derive(Debug, Clone, Copy)]
pub struct NewAttempt<'a> {
    pub account_id: i64,
    pub owner: OwnerId,
    /// The network the attempt came from; `None` if a booking site's server sent it.
    pub network: Option<Fingerprint>,
    /// The payment method that this server confirms; `None` if a browser confirms.
    pub payment_method: Option<&'a str>,
    /// A new idempotency key.
    pub key: &'a str,
}

/// Finds the owner's attempt of the same kind whose result is not known, so that it is continued.
pub async fn find_pending(
    db: impl SqliteExecutor<'_>,
    owner: OwnerId,
    payment_method: Option<&str>,
) -> Result<Option<PendingAttempt>, StoreError> {
    Ok(sqlx::query_as(
        "SELECT id, pending_key FROM attempts
         WHERE owner_id = ? AND payment_method IS ? AND pending_key IS NOT NULL AND created_at > ?
         ORDER BY id LIMIT 1",
    )
    .bind(owner)
    .bind(payment_method)
    .bind(now() - KEY_LIFETIME)
    .fetch_optional(db)
    .await?)
}

pub async fn insert(
    db: impl SqliteExecutor<'_>,
    new: &NewAttempt<'_>,
) -> Result<PendingAttempt, StoreError> {
    Ok(sqlx::query_as(
        "INSERT INTO attempts (account_id, owner_id, client_network, payment_method, pending_key, created_at)
         VALUES (?, ?, ?, ?, ?, ?) RETURNING id, pending_key",
    )
    .bind(new.account_id)
    .bind(new.owner)
    .bind(new.network.as_ref().map(Fingerprint::as_bytes))
    .bind(new.payment_method)
    .bind(new.key)
    .bind(now())
    .fetch_one(db)
    .await?)
}

/// Drops the key of an attempt whose result is known. The attempt still counts.
pub async fn complete(db: impl SqliteExecutor<'_>, id: i64) -> Result<(), StoreError> {
    sqlx::query("UPDATE attempts SET pending_key = NULL WHERE id = ?")
        .bind(id)
        .execute(db)
        .await?;
    Ok(())
}

/// Deletes an attempt that does not count, because the gateway created nothing.
pub async fn delete(db: impl SqliteExecutor<'_>, id: i64) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM attempts WHERE id = ?")
        .bind(id)
        .execute(db)
        .await?;
    Ok(())
}

/// The time of the owner's `nth` newest attempt in the last hour; `None` if there are fewer.
pub async fn nth_newest_of_owner(
    db: impl SqliteExecutor<'_>,
    owner: OwnerId,
    nth: u32,
) -> Result<Option<Seconds>, StoreError> {
    Ok(sqlx::query_scalar(
        "SELECT created_at FROM attempts WHERE owner_id = ? AND created_at > ?
         ORDER BY created_at DESC LIMIT 1 OFFSET ?",
    )
    .bind(owner)
    .bind(now() - HOUR)
    .bind(nth.saturating_sub(1))
    .fetch_optional(db)
    .await?)
}

/// The time of the `nth` newest attempt from a network in the last hour, of all owners; `None` if there are fewer.
pub async fn nth_newest_of_network(
    db: impl SqliteExecutor<'_>,
    network: Fingerprint,
    nth: u32,
) -> Result<Option<Seconds>, StoreError> {
    Ok(sqlx::query_scalar(
        "SELECT created_at FROM attempts WHERE client_network = ? AND created_at > ?
         ORDER BY created_at DESC LIMIT 1 OFFSET ?",
    )
    .bind(network.as_bytes())
    .bind(now() - HOUR)
    .bind(nth.saturating_sub(1))
    .fetch_optional(db)
    .await?)
}

/// Deletes attempts older than one day. No limit counts older ones.
pub async fn delete_expired(db: impl SqliteExecutor<'_>) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM attempts WHERE created_at <= ?")
        .bind(now() - DAY)
        .execute(db)
        .await?;
    Ok(())
}
