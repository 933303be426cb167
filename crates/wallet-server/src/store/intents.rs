//! Intents this server made: the proof that a confirmed card belongs to an owner. The client secret is never kept.

use sqlx::{FromRow, SqliteExecutor};

use super::StoreError;
use super::owners::OwnerId;
use crate::clock::{DAY, HOUR, Seconds, now};
use crate::secret::Fingerprint;

/// How many recent intents a save looks at: a person who failed more often than this starts the form again.
const LOOKED_AT: i64 = 10;

/// How long an open intent is given again, in seconds: its proof is looked for within a day of its making.
const REUSABLE: Seconds = 12 * HOUR;

/// How many open intents are looked at before a wallet is shown: there is more than one only where cards were refused.
const SAVED_AT_ONCE: i64 = 3;

/// What became of an intent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type)]
#[sqlx(rename_all = "lowercase")]
pub enum State {
    /// It waits for a card, or for a save.
    Open,
    /// A save used it, or it is of no use to any.
    Spent,
    /// Nobody used it in time; the gateway is told.
    Reaped,
}

/// An intent, as it was recorded.
#[derive(Debug, Clone, FromRow)]
pub struct Intent {
    /// What became of it.
    pub state: State,
    /// Where it was asked for, as a fingerprint.
    pub place: Option<Vec<u8>>,
    /// Whether this server confirms it, rather than a browser.
    pub confirmed_here: bool,
    /// Whether its card is saved once it is confirmed, also when no save is asked for.
    pub save_when_confirmed: bool,
}

/// Finds an intent of an account's owners.
///
/// # Errors
/// When the database refuses.
pub async fn find(
    db: impl SqliteExecutor<'_>,
    account_id: i64,
    id: &str,
) -> Result<Option<Intent>, StoreError> {
    Ok(sqlx::query_as(
        "SELECT i.state, i.place, i.confirmed_here, i.save_when_confirmed FROM intents i JOIN owners o ON o.id = i.owner_id
         WHERE i.id = ? AND o.account_id = ?",
    )
    .bind(id)
    .bind(account_id)
    .fetch_optional(db)
    .await?)
}

/// A new intent.
#[derive(Debug, Clone, Copy)]
pub struct New<'a> {
    /// The gateway's id.
    pub id: &'a str,
    /// Whose.
    pub owner: OwnerId,
    /// Where it was asked for, as a fingerprint.
    pub place: Option<Fingerprint>,
    /// Whether this server confirms it, rather than a browser.
    pub confirmed_here: bool,
    /// Whether its card is saved once it is confirmed, also when no save is asked for.
    pub save_when_confirmed: bool,
}

/// Records an intent.
///
/// # Errors
/// When the database refuses.
pub async fn insert(db: impl SqliteExecutor<'_>, new: &New<'_>) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO intents (id, owner_id, state, place, confirmed_here, save_when_confirmed, created_at)
         VALUES (?, ?, 'open', ?, ?, ?, ?)
         ON CONFLICT DO NOTHING",
    )
    .bind(new.id)
    .bind(new.owner)
    .bind(new.place.as_ref().map(Fingerprint::as_bytes))
    .bind(new.confirmed_here)
    .bind(new.save_when_confirmed)
    .bind(now())
    .execute(db)
    .await?;
    Ok(())
}

/// The owner's intents of the last day that no save has used, newest first.
///
/// # Errors
/// When the database refuses.
pub async fn unspent(
    db: impl SqliteExecutor<'_>,
    owner: OwnerId,
) -> Result<Vec<String>, StoreError> {
    Ok(sqlx::query_scalar(
        "SELECT id FROM intents WHERE owner_id = ? AND state <> 'spent' AND created_at > ?
         ORDER BY created_at DESC, rowid DESC LIMIT ?",
    )
    .bind(owner)
    .bind(now() - DAY)
    .bind(LOOKED_AT)
    .fetch_all(db)
    .await?)
}

