//! Reconciles a customer's vault with the wallet.
//!
//! Run by the outbox after a request that changed the vault and did not complete. It holds the owner's lock, so that it
//! must never see a request half done. The wallet decides which cards there are and their addresses; the vault decides
//! the expiry and holder of a card.

use super::vault::billing_address;
use crate::app::App;
use crate::config::Account;
use crate::gateway::GatewayError;
use crate::gateway::braintree::{BillingAddress, ListedVaultCard, VaultCardUpdate};
use wallet_store::cards::{self, Card, HolderAndExpiry};
use wallet_store::owners::{self, Owner};
use wallet_store::{StoreError, client_cards, clients};

fn database_failed(error: StoreError) -> GatewayError {
    GatewayError::Internal(error.to_string())
}

/// Deletes from the vault every card of the customer that the wallet has no row for. Of the others, stores the vault's
/// expiry and holder, and updates the vault's address if it differs.
///
/// # Errors
/// If vault or database do not respond. The job is retried.
pub async fn reconcile_vault(
    app: &App,
    account: &Account,
    customer: &str,
) -> Result<(), GatewayError> {
    let pool = app.store.pool();
    let owner = owners::find_by_customer(pool, account.id, customer).await;
    let Some(owner) = owner.map_err(database_failed)? else {
        return Ok(());
    };
    let _lock = app.owner_locks.lock(owner.id).await;
    let vault = app.vault.for_account(account)?;
    let vaulted = vault.cards_of(customer).await?;
    let stored = cards::of_owner(pool, owner.id).await;
    let stored = stored.map_err(database_failed)?;
    for listed in vaulted {
        let Some(card) = stored.iter().find(|card| card.payment_method == listed.id) else {
            match vault.delete(&listed.id).await {
                Ok(()) | Err(GatewayError::NotFound) => continue,
                Err(error) => return Err(error),
            }
        };
        let updated = store_holder_and_expiry(app, card, &listed).await;
        updated.map_err(database_failed)?;
        let address = stored_address(app, &owner, card).await;
        let address = address.map_err(database_failed)?;
        // The vault's country is not read.
        let comparable = address.clone().map(|address| BillingAddress {
            country: None,
            ..address
        });
        if comparable.is_some_and(|comparable| comparable != listed.billing) {
            let update = VaultCardUpdate {
                billing: address,
                ..VaultCardUpdate::default()
            };
            vault.update(&listed.id, &update).await?;
        }
    }
    Ok(())
}

/// Stores the vault's expiry and holder if they differ.
async fn store_holder_and_expiry(
    app: &App,
    card: &Card,
    listed: &ListedVaultCard,
) -> Result<(), StoreError> {
    let expiry = listed
        .expiry
        .filter(|expiry| *expiry != (card.exp_month, card.exp_year));
    let name = listed
        .name
        .as_deref()
        .filter(|name| Some(*name) != card.name.as_deref());
    if expiry.is_none() && name.is_none() {
        return Ok(());
    }
    let new = HolderAndExpiry { name, expiry };
    cards::update_holder_and_expiry(app.store.pool(), card.id, &new).await
}

/// The billing address of a card in the wallet.
async fn stored_address(
    app: &App,
    owner: &Owner,
    card: &Card,
) -> Result<Option<BillingAddress>, StoreError> {
    let metadata = client_cards::of_owner(app.store.pool(), owner.id).await?;
    let metadata = metadata.into_iter().find(|row| row.card_id == card.id);
    let addresses = clients::addresses(app.store.pool(), owner.id).await?;
    let address = metadata.and_then(|metadata| {
        let mut addresses = addresses.into_iter();
        addresses.find(|row| row.id == metadata.address_id)
    });
    Ok(address.as_ref().map(billing_address))
}
