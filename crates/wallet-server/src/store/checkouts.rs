//! Checkout sessions that this server created. Of one account and reference, one session at most is current. It must
//! never store a client secret or the URL of a session.

use sqlx::{FromRow, SqliteExecutor};

use super::StoreError;
use crate::clock::now;
use crate::secret::Fingerprint;

#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type)]
#[sqlx(rename_all = "lowercase")]
pub enum CheckoutState {
    /// The newest session of its reference.
    Current,
    /// A newer session of its reference exists.
    Replaced,
}

#[derive(Debug, Clone, FromRow)]
pub struct Checkout {
    /// The gateway's id, `cs_…`.
    pub session_id: String,
    pub state: CheckoutState,
}

/// A request with an idempotency key, by which a repeat is recognized.
#[derive(Debug, Clone, Copy)]
pub struct IdempotentRequest {
    pub key: Fingerprint,
    pub request: Fingerprint,
}

/// The session that an earlier request created.
#[derive(Debug, FromRow)]
pub struct EarlierCheckout {
    pub session_id: String,
    request_hash: Vec<u8>,
}

impl EarlierCheckout {
    pub fn is_same_request(&self, request: Fingerprint) -> bool {
        self.request_hash == request.as_bytes()
    }
}

pub async fn find_by_key(
    db: impl SqliteExecutor<'_>,
    account_id: i64,
    key: Fingerprint,
) -> Result<Option<EarlierCheckout>, StoreError> {
    Ok(sqlx::query_as(
        "SELECT session_id, request_hash FROM checkouts WHERE account_id = ? AND key_hash = ?",
    )
    .bind(account_id)
    .bind(key.as_bytes())
    .fetch_optional(db)
    .await?)
}

/// Records a new session as the current one. Its reference must have no other current one: see [`mark_replaced`].
pub async fn insert(
    db: impl SqliteExecutor<'_>,
    account_id: i64,
    reference: &str,
    session: &str,
    request: Option<IdempotentRequest>,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO checkouts (session_id, account_id, reference, state, key_hash, request_hash, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(session)
    .bind(account_id)
    .bind(reference)
    .bind(CheckoutState::Current)
    .bind(request.as_ref().map(|request| request.key.as_bytes()))
    .bind(request.as_ref().map(|request| request.request.as_bytes()))
    .bind(now())
    .execute(db)
    .await?;
    Ok(())
}

/// Marks the current session of a reference as replaced, and returns its id if there was one.
pub async fn mark_replaced(
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