/// Which open intent may be given again.
#[derive(Debug, Clone, Copy)]
pub struct Reusable {
    /// Whose.
    pub owner: OwnerId,
    /// What it was made for.
    pub save_when_confirmed: bool,
}

/// The owner's newest open intent of this kind that a browser confirms.
///
/// # Errors
/// When the database refuses.
pub async fn reusable(
    db: impl SqliteExecutor<'_>,
    wanted: &Reusable,
) -> Result<Option<String>, StoreError> {
    Ok(sqlx::query_scalar(
        "SELECT id FROM intents WHERE owner_id = ? AND state = 'open' AND confirmed_here = 0
           AND save_when_confirmed = ? AND created_at > ?
         ORDER BY created_at DESC, rowid DESC LIMIT 1",
    )
    .bind(wanted.owner)
    .bind(wanted.save_when_confirmed)
    .bind(now() - REUSABLE)
    .fetch_optional(db)
    .await?)
}

/// Notes that an open intent is given to a page again; whether it is still open, and not to be cancelled.
///
/// # Errors
/// When the database refuses.
pub async fn give(
    db: impl SqliteExecutor<'_>,
    id: &str,
    place: Option<&[u8]>,
) -> Result<bool, StoreError> {
    let given = sqlx::query(
        "UPDATE intents SET given_at = ?, place = ? WHERE id = ? AND state = 'open'
           AND NOT EXISTS (SELECT 1 FROM outbox WHERE action = 'cancel' AND object_id = intents.id)",
    )
    .bind(now())
    .bind(place)
    .bind(id)
    .execute(db)
    .await?;
    Ok(given.rows_affected() > 0)
}

/// The owner's open intents whose card is saved once it is confirmed, newest first.
///
/// # Errors
/// When the database refuses.
pub async fn to_save(
    db: impl SqliteExecutor<'_>,
    owner: OwnerId,
) -> Result<Vec<String>, StoreError> {
    Ok(sqlx::query_scalar(
        "SELECT id FROM intents WHERE owner_id = ? AND state = 'open' AND save_when_confirmed = 1 AND created_at > ?
         ORDER BY created_at DESC, rowid DESC LIMIT ?",
    )
    .bind(owner)
    .bind(now() - DAY)
    .bind(SAVED_AT_ONCE)
    .fetch_all(db)
    .await?)
}

/// Marks an intent as used by a save, or of no use to any.
///
/// # Errors
/// When the database refuses.
pub async fn spend(db: impl SqliteExecutor<'_>, id: &str) -> Result<(), StoreError> {
    sqlx::query("UPDATE intents SET state = 'spent' WHERE id = ?")
        .bind(id)
        .execute(db)
        .await?;
    Ok(())
}

/// Marks an intent as given up.
///
/// # Errors
/// When the database refuses.
pub async fn close(db: impl SqliteExecutor<'_>, id: &str) -> Result<(), StoreError> {
    sqlx::query("UPDATE intents SET state = 'reaped' WHERE id = ? AND state = 'open'")
        .bind(id)
        .execute(db)
        .await?;
    Ok(())
}

/// Marks intents that stayed unused for so long and returns each with its account: they are to be cancelled.
///
/// # Errors
/// When the database refuses.
pub async fn reap(
    db: impl SqliteExecutor<'_>,
    after_seconds: i64,
) -> Result<Vec<(String, i64)>, StoreError> {
    Ok(sqlx::query_as(
        "UPDATE intents SET state = 'reaped' WHERE state = 'open' AND COALESCE(given_at, created_at) <= ?
         RETURNING id, (SELECT account_id FROM owners WHERE owners.id = intents.owner_id)",
    )
    .bind(now() - after_seconds)
    .fetch_all(db)
    .await?)
}

/// Forgets intents older than so many seconds.
///
/// # Errors
/// When the database refuses.
pub async fn forget(db: impl SqliteExecutor<'_>, after_seconds: i64) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM intents WHERE created_at <= ?")
        .bind(now() - after_seconds)
        .execute(db)
        .await?;
    Ok(())
}
