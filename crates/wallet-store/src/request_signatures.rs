//! Request signatures that were used. They carry no date, so a signature that changed something is refused for ever.
//! The fingerprint of such a signature must never be deleted.

use crate::{Executor, StoreError, StorePool, query};
use sqlx::FromRow;

use wallet_core::clock::{DAY, now};
use wallet_core::secret::Fingerprint;

/// A claim that was not renewed for so long is void: its request never ended, for example because of a crash.
pub const CLAIM_TIMEOUT_SECONDS: i64 = 60;

/// An earlier request with the same signature.
#[derive(Debug, FromRow)]
pub struct EarlierRequest {
    /// The HTTP status of its response; `None` while it is in progress.
    pub status: Option<i64>,
    /// The body of its response; `None` after one day, or if it held a secret.
    pub body: Option<String>,
}

/// Claims a signature for a request. Returns the earlier request if there is one, and then claims nothing.
pub async fn claim(
    db: &StorePool,
    account_id: i64,
    signature: Fingerprint,
) -> Result<Option<EarlierRequest>, StoreError> {
    let at = now();
    let claimed = query(
        "INSERT INTO request_signatures (account_id, fingerprint, created_at) VALUES ($1, $2, $3)
         ON CONFLICT (account_id, fingerprint) DO UPDATE SET created_at = $3
         WHERE request_signatures.status IS NULL AND request_signatures.created_at < $4",
    )
    .bind(account_id)
    .bind(signature.as_bytes())
    .bind(at)
    .bind(at - CLAIM_TIMEOUT_SECONDS)
    .execute(db)
    .await?;
    if claimed == 1 {
        return Ok(None);
    }
    let earlier = query(
        "SELECT status, body FROM request_signatures WHERE account_id = $1 AND fingerprint = $2",
    )
    .bind(account_id)
    .bind(signature.as_bytes())
    .fetch_optional(db)
    .await?;
    // If the claim was released between the two statements, the request counts as in progress.
    Ok(Some(earlier.unwrap_or(EarlierRequest {
        status: None,
        body: None,
    })))
}

/// Extends a claim whose request is still in progress.
pub async fn renew(
    db: impl Executor<'_>,
    account_id: i64,
    signature: Fingerprint,
) -> Result<(), StoreError> {
    query(
        "UPDATE request_signatures SET created_at = $1
         WHERE account_id = $2 AND fingerprint = $3 AND status IS NULL",
    )
    .bind(now())
    .bind(account_id)
    .bind(signature.as_bytes())
    .execute(db)
    .await?;
    Ok(())
}

/// Stores the response of a request. `body` is `None` if it must not be stored.
pub async fn complete(
    db: impl Executor<'_>,
    account_id: i64,
    signature: Fingerprint,
    status: u16,
    body: Option<&str>,
) -> Result<(), StoreError> {
    query(
        "UPDATE request_signatures SET status = $1, body = $2 WHERE account_id = $3 AND fingerprint = $4",
    )
    .bind(status)
    .bind(body)
    .bind(account_id)
    .bind(signature.as_bytes())
    .execute(db)
    .await?;
    Ok(())
}

/// Releases a claim whose request changed nothing. The signature may be used again.
pub async fn release(
    db: impl Executor<'_>,
    account_id: i64,
    signature: Fingerprint,
) -> Result<(), StoreError> {
    query(
        "DELETE FROM request_signatures WHERE account_id = $1 AND fingerprint = $2 AND status IS NULL",
    )
    .bind(account_id)
    .bind(signature.as_bytes())
    .execute(db)
    .await?;
    Ok(())
}

/// Deletes at most `limit` response bodies older than one day, and returns how many. The fingerprint of a signature that
/// changed something is never deleted: without a date in it, the signature would be valid again.
pub async fn delete_expired_bodies(db: impl Executor<'_>, limit: u32) -> Result<u64, StoreError> {
    query(
        "UPDATE request_signatures SET body = NULL WHERE (account_id, fingerprint) IN
             (SELECT account_id, fingerprint FROM request_signatures WHERE body IS NOT NULL AND created_at <= $1
              ORDER BY created_at LIMIT $2)",
    )
    .bind(now() - DAY)
    .bind(limit)
    .execute(db)
    .await
}

/// Deletes at most `limit` claims whose request never ended, and returns how many.
pub async fn delete_expired_claims(db: impl Executor<'_>, limit: u32) -> Result<u64, StoreError> {
    query(
        "DELETE FROM request_signatures WHERE (account_id, fingerprint) IN
             (SELECT account_id, fingerprint FROM request_signatures WHERE status IS NULL AND created_at <= $1
              ORDER BY created_at LIMIT $2)",
    )
    .bind(now() - DAY)
    .bind(limit)
    .execute(db)
    .await
}
