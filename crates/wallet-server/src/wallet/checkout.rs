//! Checkouts: a payment on the gateway's page or in the site's. Of one reference only the newest can be paid.

use std::sync::Arc;

use crate::app::App;
use crate::clock::HOUR;
use crate::config::Account;
use crate::error::ApiError;
use crate::gateway::{CheckoutSession, GatewayError, NewCheckout};
use crate::store::checkouts::{self, Asked, Earlier, State};
use crate::store::outbox::{self, Action};

const NOT_HERE: ApiError = ApiError::NotFound("There is no such checkout.");

/// The gateway's word for a session whose time is over.
const EXPIRED: &str = "expired";

/// Makes a checkout; an older one of the same reference can no longer be paid.
///
/// The gateway makes the session first: one that is recorded nowhere was given to nobody. Of several made at once, the
/// last one recorded counts, and each of the others is expired by whoever took its place. What the gateway cannot be
/// told now it is told later. A request that comes again with its key gets the session it made, as that is now.
///
/// # Errors
/// 422 when the key came with another request; 429 above the hourly limit of one reference; 503 when the gateway does
/// not answer.
pub async fn open_checkout(
    app: &App,
    account: &Arc<Account>,
    reference: &str,
    order: NewCheckout,
    asked: Option<Asked>,
) -> Result<CheckoutSession, ApiError> {
    if let Some(asked) = asked
        && let Some(earlier) = checkouts::of_key(app.store.pool(), account.id, asked.key).await?
    {
        return again(app, account, &earlier, asked).await;
    }
    let tries = format!("checkout {} {reference}", account.id);
    app.limiter
        .take(&tries, app.config.limits.intents_per_hour, HOUR)?;
    let key = asked.map(|asked| asked.key.to_hex());
    let gateway = app.gateway.of(account);
    let session = gateway.create_checkout(order, key.as_deref()).await?;
    let mut tx = app.store.write().await?;
    if let Some(asked) = asked
        && let Some(earlier) = checkouts::of_key(&mut *tx, account.id, asked.key).await?
    {
        // The same request was quicker; the gateway gave both the same session.
        drop(tx);
        return again(app, account, &earlier, asked).await;
    }
    let older = checkouts::replace(&mut *tx, account.id, reference).await?;
    if let Some(older) = &older {
        outbox::insert(&mut *tx, account.id, Action::Expire, older).await?;
    }
    checkouts::insert(&mut *tx, account.id, reference, &session.id, asked).await?;
    tx.commit().await?;
    if let Some(older) = older {
        expire(app, account, &older).await?;
    }
    Ok(session)
}

async fn again(
    app: &App,
    account: &Arc<Account>,
    earlier: &Earlier,
    asked: Asked,
) -> Result<CheckoutSession, ApiError> {
    if !earlier.is_of(asked.request) {
        let words = "This key was already used for another request.";
        return Err(ApiError::Refused(words.to_owned()));
    }
    read_checkout(app, account, &earlier.session_id).await
}

/// Tries it at once, so that the answer finds the older page closed; the errand is there if that fails.
async fn expire(app: &App, account: &Account, session: &str) -> Result<(), ApiError> {
    match app.gateway.of(account).expire_checkout(session).await {
        Ok(_) | Err(GatewayError::Moved | GatewayError::Missing) => {
            outbox::strike(app.store.pool(), Action::Expire, session).await?;
        }
        Err(error) => {
            tracing::warn!(%error, "an older checkout is expired later");
            app.bell.ring();
        }
    }
    Ok(())
}

/// Reads how far a checkout of this account is. One that was replaced counts as expired at once, unless it was paid.
///
/// # Errors
/// 404 when it is not this account's; 503 when the gateway does not answer.
pub async fn read_checkout(
    app: &App,
    account: &Arc<Account>,
    session: &str,
) -> Result<CheckoutSession, ApiError> {
    let known = checkouts::find(app.store.pool(), account.id, session)
        .await?
        .ok_or(NOT_HERE)?;
    let mut session = match app.gateway.of(account).checkout(&known.session_id).await {
        Err(GatewayError::Missing) => return Err(NOT_HERE),
        other => other?,
    };
    if known.state == State::Replaced && session.status == "open" {
        session.status = EXPIRED.to_owned();
    }
    Ok(session)
}
