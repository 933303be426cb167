//! Idempotency keys of callers, recorded with the request's hash before the work is done. A key is kept for one day after
//! its last use, as at Stripe: <https://docs.stripe.com/api/idempotent_requests>.
//!
//! Called by the write routes of `wallet-server`. Several servers on one database agree through these rows. It must never
//! store a client secret, and never accept a key for two different requests.

use crate::{Executor, StoreError, StorePool, query, text_enum};
use sqlx::FromRow;

use super::owners::OwnerId;
use wallet_core::clock::{DAY, Seconds, now};
use wallet_core::secret::Fingerprint;

/// A claim that was not renewed for so long is void: its request never ended, for example because of a crash.
pub const CLAIM_TIMEOUT_SECONDS: Seconds = 60;

/// How often a claim is tried again when the row changed between its two statements.
const CLAIM_ATTEMPTS: u32 = 3;

text_enum! {
    /// What is known of the work of a key.
    pub enum KeyState {
        /// A process does the work, and renews its claim meanwhile.
        InProgress = "in_progress",
        /// The work ended without an answer that is kept. The same request may be done again.
        Released = "released",
        /// The work ended. The same request gets the stored answer.
        Finished = "finished",
    }
}

/// Whose key it is. Keys of two scopes are independent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyScope {
    /// The wallet of one owner.
    Owner(OwnerId),
    /// An account, for calls without an owner.
    Account(i64),
}

impl KeyScope {
    fn to_text(self) -> String {
        match self {
            Self::Owner(owner) => format!("owner:{}", owner.0),
            Self::Account(account) => format!("account:{account}"),
        }
    }

    fn owner(self) -> Option<OwnerId> {
        match self {
            Self::Owner(owner) => Some(owner),
            Self::Account(_) => None,
        }
    }
}

/// A request with an idempotency key.
#[derive(Debug, Clone, Copy)]
pub struct KeyedRequest {
    /// Whose key it is.
    pub scope: KeyScope,
    /// The fingerprint of the key.
    pub key: Fingerprint,
    /// The fingerprint of the request's content.
    pub request: Fingerprint,
}

/// The number of a claim on a key. Only the newest claim may end the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClaimNumber(i64);

/// A response that was sent before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredResponse {
    /// The HTTP status.
    pub status: u16,
    /// The body, as JSON.
    pub body: String,
    /// The language of the body's sentence, if it has one.
    pub language: Option<String>,
}

/// What a request with a key is to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyClaim {
    /// It does the work, and ends it with this number.
    Claimed(ClaimNumber),
    /// It waits: the same request is being worked on.
    InProgress,
    /// It returns this response.
    Finished(StoredResponse),
    /// It is refused: the key belongs to another request.
    OtherRequest,
}

#[derive(Debug, FromRow)]
struct KeyRow {
    request_hash: Vec<u8>,
    #[sqlx(try_from = "String")]
    state: KeyState,
    status: Option<i64>,
    body: Option<String>,
    language: Option<String>,
    updated_at: i64,
}

impl KeyRow {
    /// What a request does at this time, if the row decides it; `None` if the request may claim the key.
    fn decide(self, request: Fingerprint, at: Seconds) -> Result<Option<KeyClaim>, StoreError> {
        if self.updated_at <= at - DAY {
            return Ok(None);
        }
        if self.request_hash != request.as_bytes() {
            return Ok(Some(KeyClaim::OtherRequest));
        }
        let invalid = || StoreError::InvalidRow("idempotency key");
        match (self.state, self.status, self.body) {
            (KeyState::Finished, Some(status), Some(body)) => {
                Ok(Some(KeyClaim::Finished(StoredResponse {
                    status: u16::try_from(status).map_err(|_| invalid())?,
                    body,
                    language: self.language,
                })))
            }
            (KeyState::Finished, ..) => Err(invalid()),
            (KeyState::InProgress, ..) if self.updated_at >= at - CLAIM_TIMEOUT_SECONDS => {
                Ok(Some(KeyClaim::InProgress))
            }
            _ => Ok(None),
        }
    }
}

