//! Following the gateway: a wallet's card as it is there now, or gone as it is gone there.
//!
//! Called when a webhook told of a payment method. In its owner's turn, as a save is: whichever is first, the wallet ends
//! as the gateway has it.

use std::sync::Arc;

use card_entry_protocol::card::GatewayCardId;

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
    id: &GatewayCardId,
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
    follow_in_turn(app, account, owner, id).await.map(drop)
}

/// The same for a caller that holds the owner's turn. Whether the card is in the wallet afterwards.
pub(super) async fn follow_in_turn(
    app: &App,
    account: &Arc<Account>,
    owner: OwnerId,
    id: &GatewayCardId,
) -> Result<bool, ApiError> {
    let now = match app.gateway.of(account).payment_method(id).await {
        Ok(method) => method.customer.clone().map(|customer| (method, customer)),
        Err(GatewayError::Missing) => None,
        Err(error) => return Err(error.into()),
    };
    let mut tx = app.store.write().await?;
    let all = cards::of_owner(&mut *tx, owner).await?;
    let card = all.iter().find(|card| card.payment_method == id.as_str());
    let held = match (now, card) {
        (None, card) => {
            let_go::insert(&mut *tx, id.as_str(), owner).await?;
            if let Some(card) = card {
                drop_card(&mut tx, owner, card, &all).await?;
            }
            false
        }
        (Some((method, customer)), Some(card)) if customer == card.customer_id => {
            let new = refreshed(card, facts(method, customer)?, &all);
            cards::put(&mut *tx, card.id, &new).await?;
            true
        }
        (Some(_), card) => card.is_some(),
    };
    tx.commit().await?;
    Ok(held)
}

/// The facts of a card as they are now, with the fingerprint of the number it has now: by that, the same card is known
/// when it is entered again. A number that another card of the wallet has as well stays that one's: both were given out
/// by their ids, and neither is taken away here.
fn refreshed(card: &Card, now: Facts, all: &[Card]) -> Facts {
    let mut others = all.iter().filter(|other| other.id != card.id);
    let taken = |other: &Card| other.fingerprint.is_some() && other.fingerprint == now.fingerprint;
    if others.any(taken) {
        Facts {
            fingerprint: card.fingerprint.clone(),
            ..now
        }
    } else {
        now
    }
}

/// Brings all cards of a customer up to date in their owner's wallet, before one is compared with them: no webhook may
/// have told of a new number. The caller holds the owner's turn.
pub(super) async fn refresh_all(
    app: &App,
    account: &Arc<Account>,
    owner: OwnerId,
    customer: &str,
) -> Result<(), ApiError> {
    let now = match app.gateway.of(account).cards_of(customer).await {
        Ok(now) => now,
        // Then they are compared as they were known.
        Err(error) => {
            tracing::warn!(%error, "the cards of a wallet could not be read again");
            return Ok(());
        }
    };
    let mut tx = app.store.write().await?;
    for method in now {
        let all = cards::of_owner(&mut *tx, owner).await?;
        let known = all.iter().find(|card| card.payment_method == method.id);
        if let Some(card) = known.filter(|card| card.customer_id == customer) {
            let new = refreshed(card, facts(method, customer.to_owned())?, &all);
            cards::put(&mut *tx, card.id, &new).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}

/// Takes a card that can no longer be charged out of the wallet. What still needed it is said in the log and lifted: it
/// has no card any more, and must not keep the person from entering one.
pub(super) async fn drop_card(
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
