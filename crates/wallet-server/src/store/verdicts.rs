//! What banks said of cards that were tried: yes or no, never of which card.

use sqlx::{FromRow, SqliteExecutor};

use super::StoreError;
use crate::clock::{DAY, Seconds, now};
use crate::secret::Fingerprint;

/// A verdict.
#[derive(Debug, Clone, Copy)]
pub struct Verdict<'a> {
    /// The same for one verdict that is heard of twice.
    pub name: &'a str,
    /// With which account.
    pub account_id: i64,
    /// On which intent, if it was one.
    pub intent: Option<&'a str>,
    /// Where the try came from, if that is known.
    pub place: Option<&'a [u8]>,
    /// Whether the bank said no.
    pub refused: bool,
}

/// How many verdicts there were.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromRow)]
pub struct Count {
    /// All of them.
    pub all: u32,
    /// Those that said no.
    pub refused: u32,
}

/// Records a verdict; whether it was not known before.
///
/// # Errors
/// When the database refuses.
pub async fn insert(
    db: impl SqliteExecutor<'_>,
    verdict: &Verdict<'_>,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "INSERT INTO verdicts (name, account_id, intent_id, place, refused, created_at) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT DO NOTHING",
    )
    .bind(verdict.name)
    .bind(verdict.account_id)
    .bind(verdict.intent)
    .bind(verdict.place)
    .bind(verdict.refused)
    .bind(now())
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Those of an account later than a moment.
///
/// # Errors
/// When the database refuses.
pub async fn count(
    db: impl SqliteExecutor<'_>,
    account_id: i64,
    after: Seconds,
) -> Result<Count, StoreError> {
    Ok(sqlx::query_as(
        "SELECT COUNT(*) AS \"all\", COALESCE(SUM(refused), 0) AS refused FROM verdicts
         WHERE account_id = ? AND created_at > ?",
    )
    .bind(account_id)
    .bind(after)
    .fetch_one(db)
    .await?)
}

/// How often cards were refused on an intent.
///
/// # Errors
/// When the database refuses.
pub async fn refusals_of_intent(
    db: impl SqliteExecutor<'_>,
    intent: &str,
) -> Result<u32, StoreError> {
    Ok(
        sqlx::query_scalar("SELECT COUNT(*) FROM verdicts WHERE intent_id = ? AND refused = 1")
            .bind(intent)
            .fetch_one(db)
            .await?,
    )
}

/// How often cards from a place were refused since a moment.
///
/// # Errors
/// When the database refuses.
pub async fn refusals_of_place(
    db: impl SqliteExecutor<'_>,
    place: Fingerprint,
    after: Seconds,
) -> Result<u32, StoreError> {
    Ok(sqlx::query_scalar(
        "SELECT COUNT(*) FROM verdicts WHERE place = ? AND refused = 1 AND created_at > ?",
    )
    .bind(place.as_bytes())
    .bind(after)
    .fetch_one(db)
    .await?)
}

/// Forgets verdicts older than a day.
///
/// # Errors
/// When the database refuses.
pub async fn sweep(db: impl SqliteExecutor<'_>) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM verdicts WHERE created_at <= ?")
        .bind(now() - DAY)
        .execute(db)
        .await?;
    Ok(())
}
