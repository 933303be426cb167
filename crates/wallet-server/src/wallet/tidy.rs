//! Making a customer's vault and wallet agree.
//!
//! Run by the outbox after a request that changed something in the vault and did not come to its end. It takes the
//! owner's turn, so that it never meets a request in the middle. Which cards there are, and with which address, is the
//! wallet's word; a card's date and holder are the vault's.

use std::sync::Arc;

use super::vault::billing_address;
use crate::app::App;
use crate::config::Account;
use crate::gateway::GatewayError;
use crate::gateway::braintree::{BillingAddress, ListedVaultCard, VaultCardUpdate};
use crate::store::cards::{self, Card, HolderAndExpiry};
use crate::store::owners::{self, Owner};
use crate::store::{StoreError, client_cards, clients};

fn unread(error: StoreError) -> GatewayError {
    GatewayError::Internal(error.to_string())
}

/// Deletes from the vault every card of the customer that the wallet has no row for, takes over the date and holder of
/// the others, and tells the vault their addresses where it has another.
///
/// # Errors
/// When vault or database do not answer: it is tried again.
pub async fn reconcile_vault(
    app: &App,
    account: &Arc<Account>,
    customer: &str,
) -> Result<(), GatewayError> {
    let owner = owners::find_by_customer(app.store.pool(), account.id, customer)
        .await
        .map_err(unread)?;
    let Some(owner) = owner else {
        return Ok(());
    };
    let _lock = app.owner_locks.lock(owner.id).await;
    let vault = app.vault.for_account(account)?;
    let there = vault.cards_of(customer).await?;
    let held = cards::of_owner(app.store.pool(), owner.id)
        .await
        .map_err(unread)?;
    for found in there {
        let Some(card) = held.iter().find(|card| card.payment_method == found.id) else {
            match vault.delete(&found.id).await {
                Ok(()) | Err(GatewayError::NotFound) => continue,
                Err(error) => return Err(error),
            }
        };
        take_over(app, card, &found).await.map_err(unread)?;
        let address = address_of(app, &owner, card).await.map_err(unread)?;
        let known = address.clone().map(|address| BillingAddress {
            country: None,
            ..address
        });
        if known.is_some_and(|known| known != found.billing) {
            let update = VaultCardUpdate {
                billing: address,
                ..VaultCardUpdate::default()
            };
            vault.update(&found.id, &update).await?;
        }
    }
    Ok(())
}

/// Takes over the vault's date and holder, if they are others.
async fn take_over(app: &App, card: &Card, found: &ListedVaultCard) -> Result<(), StoreError> {
    let expiry = found
        .expiry
        .filter(|expiry| *expiry != (card.exp_month, card.exp_year));
    let name = found
        .name
        .as_deref()
        .filter(|name| Some(*name) != card.name.as_deref());
    if expiry.is_none() && name.is_none() {
        return Ok(());
    }
    cards::update_holder_and_expiry(app.store.pool(), card.id, &HolderAndExpiry { name, expiry })
        .await
}

/// Where the wallet has it that a card's bills go.
async fn address_of(
    app: &App,
    owner: &Owner,
    card: &Card,
) -> Result<Option<BillingAddress>, StoreError> {
    let kept = client_cards::of_owner(app.store.pool(), owner.id).await?;
    let kept = kept.into_iter().find(|kept| kept.card_id == card.id);
    let all = clients::addresses(app.store.pool(), owner.id).await?;
    let at = kept.and_then(|kept| all.into_iter().find(|row| row.id == kept.address_id));
    Ok(at.as_ref().map(billing_address))
}