/// Claims the key for a request before its work, or says what else the request is to do. A request that waits only
/// reads.
pub async fn claim(db: &StorePool, request: &KeyedRequest) -> Result<KeyClaim, StoreError> {
    for _ in 0..CLAIM_ATTEMPTS {
        let at = now();
        let row: Option<KeyRow> = query(
            "SELECT request_hash, state, status, body, language, updated_at FROM idempotency_keys
             WHERE scope = $1 AND key_hash = $2",
        )
        .bind(request.scope.to_text())
        .bind(request.key.as_bytes())
        .fetch_optional(db)
        .await?;
        if let Some(row) = row
            && let Some(decided) = row.decide(request.request, at)?
        {
            return Ok(decided);
        }
        if let Some(number) = insert_or_take_over(db, request, at).await? {
            return Ok(KeyClaim::Claimed(ClaimNumber(number)));
        }
    }
    Ok(KeyClaim::InProgress)
}

/// Writes the claim, unless another process was faster since the row was read.
async fn insert_or_take_over(
    db: &StorePool,
    request: &KeyedRequest,
    at: Seconds,
) -> Result<Option<i64>, StoreError> {
    query(
        "INSERT INTO idempotency_keys (scope, key_hash, owner_id, request_hash, state, claim, updated_at)
         VALUES ($1, $2, $3, $4, 'in_progress', 1, $5)
         ON CONFLICT (scope, key_hash) DO UPDATE
         SET request_hash = excluded.request_hash, state = 'in_progress', claim = idempotency_keys.claim + 1,
             status = NULL, body = NULL, language = NULL, updated_at = excluded.updated_at
         WHERE idempotency_keys.updated_at <= $6
            OR (idempotency_keys.request_hash = excluded.request_hash
                AND (idempotency_keys.state = 'released'
                     OR (idempotency_keys.state = 'in_progress' AND idempotency_keys.updated_at < $7)))
         RETURNING claim",
    )
    .bind(request.scope.to_text())
    .bind(request.key.as_bytes())
    .bind(request.scope.owner())
    .bind(request.request.as_bytes())
    .bind(at)
    .bind(at - DAY)
    .bind(at - CLAIM_TIMEOUT_SECONDS)
    .optional_scalar(db)
    .await
}

/// Extends a claim whose work is still being done.
pub async fn renew(
    db: impl Executor<'_>,
    request: &KeyedRequest,
    claim: ClaimNumber,
) -> Result<(), StoreError> {
    query(
        "UPDATE idempotency_keys SET updated_at = $1
         WHERE scope = $2 AND key_hash = $3 AND claim = $4 AND state = 'in_progress'",
    )
    .bind(now())
    .bind(request.scope.to_text())
    .bind(request.key.as_bytes())
    .bind(claim.0)
    .execute(db)
    .await?;
    Ok(())
}

/// Ends the work of a claim with a response that every repeat gets. Returns `false` if the claim was void by then.
pub async fn finish(
    db: impl Executor<'_>,
    request: &KeyedRequest,
    claim: ClaimNumber,
    response: &StoredResponse,
) -> Result<bool, StoreError> {
    let written = query(
        "UPDATE idempotency_keys SET state = 'finished', status = $1, body = $2, language = $3, updated_at = $4
         WHERE scope = $5 AND key_hash = $6 AND claim = $7 AND state = 'in_progress'",
    )
    .bind(response.status)
    .bind(&response.body)
    .bind(response.language.as_deref())
    .bind(now())
    .bind(request.scope.to_text())
    .bind(request.key.as_bytes())
    .bind(claim.0)
    .execute(db)
    .await?;
    Ok(written == 1)
}

/// Ends the work of a claim without an answer that is kept. The hash of the request stays.
pub async fn release(
    db: impl Executor<'_>,
    request: &KeyedRequest,
    claim: ClaimNumber,
) -> Result<(), StoreError> {
    query(
        "UPDATE idempotency_keys SET state = 'released', updated_at = $1
         WHERE scope = $2 AND key_hash = $3 AND claim = $4 AND state = 'in_progress'",
    )
    .bind(now())
    .bind(request.scope.to_text())
    .bind(request.key.as_bytes())
    .bind(claim.0)
    .execute(db)
    .await?;
    Ok(())
}

/// Deletes at most `limit` keys that were last used a day ago, and returns how many. No claim lasts so long.
pub async fn delete_expired(db: impl Executor<'_>, limit: u32) -> Result<u64, StoreError> {
    query(
        "DELETE FROM idempotency_keys WHERE (scope, key_hash) IN
             (SELECT scope, key_hash FROM idempotency_keys WHERE updated_at <= $1 ORDER BY updated_at LIMIT $2)",
    )
    .bind(now() - DAY)
    .bind(limit)
    .execute(db)
    .await
}
