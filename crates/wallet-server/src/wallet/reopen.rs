//! Giving an open intent again: whoever opens the form twice, or in two tabs, and types nothing, has tried no card.
//!
//! Called when an intent is wanted, in its owner's turn. It must never give an intent that a card was tried with: that
//! one was a try, and the next is another.

use std::sync::Arc;

use super::{breaker, limits};
use crate::app::App;
use crate::clock::HOUR;
use crate::config::Account;
use crate::error::ApiError;
use crate::gateway::{GatewayError, IntentStatus, SetupIntent};
use crate::limiter::Place;
use crate::secret::Fingerprint;
use crate::store::attempts;
use crate::store::intents::{self, Reusable};
use crate::store::owners::{self, Owner};

/// How often an open intent is read and given again, for each intent allowed.
const READS_PER_INTENT: u32 = 5;

/// The owner's open intent of the same kind, if nothing was done with it yet.
///
/// # Errors
/// 429 above the limits; 503 when gateway or database do not answer.
pub(super) async fn reopen(
    app: &App,
    account: &Arc<Account>,
    owner: &Owner,
    place: Option<&Place>,
    save_when_confirmed: bool,
) -> Result<Option<SetupIntent>, ApiError> {
    let pool = app.store.pool();
    // An intent whose answer was lost is asked for first: it would stay at the gateway unknown.
    if attempts::pending(pool, owner.id, None).await?.is_some() {
        return Ok(None);
    }
    let wanted = Reusable {
        owner: owner.id,
        save_when_confirmed,
    };
    let Some(id) = intents::reusable(pool, &wanted).await? else {
        return Ok(None);
    };
    let mut tx = app.store.write().await?;
    breaker::check(&mut tx, account).await?;
    limits::check_day(app, &mut tx, owner).await?;
    drop(tx);
    let reads = app
        .config
        .limits
        .intents_per_hour
        .saturating_mul(READS_PER_INTENT);
    app.limiter
        .take(&format!("reopen {}", owner.id.0), reads, HOUR)?;
    let intent = match app.gateway.of(account).intent(&id).await {
        Err(GatewayError::Missing) => return Ok(None),
        other => other?,
    };
    let known = owners::find(pool, owner.account_id, owner.id).await?;
    let customer = known.and_then(|owner| owner.customer_id);
    let is_unused = intent.status == IntentStatus::RequiresPaymentMethod
        && intent.last_setup_error.is_none()
        && intent.customer == customer
        && intent.livemode == account.livemode();
    if !is_unused {
        return Ok(None);
    }
    let place = place.map(|place| place.fingerprint(app.store.instance()));
    // It may be given up by now, or be about to be cancelled.
    let given = intents::give(pool, &id, place.as_ref().map(Fingerprint::as_bytes)).await?;
    Ok(given.then_some(intent))
}
