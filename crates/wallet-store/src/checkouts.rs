//! Checkout sessions that this server created. Of one account and reference, one session at most is current. It must
//! never store a client secret or the URL of a session.

use crate::{Executor, StoreError, query, text_enum};
use sqlx::FromRow;

use wallet_core::clock::now;
use wallet_core::secret::Fingerprint;

text_enum! {
    pub enum CheckoutState {
        /// The newest session of its reference.
        Current = "current",
        /// A newer session of its reference exists.
        Replaced = "replaced",
    }
}

#[derive(Debug, Clone, FromRow)]
pub struct Checkout {
    /// The gateway's id, `cs_…`.
    pub session_id: String,
    #[sqlx(try_from = "String")]
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
    db: impl Executor<'_>,
    account_id: i64,
    key: Fingerprint,
) -> Result<Option<EarlierCheckout>, StoreError> {
    query("SELECT session_id, request_hash FROM checkouts WHERE account_id = $1 AND key_hash = $2")
        .bind(account_id)
        .bind(key.as_bytes())
        .fetch_optional(db)
        .await
}

/// Records a new session as the current one. Its reference must have no other current one: see [`mark_replaced`].
pub async fn insert(
    db: impl Executor<'_>,
    account_id: i64,
    reference: &str,
    session: &str,
    request: Option<IdempotentRequest>,
) -> Result<(), StoreError> {
    query(
        "INSERT INTO checkouts (session_id, account_id, reference, state, key_hash, request_hash, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
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
    db: impl Executor<'_>,
    account_id: i64,
    reference: &str,
) -> Result<Option<String>, StoreError> {
    query(
        "UPDATE checkouts SET state = 'replaced' WHERE account_id = $1 AND reference = $2 AND state = 'current'
         RETURNING session_id",
    )
    .bind(account_id)
    .bind(reference)
    .optional_scalar(db)
    .await
}

pub async fn find(
    db: impl Executor<'_>,
    account_id: i64,
    session: &str,
) -> Result<Option<Checkout>, StoreError> {
    query("SELECT session_id, state FROM checkouts WHERE account_id = $1 AND session_id = $2")
        .bind(account_id)
        .bind(session)
        .fetch_optional(db)
        .await
}
