//! The claim on an idempotency key: one request does the work and renews its claim, the others wait for its answer.
//!
//! Called by [`super`]. A waiting request must never do the work while another one holds the claim.

use std::time::{Duration, Instant};

use tokio::time::{sleep, timeout};

use super::other_request;
use crate::app::App;
use crate::error::ApiError;
use wallet_store::idempotency_keys::{
    self, ClaimNumber, KeyClaim, KeyScope, KeyedRequest, StoredResponse,
};

/// The maximum time that a repeat waits for the answer of the first request.
const MAX_WAIT: Duration = Duration::from_secs(8);

const POLL_INTERVAL: Duration = Duration::from_millis(100);

/// The time after which a repeat may be sent again if the first request is still in progress, in seconds.
const RETRY_AFTER_SECONDS: i64 = 2;

/// The interval in which long work renews its claim: see [`idempotency_keys::CLAIM_TIMEOUT_SECONDS`].
const RENEW_INTERVAL: Duration = Duration::from_secs(15);

/// What a request with a key does.
pub(super) enum Claim {
    /// It does the work.
    Claimed(ClaimedKey),
    /// It returns the answer of an earlier request.
    Finished(StoredResponse),
}

/// A key whose work this request does.
pub(super) struct ClaimedKey {
    request: KeyedRequest,
    number: ClaimNumber,
}

/// Claims the key of a request, or waits for the answer of the request that has claimed it.
///
/// # Errors
/// 422 if the key was used for another request; [`ApiError::RequestInProgress`] if the first request is still being
/// worked on after the wait; 429 if too many requests of the owner wait.
pub(super) async fn claim_or_wait(app: &App, request: KeyedRequest) -> Result<Claim, ApiError> {
    let wait = MAX_WAIT.min(app.config.request_timeout / 2);
    let started = Instant::now();
    loop {
        match idempotency_keys::claim(app.store.pool(), &request).await? {
            KeyClaim::Claimed(number) => {
                return Ok(Claim::Claimed(ClaimedKey { request, number }));
            }
            KeyClaim::Finished(stored) => return Ok(Claim::Finished(stored)),
            KeyClaim::OtherRequest => return Err(other_request()),
            KeyClaim::InProgress => {}
        }
        let left = wait.saturating_sub(started.elapsed());
        if left.is_zero() {
            return Err(ApiError::RequestInProgress(RETRY_AFTER_SECONDS));
        }
        wait_for_change(app, request.scope, left).await?;
    }
}

/// Waits until the answer may be there. In this process the work holds the owner's lock; the lock also limits how many
/// requests of one owner wait.
async fn wait_for_change(app: &App, scope: KeyScope, left: Duration) -> Result<(), ApiError> {
    let started = Instant::now();
    if let KeyScope::Owner(owner) = scope {
        match timeout(left, app.owner_locks.lock_for_request(owner)).await {
            Ok(lock) => drop(lock?),
            Err(_) => return Ok(()),
        }
    }
    if started.elapsed() < POLL_INTERVAL {
        sleep(POLL_INTERVAL.min(left)).await;
    }
    Ok(())
}

impl ClaimedKey {
    /// Runs the work, and renews the claim meanwhile.
    pub async fn run<T>(&self, app: &App, work: impl Future<Output = T>) -> T {
        let mut work = std::pin::pin!(work);
        loop {
            if let Ok(done) = timeout(RENEW_INTERVAL, &mut work).await {
                return done;
            }
            let renewed =
                idempotency_keys::renew(app.store.pool(), &self.request, self.number).await;
            if let Err(error) = renewed {
                tracing::warn!(%error, "claim of an idempotency key not renewed");
            }
        }
    }

    /// Stores the answer. The work is done, so that a failure of the database does not change what is answered: the
    /// claim becomes void, and a repeat finds what was done.
    pub async fn finish(self, app: &App, response: &StoredResponse) {
        let pool = app.store.pool();
        match idempotency_keys::finish(pool, &self.request, self.number, response).await {
            Ok(true) => {}
            Ok(false) => tracing::warn!("answer not stored: the claim of its key was void"),
            Err(error) => tracing::warn!(%error, "answer not stored under its idempotency key"),
        }
    }

    /// Lets the same request be done again.
    pub async fn release(self, app: &App) {
        let pool = app.store.pool();
        let released = idempotency_keys::release(pool, &self.request, self.number).await;
        if let Err(error) = released {
            tracing::warn!(%error, "idempotency key not released: its claim becomes void");
        }
    }
}
