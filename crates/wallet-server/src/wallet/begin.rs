//! Beginning: an intent for this owner, whose client secret the browser confirms.

use std::sync::Arc;

use super::customer::{ensure_customer, replace_customer};
use super::limits;
use super::reopen::reopen;
use crate::app::App;
use crate::config::Account;
use crate::error::ApiError;
use crate::gateway::{GatewayError, SetupIntent};
use crate::limiter::Place;
use crate::secret::draw;
use crate::store::attempts::{self, Pending};
use crate::store::owners::Owner;
use crate::store::{cards, intents};

/// Makes an intent for the owner, who called from `place` unless a site's server did, or gives the open one again. Its
/// secret goes to the browser and is kept nowhere. `save_when_confirmed`: the card is to be kept as soon as it is
/// confirmed, also when no save is asked for.
///
/// # Errors
/// 422 when the wallet is full; 429 above the limits; 503 when the gateway does not answer.
pub async fn begin(
    app: &App,
    account: &Arc<Account>,
    owner: &Owner,
    place: Option<&Place>,
    save_when_confirmed: bool,
) -> Result<SetupIntent, ApiError> {
    let _turn = app.turns.enter(owner.id).await?;
    let cards = cards::of_owner(app.store.pool(), owner.id).await?.len();
    if account.system.kind().is_full(cards, &app.config.limits) {
        return Err(full());
    }
    if let Some(open) = reopen(app, account, owner, place, save_when_confirmed).await? {
        return Ok(open);
    }
    let attempt = record(app, account, owner, place).await?;
    let made = match create_intent(app, account, owner, &attempt).await {
        Ok((_, made)) => made,
        Err(error) => {
            attempts::take_back(app.store.pool(), attempt.id).await?;
            return Err(error);
        }
    };
    let confirms = Confirms::Browser {
        save_when_confirmed,
    };
    let intent = recorded(app, owner, place, confirms, &attempt, made).await?;
    attempts::settle(app.store.pool(), attempt.id).await?;
    Ok(intent)
}

/// Makes the intent of an attempt, for the owner's customer, or for another one when the gateway has lost that: which it
/// was, and what the gateway said.
pub(super) async fn create_intent(
    app: &App,
    account: &Arc<Account>,
    owner: &Owner,
    attempt: &Pending,
) -> Result<(String, Result<SetupIntent, GatewayError>), ApiError> {
    let gateway = app.gateway.of(account);
    let customer = ensure_customer(app, account, owner).await?;
    let made = gateway.create_intent(&customer, &attempt.pending_key).await;
    if !matches!(made, Err(GatewayError::CustomerMissing)) {
        return Ok((customer, made));
    }
    let customer = replace_customer(app, account, owner, &customer).await?;
    let made = gateway.create_intent(&customer, &attempt.pending_key).await;
    Ok((customer, made))
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

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Confirms {
    /// This server.
    Here,
    /// A browser.
    Browser {
        /// Whether the card is saved then, without being asked for.
        save_when_confirmed: bool,
    },
}

/// Keeps an intent that was made. When none was, the try was none either; when nobody knows, it stays as it is.
pub(super) async fn recorded(
    app: &App,
    owner: &Owner,
    place: Option<&Place>,
    confirms: Confirms,
    attempt: &Pending,
    made: Result<SetupIntent, GatewayError>,
) -> Result<SetupIntent, ApiError> {
    match made {
        Ok(intent) => {
            let new = intents::New {
                id: &intent.id,
                owner: owner.id,
                place: place.map(|place| place.fingerprint(app.store.instance())),
                confirmed_here: confirms == Confirms::Here,
                save_when_confirmed: confirms
                    == Confirms::Browser {
                        save_when_confirmed: true,
                    },
            };
            intents::insert(app.store.pool(), &new).await?;
            Ok(intent)
        }
        Err(error) if error.is_unclear() => Err(error.into()),
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
