//! Following the gateway: a wallet's card as it is there now, or gone as it is gone there.
//!
//! Called when a webhook told of a payment method. In its owner's turn, as a save is: whichever is first, the wallet ends
//! as the gateway has it.

use std::sync::Arc;

use card_entry_protocol::card::MethodId;

use super::proof::facts;
use crate::app::App;
use crate::config::Account;
use crate::error::ApiError;
use crate::gateway::GatewayError;
use crate::store::cards::{self, Card, Facts};
use crate::store::owners::{self, OwnerId};
use crate::store::{Write, holds, let_go};

/// Reads a payment method and brings the card of it up to date: its facts, or that there is none any more. `customer`:
/// whose it was, where the gateway says so.
///
/// # Errors
/// 503 when gateway or database do not answer.
pub(super) async fn follow(
    app: &App,
    account: &Arc<Account>,
    id: &MethodId,
    customer: Option<&str>,
) -> Result<(), ApiError> {
    let pool = app.store.pool();
    let card = cards::wanted(pool, account.id, Some(id.as_str()), None).await?;
    let owner = match (card, customer) {
        (Some(card), _) => Some(card.owner_id),
        // A save of it may be under way: it is waited for.
        (None, Some(customer)) => owners::of_customer(pool, account.id, customer)
            .await?
            .map(|owner| owner.id),
        (None, None) => None,
    };
    let Some(owner) = owner else {
        return Ok(());
    };
    let _turn = app.turns.take(owner).await;
    let now = match app.gateway.of(account).payment_method(id).await {
        Ok(method) => method.customer.clone().map(|customer| (method, customer)),
        Err(GatewayError::Missing) => None,
        Err(error) => return Err(error.into()),
    };
    let mut tx = app.store.write().await?;
    let all = cards::of_owner(&mut *tx, owner).await?;
    let card = all.iter().find(|card| card.payment_method == id.as_str());
    match (now, card) {
        (None, card) => {
            let_go::insert(&mut *tx, id.as_str(), owner).await?;
            if let Some(card) = card {
                drop_card(&mut tx, owner, card, &all).await?;
            }
        }
        (Some((method, customer)), Some(card)) if customer == card.customer_id => {
            // The number may be another one now; whether two cards became one is for the next save to say.
            let new = Facts {
                fingerprint: card.fingerprint.clone(),
                ..facts(method, customer)?
            };
            cards::put(&mut *tx, card.id, &new).await?;
        }
        (Some(_), _) => {}
    }
    tx.commit().await?;
    Ok(())
}

/// Takes a card that can no longer be charged out of the wallet. What still needed it is said in the log and lifted: it
/// has no card any more, and must not keep the person from entering one.
async fn drop_card(
    tx: &mut Write,
    owner: OwnerId,
    card: &Card,
    all: &[Card],
) -> Result<(), ApiError> {
    for hold in holds::on_card(&mut **tx, card.id).await? {
        tracing::warn!(
            reference = hold.reference,
            "the card that is held for this is gone at the gateway"
        );
    }
    holds::lift_all(&mut **tx, card.id).await?;
    cards::delete(&mut **tx, card.id).await?;
    let mut others = all.iter().filter(|other| other.id != card.id);
    if let Some(next) = others.next().filter(|_| card.is_default) {
        cards::make_default(tx, owner, next.id).await?;
    }
    Ok(())
}
