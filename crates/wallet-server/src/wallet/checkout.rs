//! Checkout sessions: payments on Stripe's page or embedded in the site's page. Of one reference, only the newest
//! session can be paid. Two sessions of one reference must never both be payable for long.

use crate::app::App;
use crate::clock::HOUR;
use crate::config::Account;
use crate::error::ApiError;
use crate::gateway::{CheckoutSession, GatewayError, NewCheckout};
use wallet_store::checkouts::{self, CheckoutState, EarlierCheckout, IdempotentRequest};
use wallet_store::outbox::{self, OutboxAction};

const NOT_FOUND: ApiError = ApiError::NotFound("There is no such checkout.");

/// The gateway's status of a session that can no longer be paid.
const EXPIRED: &str = "expired";

/// Creates a checkout session. An older session of the same reference can no longer be paid.
///
/// The gateway creates the session first. If it is then not recorded, nobody has received it. Of several that are
/// created at once, the last recorded one is current, and each of the others is expired by the request that replaced
/// it, or from the outbox if the gateway does not respond. A repeated request with the same key gets the session it
/// created, in its current state.
///
/// # Errors
/// 422 if the key was used for another request; 429 above the hourly limit of one reference; 503 if the gateway does
/// not respond.
pub async fn create_checkout(
    app: &App,
    account: &Account,
    reference: &str,
    order: NewCheckout,
    request: Option<IdempotentRequest>,
) -> Result<CheckoutSession, ApiError> {
    if let Some(request) = request
        && let Some(earlier) =
            checkouts::find_by_key(app.store.pool(), account.id, request.key).await?
    {
        return repeat(app, account, &earlier, request).await;
    }
    let key = format!("checkout {} {reference}", account.id);
    let limit = app.config.limits.intents_per_hour;
    app.limiter.count_attempt(&key, limit, HOUR)?;
    let key = request.map(|request| request.key.to_hex());
    let gateway = app.gateway.for_account(account);
    let session = gateway.create_checkout(order, key.as_deref()).await?;
    let mut tx = app.store.write().await?;
    if let Some(request) = request
        && let Some(earlier) = checkouts::find_by_key(&mut *tx, account.id, request.key).await?
    {
        // The same request ran in parallel and was recorded first. The gateway returned the same session to both.
        drop(tx);
        return repeat(app, account, &earlier, request).await;
    }
    let older = checkouts::mark_replaced(&mut *tx, account.id, reference).await?;
    if let Some(older) = &older {
        outbox::insert(&mut *tx, account.id, OutboxAction::Expire, older).await?;
    }
    checkouts::insert(&mut *tx, account.id, reference, &session.id, request).await?;
    tx.commit().await?;
    if let Some(older) = older {
        expire(app, account, &older).await?;
    }
    Ok(session)
}

async fn repeat(
    app: &App,
    account: &Account,
    earlier: &EarlierCheckout,
    request: IdempotentRequest,
) -> Result<CheckoutSession, ApiError> {
    if !earlier.is_same_request(request.request) {
        let sentence = "This key was already used for another request.";
        return Err(ApiError::Unprocessable(sentence.to_owned()));
    }
    retrieve_checkout(app, account, &earlier.session_id).await
}

/// Expires a session now, so that the older page is closed before the response is sent. If that fails, the outbox
/// retries.
async fn expire(app: &App, account: &Account, session: &str) -> Result<(), ApiError> {
    let gateway = app.gateway.for_account(account);
    match gateway.expire_checkout(session).await {
        Ok(_) | Err(GatewayError::UnexpectedState | GatewayError::NotFound) => {
            outbox::remove(app.store.pool(), OutboxAction::Expire, session).await?;
        }
        Err(error) => {
            tracing::warn!(%error, "expiring a replaced checkout session failed, retry scheduled");
            app.outbox.wake();
        }
    }
    Ok(())
}

/// Reads a checkout session of this account. A replaced session counts as expired at once, unless it was paid.
///
/// # Errors
/// 404 if it is not a session of this account; 503 if the gateway does not respond.
pub async fn retrieve_checkout(
    app: &App,
    account: &Account,
    session: &str,
) -> Result<CheckoutSession, ApiError> {
    let stored = checkouts::find(app.store.pool(), account.id, session)
        .await?
        .ok_or(NOT_FOUND)?;
    let gateway = app.gateway.for_account(account);
    let mut session = match gateway.checkout(&stored.session_id).await {
        Err(GatewayError::NotFound) => return Err(NOT_FOUND),
        other => other?,
    };
    if stored.state == CheckoutState::Replaced && session.status == "open" {
        session.status = EXPIRED.to_owned();
    }
    Ok(session)
}
