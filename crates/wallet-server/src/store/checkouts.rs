//! Checkouts this server made: whose they are, and which of one reference is the one that counts.

use sqlx::{FromRow, SqliteExecutor};

use super::StoreError;
use crate::clock::now;
use crate::secret::Fingerprint;

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

/// What a checkout was asked for with, so that a repeat is known.
#[derive(Debug, Clone, Copy)]
pub struct Asked {
    /// The caller's idempotency key.
    pub key: Fingerprint,
    /// The request.
    pub request: Fingerprint,
}

/// The checkout of an earlier request.
#[derive(Debug, FromRow)]
pub struct Earlier {
    /// The gateway's session.
    pub session_id: String,
    request_hash: Vec<u8>,
}

impl Earlier {
    /// Whether it was asked for with this very request.
    #[must_use]
    pub fn is_of(&self, request: Fingerprint) -> bool {
        self.request_hash == request.as_bytes()
    }
}

/// Finds the checkout of a key.
///
/// # Errors
/// When the database refuses.
pub async fn of_key(
    db: impl SqliteExecutor<'_>,
    account_id: i64,
    key: Fingerprint,
) -> Result<Option<Earlier>, StoreError> {
    Ok(sqlx::query_as(
        "SELECT session_id, request_hash FROM checkouts WHERE account_id = ? AND key_hash = ?",
    )
    .bind(account_id)
    .bind(key.as_bytes())
    .fetch_optional(db)
    .await?)
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
    asked: Option<Asked>,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO checkouts (session_id, account_id, reference, state, key_hash, request_hash, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(session)
    .bind(account_id)
    .bind(reference)
    .bind(State::Current)
    .bind(asked.as_ref().map(|asked| asked.key.as_bytes()))
    .bind(asked.as_ref().map(|asked| asked.request.as_bytes()))
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
