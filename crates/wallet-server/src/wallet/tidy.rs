//! Taking out of a customer's vault what the wallet does not hold.
//!
//! Run by the outbox after a request that put cards into the vault and did not come to its end. It takes the owner's
//! turn, so that it never meets a request in the middle.

use std::sync::Arc;

use crate::app::App;
use crate::config::Account;
use crate::gateway::GatewayError;
use crate::store::{StoreError, cards, owners};

/// Deletes from the vault every card of the customer that the wallet has no row for.
///
/// # Errors
/// When vault or database do not answer: it is tried again.
pub async fn tidy(app: &App, account: &Arc<Account>, customer: &str) -> Result<(), GatewayError> {
    let unread = |error: StoreError| GatewayError::Client(error.to_string());
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
    for id in there {
        if held.iter().all(|card| card.payment_method != id) {
            match vault.delete(&id).await {
                Ok(()) | Err(GatewayError::Missing) => {}
                Err(error) => return Err(error),
            }
        }
    }
    Ok(())
}
