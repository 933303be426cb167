//! Tries to enter a card, recorded before the gateway hears of them: a refused one has been a try, too.

use sqlx::{FromRow, SqliteExecutor};

use super::StoreError;
use super::owners::OwnerId;
use crate::clock::{DAY, HOUR, Seconds, now};
use crate::secret::Fingerprint;

/// How long a key asks again: the gateway remembers it for a day, <https://docs.stripe.com/api/idempotent_requests>.
const KEY_LASTS: Seconds = 23 * HOUR;

/// A try whose answer is not clear yet.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Pending {
    /// Its row.
    pub id: i64,
    /// The idempotency key to ask with.
    pub pending_key: String,
}

/// A new try.
#[derive(Debug, Clone, Copy)]
pub struct New<'a> {
    /// With which account.
    pub account_id: i64,
    /// Whose.
    pub owner: OwnerId,
    /// Where it came from; none: a site's own server.
    pub place: Option<Fingerprint>,
    /// The card this server confirms itself; none: a browser confirms.
    pub payment_method: Option<&'a str>,
    /// The idempotency key, never used before.
    pub key: &'a str,
}

/// The owner's try of the same thing whose answer never came.
///
/// # Errors
/// When the database refuses.
pub async fn pending(
    db: impl SqliteExecutor<'_>,
    owner: OwnerId,
    payment_method: Option<&str>,
) -> Result<Option<Pending>, StoreError> {
    Ok(sqlx::query_as(
        "SELECT id, pending_key FROM attempts
         WHERE owner_id = ? AND payment_method IS ? AND pending_key IS NOT NULL AND created_at > ?
         ORDER BY id LIMIT 1",
    )
    .bind(owner)
    .bind(payment_method)
    .bind(now() - KEY_LASTS)
    .fetch_optional(db)
    .await?)
}

/// Records a try.
///
/// # Errors
/// When the database refuses.
pub async fn insert(db: impl SqliteExecutor<'_>, new: &New<'_>) -> Result<Pending, StoreError> {
    Ok(sqlx::query_as(
        "INSERT INTO attempts (account_id, owner_id, place, payment_method, pending_key, created_at)
         VALUES (?, ?, ?, ?, ?, ?) RETURNING id, pending_key",
    )
    .bind(new.account_id)
    .bind(new.owner)
    .bind(new.place.as_ref().map(Fingerprint::as_bytes))
    .bind(new.payment_method)
    .bind(new.key)
    .bind(now())
    .fetch_one(db)
    .await?)
}

/// The answer was clear: the key is done with, the try stays counted.
///
/// # Errors
/// When the database refuses.
pub async fn settle(db: impl SqliteExecutor<'_>, id: i64) -> Result<(), StoreError> {
    sqlx::query("UPDATE attempts SET pending_key = NULL WHERE id = ?")
        .bind(id)
        .execute(db)
        .await?;
    Ok(())
}

/// It was none: the gateway made nothing.
///
/// # Errors
/// When the database refuses.
pub async fn take_back(db: impl SqliteExecutor<'_>, id: i64) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM attempts WHERE id = ?")
        .bind(id)
        .execute(db)
        .await?;
    Ok(())
}

/// When the `nth` newest of the owner's tries in the last hour was; none: there are fewer.
///
/// # Errors
/// When the database refuses.
pub async fn nth_of_owner(
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

/// The same of a place, over all its owners.
///
/// # Errors
/// When the database refuses.
pub async fn nth_of_place(
    db: impl SqliteExecutor<'_>,
    place: Fingerprint,
    nth: u32,
) -> Result<Option<Seconds>, StoreError> {
    Ok(sqlx::query_scalar(
        "SELECT created_at FROM attempts WHERE place = ? AND created_at > ?
         ORDER BY created_at DESC LIMIT 1 OFFSET ?",
    )
    .bind(place.as_bytes())
    .bind(now() - HOUR)
    .bind(nth.saturating_sub(1))
    .fetch_optional(db)
    .await?)
}

/// Forgets tries older than a day: no limit looks further back.
///
/// # Errors
/// When the database refuses.
pub async fn sweep(db: impl SqliteExecutor<'_>) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM attempts WHERE created_at <= ?")
        .bind(now() - DAY)
        .execute(db)
        .await?;
    Ok(())
}
