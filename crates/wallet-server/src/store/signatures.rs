//! Signatures under which something was changed, so that the same request, sent again, changes nothing.

use sqlx::{FromRow, SqliteExecutor};

use super::StoreError;
use crate::clock::{DAY, now};
use crate::secret::Fingerprint;

/// A claim that was not renewed for so many seconds is over: its request never ended, such as by a crash.
pub const ABANDONED_SECONDS: i64 = 60;

/// What became of an earlier request with the same signature.
#[derive(Debug, FromRow)]
pub struct Earlier {
    /// Its status; none while it is under way.
    pub status: Option<u16>,
    /// Its answer; none once it is a day old, or when it was a secret.
    pub body: Option<String>,
}

/// Claims a signature for a request. `Some`: an earlier one has it.
///
/// # Errors
/// When the database refuses.
pub async fn claim(
    db: impl SqliteExecutor<'_> + Copy,
    account_id: i64,
    signature: Fingerprint,
) -> Result<Option<Earlier>, StoreError> {
    let at = now();
    let claimed = sqlx::query(
        "INSERT INTO signatures (account_id, fingerprint, created_at) VALUES (?1, ?2, ?3)
         ON CONFLICT (account_id, fingerprint) DO UPDATE SET created_at = ?3
         WHERE status IS NULL AND created_at < ?4",
    )
    .bind(account_id)
    .bind(signature.as_bytes())
    .bind(at)
    .bind(at - ABANDONED_SECONDS)
    .execute(db)
    .await?;
    if claimed.rows_affected() == 1 {
        return Ok(None);
    }
    let earlier = sqlx::query_as(
        "SELECT status, body FROM signatures WHERE account_id = ? AND fingerprint = ?",
    )
    .bind(account_id)
    .bind(signature.as_bytes())
    .fetch_optional(db)
    .await?;
    // Given up between the two statements: as good as under way.
    Ok(Some(earlier.unwrap_or(Earlier {
        status: None,
        body: None,
    })))
}

/// Says that the request of a claim is still under way.
///
/// # Errors
/// When the database refuses.
pub async fn renew(
    db: impl SqliteExecutor<'_>,
    account_id: i64,
    signature: Fingerprint,
) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE signatures SET created_at = ?
         WHERE account_id = ? AND fingerprint = ? AND status IS NULL",
    )
    .bind(now())
    .bind(account_id)
    .bind(signature.as_bytes())
    .execute(db)
    .await?;
    Ok(())
}

/// Keeps the answer, or only that there was one.
///
/// # Errors
/// When the database refuses.
pub async fn settle(
    db: impl SqliteExecutor<'_>,
    account_id: i64,
    signature: Fingerprint,
    status: u16,
    body: Option<&str>,
) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE signatures SET status = ?, body = ? WHERE account_id = ? AND fingerprint = ?",
    )
    .bind(status)
    .bind(body)
    .bind(account_id)
    .bind(signature.as_bytes())
    .execute(db)
    .await?;
    Ok(())
}

/// Gives a claim up: nothing was changed.
///
/// # Errors
/// When the database refuses.
pub async fn give_up(
    db: impl SqliteExecutor<'_>,
    account_id: i64,
    signature: Fingerprint,
) -> Result<(), StoreError> {
    sqlx::query(
        "DELETE FROM signatures WHERE account_id = ? AND fingerprint = ? AND status IS NULL",
    )
    .bind(account_id)
    .bind(signature.as_bytes())
    .execute(db)
    .await?;
    Ok(())
}

/// Forgets answers older than a day, and requests that never ended. A signature under which something was done is
/// never forgotten: it has no date, and would be good again.
///
/// # Errors
/// When the database refuses.
pub async fn sweep(db: impl SqliteExecutor<'_> + Copy) -> Result<(), StoreError> {
    sqlx::query("UPDATE signatures SET body = NULL WHERE body IS NOT NULL AND created_at <= ?")
        .bind(now() - DAY)
        .execute(db)
        .await?;
    sqlx::query("DELETE FROM signatures WHERE status IS NULL AND created_at <= ?")
        .bind(now() - DAY)
        .execute(db)
        .await?;
    Ok(())
}
