//! Checkouts this server made: whose they are, and which of one reference is the one that counts.

use sqlx::{FromRow, SqliteExecutor};

use super::StoreError;
use crate::clock::now;

/// Whether a checkout still counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type)]
#[sqlx(rename_all = "lowercase")]
pub enum State {
    /// It is the newest of its reference.
    Current,
    /// A newer one took its place.
    Replaced,
}

/// A checkout.
#[derive(Debug, Clone, FromRow)]
pub struct Checkout {
    /// The gateway's session.
    pub session_id: String,
    /// Whether it still counts.
    pub state: State,
}

/// Records a new checkout as the one that counts. Its reference must have no other: see [`replace`].
///
/// # Errors
/// When the database refuses.
pub async fn insert(
    db: impl SqliteExecutor<'_>,
    account_id: i64,
    reference: &str,
    session: &str,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO checkouts (session_id, account_id, reference, state, created_at) VALUES (?, ?, ?, ?, ?)",
    )
    .bind(session)
    .bind(account_id)
    .bind(reference)
    .bind(State::Current)
    .bind(now())
    .execute(db)
    .await?;
    Ok(())
}

/// Takes the place of the checkout that counts for a reference; its session, if there was one.
///
/// # Errors
/// When the database refuses.
pub async fn replace(
    db: impl SqliteExecutor<'_>,
    account_id: i64,
    reference: &str,
) -> Result<Option<String>, StoreError> {
    Ok(sqlx::query_scalar(
        "UPDATE checkouts SET state = 'replaced' WHERE account_id = ? AND reference = ? AND state = 'current'
         RETURNING session_id",
    )
    .bind(account_id)
    .bind(reference)
    .fetch_optional(db)
    .await?)
}

/// Finds a checkout of an account.
///
/// # Errors
/// When the database refuses.
pub async fn find(
    db: impl SqliteExecutor<'_>,
    account_id: i64,
    session: &str,
) -> Result<Option<Checkout>, StoreError> {
    Ok(sqlx::query_as(
        "SELECT session_id, state FROM checkouts WHERE account_id = ? AND session_id = ?",
    )
    .bind(account_id)
    .bind(session)
    .fetch_optional(db)
    .await?)
}
