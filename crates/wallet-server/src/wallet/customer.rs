//! The owner's customer at the gateway: made when there is none, and made anew when the gateway has lost it.
//!
//! Called by whatever needs a customer, in the owner's turn, and when a webhook tells that one was deleted. A customer
//! goes when somebody deletes it in the gateway's dashboard, or when the account's keys become another account's. Its
//! cards can never be charged again: it must never leave one of them in the wallet.

use std::sync::Arc;

use super::follow::drop_card;
use crate::app::App;
use crate::config::{Account, Provider};
use crate::error::ApiError;
use crate::gateway::GatewayError;
use crate::store::outbox::{self, Action};
use crate::store::owners::{self, Owner, OwnerId};
use crate::store::{cards, intents, let_go};

/// The owner's customer, made when there is none; of two made at once the first recorded stays.
pub(super) async fn ensure_customer(
    app: &App,
    account: &Arc<Account>,
    owner: &Owner,
) -> Result<String, ApiError> {
    // The caller's copy may be older than another request's work.
    let known = owners::find(app.store.pool(), owner.account_id, owner.id)
        .await?
        .and_then(|owner| owner.customer_id);
    match known {
        Some(customer) => Ok(customer),
        None => create(app, account, owner, None).await,
    }
}

/// Another customer in place of one that the gateway says it has not.
pub(super) async fn replace_customer(
    app: &App,
    account: &Arc<Account>,
    owner: &Owner,
    lost: &str,
) -> Result<String, ApiError> {
    tracing::warn!(
        owner = owner.id.0,
        "the gateway has lost the owner's customer, another one is created"
    );
    forget_customer(app, account, owner.id, lost).await?;
    create(app, account, owner, Some(lost)).await
}

async fn create(
    app: &App,
    account: &Arc<Account>,
    owner: &Owner,
    lost: Option<&str>,
) -> Result<String, ApiError> {
    let id = match account.provider {
        Provider::Stripe => {
            let gateway = app.gateway.of(account);
            gateway.create_customer(owner.id, lost).await?.id
        }
        Provider::Braintree { .. } => app.vault.of(account)?.create_customer().await?,
    };
    Ok(owners::settle_customer(app.store.pool(), owner.id, &id).await?)
}

/// Takes a lost customer from its owner, and with it the cards and the intents that hung on it.
async fn forget_customer(
    app: &App,
    account: &Account,
    owner: OwnerId,
    lost: &str,
) -> Result<(), ApiError> {
    let mut tx = app.store.write().await?;
    owners::drop_customer(&mut *tx, owner, lost).await?;
    loop {
        let all = cards::of_owner(&mut *tx, owner).await?;
        let Some(card) = all.iter().find(|card| card.customer_id == lost) else {
            break;
        };
        let_go::insert(&mut *tx, &card.payment_method, owner).await?;
        drop_card(&mut tx, owner, card, &all).await?;
    }
    for intent in intents::unspent(&mut *tx, owner).await? {
        intents::spend(&mut *tx, &intent).await?;
        outbox::insert(&mut *tx, account.id, Action::Cancel, &intent).await?;
    }
    tx.commit().await?;
    app.bell.ring();
    Ok(())
}

/// Looks whether a customer of ours is gone, as a webhook says.
///
/// # Errors
/// 503 when gateway or database do not answer.
pub(super) async fn follow_customer(
    app: &App,
    account: &Arc<Account>,
    customer: &str,
) -> Result<(), ApiError> {
    let owner = owners::of_customer(app.store.pool(), account.id, customer).await?;
    let Some(owner) = owner else {
        return Ok(());
    };
    let _turn = app.turns.take(owner.id).await;
    match app.gateway.of(account).customer(customer).await {
        Ok(now) if !now.deleted => return Ok(()),
        Ok(_) | Err(GatewayError::Missing | GatewayError::CustomerMissing) => {}
        Err(error) => return Err(error.into()),
    }
    forget_customer(app, account, owner.id, customer).await
}
