//! Confirming a card that came without an intent, as a plain listener's does: in this server's own name, for its owner.
//!
//! Called by the proof of a save. The intent is made and recorded before it is confirmed: whatever becomes of the
//! answer, the intent is known, and what it left at the gateway is found again.

use std::sync::Arc;

use card_entry_protocol::card::GatewayCardId;

use super::begin::{self, Confirms};
use super::breaker;
use super::limits;
use super::proof::not_usable;
use crate::app::App;
use crate::clock::{MINUTE, Seconds};
use crate::config::Account;
use crate::error::ApiError;
use crate::gateway::{GatewayError, SetupIntent};
use crate::limiter::Place;
use crate::outbox::REAP_AFTER;
use crate::secret::{Fingerprint, draw};
use crate::store::attempts::{self, Pending};
use crate::store::intents;
use crate::store::outbox::{self, Action};
use crate::store::owners::Owner;
use crate::store::verdicts::Verdict;

/// When somebody looks what became of the card, whatever happens now: after its intent was cancelled.
const LOOKED_AFTER: Seconds = REAP_AFTER + 5 * MINUTE;

/// Makes an intent for the owner and confirms it with this payment method. An earlier try of the same whose answer was
/// lost goes on where it was. With the intent comes the customer it was made for.
pub(super) async fn confirm_here(
    app: &App,
    account: &Arc<Account>,
    owner: &Owner,
    id: &GatewayCardId,
    place: Option<&Place>,
) -> Result<(String, SetupIntent), ApiError> {
    let attempt = record(app, account, owner, id, place).await?;
    let gateway = app.gateway.of(account);
    let (customer, made) = begin::create_intent(app, account, owner, &attempt).await?;
    let intent = begin::recorded(app, owner, place, Confirms::Here, &attempt, made).await?;
    let key = |step: &str| format!("{}:{step}:{}", attempt.pending_key, intent.id);
    let mut confirmed = gateway
        .confirm_intent(&intent.id, id, &key("confirm"))
        .await;
    if matches!(confirmed, Err(GatewayError::Missing)) {
        // The payment method was read a moment ago. Some gateways want it attached before a customer's intent takes it.
        confirmed = match gateway.attach(id, &customer).await {
            Ok(_) => {
                gateway
                    .confirm_intent(&intent.id, id, &key("attached"))
                    .await
            }
            Err(error) => Err(error),
        };
    }
    let error = match confirmed {
        Ok(intent) => {
            attempts::settle(app.store.pool(), attempt.id).await?;
            return Ok((customer, intent));
        }
        // No clear answer: the key stays, and the next try asks with it.
        Err(error) if error.is_unclear() => return Err(error.into()),
        Err(error) => error,
    };
    let refused = matches!(error, GatewayError::Declined(_)).then_some(place);
    give_up(app, account, id, &intent, &attempt, refused).await?;
    Err(match error {
        GatewayError::Missing | GatewayError::Moved => not_usable("the payment method is gone"),
        // The gateway has no code for a payment method that was detached or is another's.
        GatewayError::Misused {
            status: 400, code, ..
        } if code.is_empty() => not_usable("the gateway refused the payment method"),
        other => other.into(),
    })
}

/// Writes the try down before anything is asked, and that somebody looks after the card whatever happens.
async fn record(
    app: &App,
    account: &Arc<Account>,
    owner: &Owner,
    id: &GatewayCardId,
    place: Option<&Place>,
) -> Result<Pending, ApiError> {
    let key = format!("confirm:{}", draw()?.reveal());
    let mut tx = app.store.write().await?;
    if let Some(earlier) = attempts::pending(&mut *tx, owner.id, Some(id.as_str())).await? {
        return Ok(earlier);
    }
    let attempt =
        limits::admit(app, &mut tx, account, owner, place, Some(id.as_str()), &key).await?;
    outbox::insert_for(
        &mut *tx,
        account.id,
        Action::Release,
        id.as_str(),
        LOOKED_AFTER,
    )
    .await?;
    tx.commit().await?;
    Ok(attempt)
}

/// The answer was no: the intent is closed, and a card that was attached on the way is let go now. `refused`: by the
/// bank, when it was tried from there.
async fn give_up(
    app: &App,
    account: &Arc<Account>,
    id: &GatewayCardId,
    intent: &SetupIntent,
    attempt: &Pending,
    refused: Option<Option<&Place>>,
) -> Result<(), ApiError> {
    let mut tx = app.store.write().await?;
    attempts::settle(&mut *tx, attempt.id).await?;
    intents::spend(&mut *tx, &intent.id).await?;
    outbox::insert(&mut *tx, account.id, Action::Cancel, &intent.id).await?;
    outbox::insert(&mut *tx, account.id, Action::Release, id.as_str()).await?;
    if let Some(place) = refused {
        let place = place.map(|place| place.fingerprint(app.store.instance()));
        let verdict = Verdict {
            name: &format!("{}:refused", intent.id),
            account_id: account.id,
            intent: Some(&intent.id),
            place: place.as_ref().map(Fingerprint::as_bytes),
            refused: true,
        };
        breaker::note(app, &mut tx, account, &verdict).await?;
    }
    tx.commit().await?;
    app.bell.ring();
    Ok(())
}
