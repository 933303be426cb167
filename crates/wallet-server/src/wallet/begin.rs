//! Beginning: an intent for this owner, whose client secret the browser confirms.

use std::sync::Arc;

use super::limits;
use crate::app::App;
use crate::config::Account;
use crate::error::ApiError;
use crate::gateway::{GatewayError, SetupIntent};
use crate::limiter::Place;
use crate::secret::draw;
use crate::store::attempts::{self, Pending};
use crate::store::owners::Owner;
use crate::store::{cards, intents, owners};

/// Makes an intent for the owner, who called from `place` unless a site's server did. Its secret goes to the browser and
/// is kept nowhere.
///
/// # Errors
/// 422 when the wallet is full; 429 above the limits; 503 when the gateway does not answer.
pub async fn begin(
    app: &App,
    account: &Arc<Account>,
    owner: &Owner,
    place: Option<&Place>,
) -> Result<SetupIntent, ApiError> {
    let _turn = app.turns.take(owner.id).await;
    let cards = cards::of_owner(app.store.pool(), owner.id).await?.len();
    if account.system.kind().is_full(cards, &app.config.limits) {
        return Err(full());
    }
    let attempt = record(app, account, owner, place).await?;
    let customer = match ensure_customer(app, account, owner).await {
        Ok(customer) => customer,
        Err(error) => {
            attempts::take_back(app.store.pool(), attempt.id).await?;
            return Err(error);
        }
    };
    let gateway = app.gateway.of(account);
    let made = gateway.create_intent(&customer, &attempt.pending_key).await;
    let intent = recorded(app, owner, place, false, &attempt, made).await?;
    attempts::settle(app.store.pool(), attempt.id).await?;
    Ok(intent)
}

/// Writes the try down before the gateway is asked; one whose answer never came is gone on with.
async fn record(
    app: &App,
    account: &Arc<Account>,
    owner: &Owner,
    place: Option<&Place>,
) -> Result<Pending, ApiError> {
    let key = format!("begin:{}", draw()?.reveal());
    let mut tx = app.store.write().await?;
    if let Some(earlier) = attempts::pending(&mut *tx, owner.id, None).await? {
        return Ok(earlier);
    }
    let attempt = limits::admit(app, &mut tx, account, owner, place, None, &key).await?;
    tx.commit().await?;
    Ok(attempt)
}

/// Keeps an intent that was made. When none was, the try was none either; when nobody knows, it stays as it is.
pub(super) async fn recorded(
    app: &App,
    owner: &Owner,
    place: Option<&Place>,
    confirmed_here: bool,
    attempt: &Pending,
    made: Result<SetupIntent, GatewayError>,
) -> Result<SetupIntent, ApiError> {
    match made {
        Ok(intent) => {
            let new = intents::New {
                id: &intent.id,
                owner: owner.id,
                place: place.map(|place| place.fingerprint(app.store.instance())),
                confirmed_here,
            };
            intents::insert(app.store.pool(), &new).await?;
            Ok(intent)
        }
        Err(error @ (GatewayError::Unclear(_) | GatewayError::Unreadable(_))) => Err(error.into()),
        Err(error) => {
            attempts::take_back(app.store.pool(), attempt.id).await?;
            Err(error.into())
        }
    }
}

/// No room for another card.
pub(super) fn full() -> ApiError {
    ApiError::Refused("Your wallet is full. Please delete a card first.".to_owned())
}

/// The owner's customer at the gateway, made when there is none; of two made at once the first recorded stays.
pub(super) async fn ensure_customer(
    app: &App,
    account: &Arc<Account>,
    owner: &Owner,
) -> Result<String, ApiError> {
    // The caller's copy may be older than another request's work.
    let known = owners::find(app.store.pool(), owner.account_id, owner.id)
        .await?
        .and_then(|owner| owner.customer_id);
    if let Some(customer) = known {
        return Ok(customer);
    }
    let customer = app.gateway.of(account).create_customer(owner.id).await?;
    Ok(owners::settle_customer(app.store.pool(), owner.id, &customer.id).await?)
}
