//! Releases what no save used: an intent that was abandoned, and the card that was confirmed with it.
//!
//! Run by the outbox. A confirmed card can be charged. If it is in no wallet, nobody sees it or can delete it, and the
//! person was never told that it is saved. So it is detached, and a late save asks the person to enter the card again.
//! A save may come at the same moment: both hold the owner's lock and write under the same lock of the database, so the
//! first one wins.

use std::sync::Arc;

use card_entry_protocol::card::GatewayCardId;

use super::OwnerWallet;
use crate::app::App;
use crate::config::Account;
use crate::gateway::{GatewayError, IntentStatus, SetupIntent};
use wallet_store::intents::{self, IntentState};
use wallet_store::outbox::{self, OutboxAction};
use wallet_store::owners::OwnerId;
use wallet_store::{StoreError, abandoned_payment_methods, cards, owners, saves};

/// Cancels an intent that no save used. If a card was confirmed with it or attached, the card is released, unless a save
/// may still come.
///
/// # Errors
/// If gateway or database do not respond, or the issuer is still processing. The job is retried.
pub async fn cancel_intent(
    app: &App,
    account: &Arc<Account>,
    intent: &str,
) -> Result<(), GatewayError> {
    let gateway = app.gateway.for_account(account);
    let intent = match gateway.cancel_intent(intent).await {
        Err(GatewayError::UnexpectedState) => gateway.intent(intent).await?,
        other => other?,
    };
    if intent.status == IntentStatus::Processing {
        return Err(GatewayError::Indeterminate(
            "the issuer is still processing".to_owned(),
        ));
    }
    if intent.status == IntentStatus::Succeeded {
        save_succeeded(app, account, &intent).await?;
    }
    // An intent whose row is open was canceled by a limit, not by its age. If it succeeded before, a save may come.
    let stored = intents::find(app.store.pool(), account.id, &intent.id).await;
    let stored = stored.map_err(database_failed)?;
    if stored.is_some_and(|stored| stored.state == IntentState::Open) {
        if intent.status == IntentStatus::Succeeded {
            return Ok(());
        }
        let closed = intents::mark_used(app.store.pool(), &intent.id).await;
        closed.map_err(database_failed)?;
    }
    match intent.payment_method {
        Some(method) => release_unsaved_payment_method(app, account, &method).await,
        None => Ok(()),
    }
}

/// Saves the card of an intent that succeeded, if it is to be saved when it is confirmed. If the save is refused, the
/// caller releases the card.
async fn save_succeeded(
    app: &App,
    account: &Arc<Account>,
    intent: &SetupIntent,
) -> Result<(), GatewayError> {
    let Some(customer) = &intent.customer else {
        return Ok(());
    };
    let owner = owners::find_by_customer(app.store.pool(), account.id, customer).await;
    let Some(owner) = owner.map_err(database_failed)? else {
        return Ok(());
    };
    let wallet = OwnerWallet::new(app, account, &owner);
    let saved = wallet.save_succeeded_intent(intent).await;
    saved.map_err(|error| GatewayError::Internal(format!("{error:?}")))
}

/// Detaches a payment method from its customer. It can never be charged again.
///
/// # Errors
/// If the gateway does not respond, or refuses while the payment method is still attached.
pub async fn detach_payment_method(
    app: &App,
    account: &Account,
    method: &str,
) -> Result<(), GatewayError> {
    let gateway = app.gateway.for_account(account);
    let error = match gateway.detach(method).await {
        // The gateway has no error code for a payment method without a customer. So it is read.
        Err(error @ GatewayError::InvalidRequest { status: 400, .. }) => error,
        other => return other.map(drop),
    };
    match GatewayCardId::parse(method) {
        Some(id) if gateway.payment_method(&id).await?.customer.is_none() => Ok(()),
        _ => Err(error),
    }
}

/// Detaches a payment method of one of our owners, unless it is in a wallet or another job detaches it.
///
/// # Errors
/// If gateway or database do not respond. The job is retried.
pub async fn release_unsaved_payment_method(
    app: &App,
    account: &Account,
    method: &str,
) -> Result<(), GatewayError> {
    let Some(id) = GatewayCardId::parse(method) else {
        return Ok(());
    };
    let method = app.gateway.for_account(account).payment_method(&id).await?;
    let Some(customer) = method.customer else {
        return Ok(());
    };
    let owner = owners::find_by_customer(app.store.pool(), account.id, &customer).await;
    let Some(owner) = owner.map_err(database_failed)? else {
        return Ok(());
    };
    let _lock = app.owner_locks.lock(owner.id).await;
    let abandoned = detach_unless_saved(app, account, owner.id, &id).await;
    if abandoned.map_err(database_failed)? {
        tracing::info!("card was confirmed but not saved: detaching it");
        app.outbox.wake();
    }
    Ok(())
}

/// Marks a payment method as abandoned and schedules its detachment. Returns `false` if it was saved.
async fn detach_unless_saved(
    app: &App,
    account: &Account,
    owner: OwnerId,
    id: &GatewayCardId,
) -> Result<bool, StoreError> {
    let mut tx = app.store.write().await?;
    let is_saved = saves::find(&mut *tx, id.as_str()).await?.is_some()
        || cards::contains(&mut *tx, id.as_str()).await?;
    if is_saved {
        return Ok(false);
    }
    abandoned_payment_methods::insert(&mut *tx, id.as_str(), owner).await?;
    outbox::insert(&mut *tx, account.id, OutboxAction::Detach, id.as_str()).await?;
    tx.commit().await?;
    Ok(true)
}

fn database_failed(error: StoreError) -> GatewayError {
    GatewayError::Internal(error.to_string())
}
