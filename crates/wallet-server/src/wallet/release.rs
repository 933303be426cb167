//! Letting go of what nobody saved: an intent that was left behind, and the card that was confirmed with it.
//!
//! Run by the outbox. A confirmed card can be charged; one that is in no wallet is seen by nobody and can be deleted by
//! nobody, and its person was never told that it is saved. So it is detached, and who comes with it after all is asked
//! to enter it again. A save may come at the very moment: both take the owner's turn and write under the same lock, and
//! whoever is first makes the other one give way.

use std::sync::Arc;

use card_entry_protocol::card::GatewayCardId;

use super::adopt::adopt;
use crate::app::App;
use crate::config::Account;
use crate::gateway::{GatewayError, IntentStatus, SetupIntent};
use crate::store::outbox::{self, Action};
use crate::store::{StoreError, cards, let_go, owners, saves};

/// Cancels an intent nobody used. If a card was confirmed with it, or got attached on the way, that card is released.
///
/// # Errors
/// When gateway or database do not answer, or the bank is still at it: it is tried again.
pub async fn abandon(app: &App, account: &Arc<Account>, intent: &str) -> Result<(), GatewayError> {
    let gateway = app.gateway.of(account);
    let intent = match gateway.cancel_intent(intent).await {
        Err(GatewayError::Moved) => gateway.intent(intent).await?,
        other => other?,
    };
    if intent.status == IntentStatus::Processing {
        return Err(GatewayError::Unclear("the bank is still at it".to_owned()));
    }
    if intent.status == IntentStatus::Succeeded {
        adopt_late(app, account, &intent).await?;
    }
    match intent.payment_method {
        Some(method) => release(app, account, &method).await,
        None => Ok(()),
    }
}

/// A card that was confirmed with an intent made for a card to keep is saved, not let go. What is refused is released by
/// the caller.
async fn adopt_late(
    app: &App,
    account: &Arc<Account>,
    intent: &SetupIntent,
) -> Result<(), GatewayError> {
    let Some(customer) = &intent.customer else {
        return Ok(());
    };
    let owner = owners::of_customer(app.store.pool(), account.id, customer).await;
    let owner = owner.map_err(|error| GatewayError::Client(error.to_string()))?;
    let Some(owner) = owner else {
        return Ok(());
    };
    let adopted = adopt(app, account, &owner, intent).await;
    adopted.map_err(|error| GatewayError::Client(format!("{error:?}")))
}

/// Detaches a payment method from its customer: it can never be charged again.
///
/// # Errors
/// When the gateway does not answer, or refuses what is still attached.
pub async fn detach(app: &App, account: &Arc<Account>, method: &str) -> Result<(), GatewayError> {
    let gateway = app.gateway.of(account);
    let error = match gateway.detach(method).await {
        // The gateway has no code for "is attached to nobody": what it refuses without one is looked at.
        Err(error @ GatewayError::Misused { status: 400, .. }) => error,
        other => return other.map(drop),
    };
    match GatewayCardId::parse(method) {
        Some(id) if gateway.payment_method(&id).await?.customer.is_none() => Ok(()),
        _ => Err(error),
    }
}

/// Detaches a payment method of one of our owners, unless a wallet holds it or another errand lets it go.
///
/// # Errors
/// When gateway or database do not answer: it is tried again.
pub async fn release(app: &App, account: &Arc<Account>, method: &str) -> Result<(), GatewayError> {
    let unread = |error: StoreError| GatewayError::Client(error.to_string());
    let Some(id) = GatewayCardId::parse(method) else {
        return Ok(());
    };
    let method = app.gateway.of(account).payment_method(&id).await?;
    let Some(customer) = method.customer else {
        return Ok(());
    };
    let owner = owners::of_customer(app.store.pool(), account.id, &customer).await;
    let Some(owner) = owner.map_err(unread)? else {
        return Ok(());
    };
    let _turn = app.turns.take(owner.id).await;
    let let_it_go = async || -> Result<bool, StoreError> {
        let mut tx = app.store.write().await?;
        let kept = saves::find(&mut *tx, id.as_str()).await?.is_some()
            || cards::holds(&mut *tx, id.as_str()).await?;
        if kept {
            return Ok(false);
        }
        let_go::insert(&mut *tx, id.as_str(), owner.id).await?;
        outbox::insert(&mut *tx, account.id, Action::Detach, id.as_str()).await?;
        tx.commit().await?;
        Ok(true)
    };
    if let_it_go().await.map_err(unread)? {
        tracing::info!("a confirmed card that was never saved is let go");
        app.bell.ring();
    }
    Ok(())
}
