//! Beginning: an intent for this owner, whose client secret the browser confirms.

use std::sync::Arc;

use crate::app::App;
use crate::clock::HOUR;
use crate::config::Account;
use crate::error::ApiError;
use crate::gateway::SetupIntent;
use crate::limiter::TooMany;
use crate::secret::draw;
use crate::store::owners::Owner;
use crate::store::{cards, intents, owners};

/// Makes an intent for the owner. Its secret goes to the browser and is kept nowhere.
///
/// # Errors
/// 422 when the wallet is full; 429 above the hourly limit; 503 when the gateway does not answer.
pub async fn begin(
    app: &App,
    account: &Arc<Account>,
    owner: &Owner,
) -> Result<SetupIntent, ApiError> {
    let _turn = app.turns.take(owner.id).await;
    check_limit(app, owner).await?;
    let cards = cards::of_owner(app.store.pool(), owner.id).await?.len();
    if account.system.kind().is_full(cards, &app.config.limits) {
        return Err(full());
    }
    let customer = ensure_customer(app, account, owner).await?;
    let intent = app
        .gateway
        .of(account)
        .create_intent(&customer, &format!("begin:{}", draw()?.reveal()))
        .await?;
    intents::insert(app.store.pool(), &intent.id, owner.id).await?;
    Ok(intent)
}

/// No room for another card.
pub(super) fn full() -> ApiError {
    ApiError::Refused("Your wallet is full. Please delete a card first.".to_owned())
}

/// Refuses an owner who had too many intents: trying cards is what thieves do with a page like this.
pub(super) async fn check_limit(app: &App, owner: &Owner) -> Result<(), ApiError> {
    let made = intents::in_last_hour(app.store.pool(), owner.id).await?;
    if made >= app.config.limits.intents_per_hour {
        Err(TooMany(HOUR).into())
    } else {
        Ok(())
    }
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
