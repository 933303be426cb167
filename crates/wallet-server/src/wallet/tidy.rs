//! Making a customer's vault and wallet agree.
//!
//! Run by the outbox after a request that changed something in the vault and did not come to its end. It takes the
//! owner's turn, so that it never meets a request in the middle. Which cards there are, and with which address, is the
//! wallet's word; a card's date and holder are the vault's.

use std::sync::Arc;

use super::vault::billing;
use crate::app::App;
use crate::config::Account;
use crate::gateway::GatewayError;
use crate::gateway::braintree::{Billing, Found, Update};
use crate::store::cards::{self, Card, Dating};
use crate::store::owners::{self, Owner};
use crate::store::{StoreError, client_cards, clients};

fn unread(error: StoreError) -> GatewayError {
    GatewayError::Client(error.to_string())
}

/// Deletes from the vault every card of the customer that the wallet has no row for, takes over the date and holder of
/// the others, and tells the vault their addresses where it has another.
///
/// # Errors
/// When vault or database do not answer: it is tried again.
pub async fn tidy(app: &App, account: &Arc<Account>, customer: &str) -> Result<(), GatewayError> {
    let owner = owners::of_customer(app.store.pool(), account.id, customer)
        .await
        .map_err(unread)?;
    let Some(owner) = owner else {
        return Ok(());
    };
    let _turn = app.turns.take(owner.id).await;
    let vault = app.vault.of(account)?;
    let there = vault.cards_of(customer).await?;
    let held = cards::of_owner(app.store.pool(), owner.id)
        .await
        .map_err(unread)?;
    for found in there {
        let Some(card) = held.iter().find(|card| card.payment_method == found.id) else {
            match vault.delete(&found.id).await {
                Ok(()) | Err(GatewayError::Missing) => continue,
                Err(error) => return Err(error),
            }
        };
        take_over(app, card, &found).await.map_err(unread)?;
        let address = address_of(app, &owner, card).await.map_err(unread)?;
        let known = address.clone().map(|address| Billing {
            country: None,
            ..address
        });
        if known.is_some_and(|known| known != found.billing) {
            let update = Update {
                billing: address,
                ..Update::default()
            };
            vault.update(&found.id, &update).await?;
        }
    }
    Ok(())
}

/// Takes over the vault's date and holder, if they are others.
async fn take_over(app: &App, card: &Card, found: &Found) -> Result<(), StoreError> {
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
    cards::redate(app.store.pool(), card.id, &Dating { name, expiry }).await
}

/// Where the wallet has it that a card's bills go.
async fn address_of(app: &App, owner: &Owner, card: &Card) -> Result<Option<Billing>, StoreError> {
    let kept = client_cards::of_owner(app.store.pool(), owner.id).await?;
    let kept = kept.into_iter().find(|kept| kept.card_id == card.id);
    let all = clients::addresses(app.store.pool(), owner.id).await?;
    let at = kept.and_then(|kept| all.into_iter().find(|row| row.id == kept.address_id));
    Ok(at.as_ref().map(billing))
}
