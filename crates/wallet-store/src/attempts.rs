//! Card-entry attempts. Recorded before the gateway is called, so that declined attempts count against the limits. An
//! attempt that reached an issuer must never be deleted before it is one day old.

use crate::{Executor, StoreError, query};
use sqlx::FromRow;

use super::owners::OwnerId;
use wallet_core::clock::{DAY, HOUR, Seconds, now};
use wallet_core::secret::Fingerprint;

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
    db: impl Executor<'_>,
    owner: OwnerId,
    payment_method: Option<&str>,
) -> Result<Option<PendingAttempt>, StoreError> {
    query(
        "SELECT id, pending_key FROM attempts
         WHERE owner_id = $1 AND payment_method IS NOT DISTINCT FROM $2 AND pending_key IS NOT NULL AND created_at > $3
         ORDER BY id LIMIT 1",
    )
    .bind(owner)
    .bind(payment_method)
    .bind(now() - KEY_LIFETIME)
    .fetch_optional(db)
    .await
}

pub async fn insert(
    db: impl Executor<'_>,
    new: &NewAttempt<'_>,
) -> Result<PendingAttempt, StoreError> {
    query(
        "INSERT INTO attempts (account_id, owner_id, client_network, payment_method, pending_key, created_at)
         VALUES ($1, $2, $3, $4, $5, $6) RETURNING id, pending_key",
    )
    .bind(new.account_id)
    .bind(new.owner)
    .bind(new.network.as_ref().map(Fingerprint::as_bytes))
    .bind(new.payment_method)
    .bind(new.key)
    .bind(now())
    .fetch_one(db)
    .await
}

/// Drops the key of an attempt whose result is known. The attempt still counts.
pub async fn complete(db: impl Executor<'_>, id: i64) -> Result<(), StoreError> {
    query("UPDATE attempts SET pending_key = NULL WHERE id = $1")
        .bind(id)
        .execute(db)
        .await?;
    Ok(())
}

/// Deletes an attempt that does not count, because the gateway created nothing.
pub async fn delete(db: impl Executor<'_>, id: i64) -> Result<(), StoreError> {
    query("DELETE FROM attempts WHERE id = $1")
        .bind(id)
        .execute(db)
        .await?;
    Ok(())
}

/// The time of the owner's `nth` newest attempt in the last hour; `None` if there are fewer.
pub async fn nth_newest_of_owner(
    db: impl Executor<'_>,
    owner: OwnerId,
    nth: u32,
) -> Result<Option<Seconds>, StoreError> {
    query(
        "SELECT created_at FROM attempts WHERE owner_id = $1 AND created_at > $2
         ORDER BY created_at DESC LIMIT 1 OFFSET $3",
    )
    .bind(owner)
    .bind(now() - HOUR)
    .bind(nth.saturating_sub(1))
    .optional_scalar(db)
    .await
}

/// The time of the `nth` newest attempt from a network in the last hour, of all owners; `None` if there are fewer.
pub async fn nth_newest_of_network(
    db: impl Executor<'_>,
    network: Fingerprint,
    nth: u32,
) -> Result<Option<Seconds>, StoreError> {
    query(
        "SELECT created_at FROM attempts WHERE client_network = $1 AND created_at > $2
         ORDER BY created_at DESC LIMIT 1 OFFSET $3",
    )
    .bind(network.as_bytes())
    .bind(now() - HOUR)
    .bind(nth.saturating_sub(1))
    .optional_scalar(db)
    .await
}

/// Deletes at most `limit` attempts older than one day, and returns how many. No limit counts older ones.
pub async fn delete_expired(db: impl Executor<'_>, limit: u32) -> Result<u64, StoreError> {
    query(
        "DELETE FROM attempts WHERE id IN
             (SELECT id FROM attempts WHERE created_at <= $1 ORDER BY created_at LIMIT $2)",
    )
    .bind(now() - DAY)
    .bind(limit)
    .execute(db)
    .await
}
