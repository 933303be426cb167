//! Intents this server made: the proof that a confirmed card belongs to an owner. The client secret is never kept.

use sqlx::{FromRow, SqliteExecutor};

use super::StoreError;
use super::owners::OwnerId;
use crate::clock::{DAY, now};
use crate::secret::Fingerprint;

/// How many recent intents a save looks at: a person who failed more often than this starts the form again.
const LOOKED_AT: i64 = 10;

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
        "SELECT i.state, i.place, i.confirmed_here FROM intents i JOIN owners o ON o.id = i.owner_id
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
}

/// Records an intent.
///
/// # Errors
/// When the database refuses.
pub async fn insert(db: impl SqliteExecutor<'_>, new: &New<'_>) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO intents (id, owner_id, state, place, confirmed_here, created_at) VALUES (?, ?, 'open', ?, ?, ?)
         ON CONFLICT DO NOTHING",
    )
    .bind(new.id)
    .bind(new.owner)
    .bind(new.place.as_ref().map(Fingerprint::as_bytes))
    .bind(new.confirmed_here)
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
        "UPDATE intents SET state = 'reaped' WHERE state = 'open' AND created_at <= ?
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
