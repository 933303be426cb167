//! Syncs stored cards with the gateway; removes a card if it was detached there.
//!
//! Called by webhooks of payment methods, before a save compares cards, and when a charge failed. It runs under the
//! owner's lock, as a save does: whichever is first, the wallet ends like the gateway.

use card_entry_protocol::card::GatewayCardId;

use super::OwnerWallet;
use super::payment_method_verification::gateway_card;
use crate::app::App;
use crate::audit::{self, Event};
use crate::config::Account;
use crate::error::ApiError;
use crate::gateway::GatewayError;
use wallet_store::audit_events::{AuditAction, AuditReason};
use wallet_store::cards::{self, Card, GatewayCard};
use wallet_store::owners::{self, OwnerId};
use wallet_store::{WriteTransaction, abandoned_payment_methods, deletion_blocks};

/// Syncs one stored card with the gateway; removes it if it was detached there. `customer` is the customer that the
/// webhook names, if it names one.
///
/// # Errors
/// 503 if gateway or database do not respond.
pub(super) async fn sync_payment_method(
    app: &App,
    account: &Account,
    id: &GatewayCardId,
    customer: Option<&str>,
) -> Result<(), ApiError> {
    let pool = app.store.pool();
    let card = cards::find_by_id_or_default(pool, account.id, Some(id.as_str()), None).await?;
    let owner = match (card, customer) {
        (Some(card), _) => Some(card.owner_id),
        // A save of it may be in progress. The lock waits for its end.
        (None, Some(customer)) => owners::find_by_customer(pool, account.id, customer)
            .await?
            .map(|owner| owner.id),
        (None, None) => None,
    };
    let Some(owner) = owner else {
        return Ok(());
    };
    let _lock = app.owner_locks.lock(owner).await;
    sync_of_owner(app, account, owner, id).await.map(drop)
}

impl OwnerWallet<'_> {
    /// Syncs one card while the caller holds the owner's lock. Returns whether the card is in the wallet afterwards.
    pub(super) async fn sync_locked(&self, id: &GatewayCardId) -> Result<bool, ApiError> {
        sync_of_owner(self.app, self.account, self.owner.id, id).await
    }

    /// Syncs all cards of a customer before a new card is compared with them, because no webhook may have reported a
    /// new number. The caller holds the owner's lock.
    pub(super) async fn sync_customer_cards(&self, customer: &str) -> Result<(), ApiError> {
        let owner = self.owner.id;
        let current = match self.gateway().cards_of(customer).await {
            Ok(current) => current,
            // Then the new card is compared with what is stored.
            Err(error) => {
                tracing::warn!(%error, "reading a wallet's cards from the gateway failed");
                return Ok(());
            }
        };
        let mut tx = self.app.store.write().await?;
        for method in current {
            let all = cards::of_owner(&mut *tx, owner).await?;
            let stored = all.iter().find(|card| card.payment_method == method.id);
            if let Some(card) = stored.filter(|card| card.customer_id == customer) {
                let new = updated(card, gateway_card(method, customer.to_owned())?, &all);
                cards::update(&mut *tx, card.id, &new).await?;
            }
        }
        tx.commit().await?;
        Ok(())
    }
}

async fn sync_of_owner(
    app: &App,
    account: &Account,
    owner: OwnerId,
    id: &GatewayCardId,
) -> Result<bool, ApiError> {
    let current = match app.gateway.for_account(account).payment_method(id).await {
        Ok(method) => method.customer.clone().map(|customer| (method, customer)),
        Err(GatewayError::NotFound) => None,
        Err(error) => return Err(error.into()),
    };
    let mut tx = app.store.write().await?;
    let all = cards::of_owner(&mut *tx, owner).await?;
    let card = all.iter().find(|card| card.payment_method == id.as_str());
    let is_in_wallet = match (current, card) {
        (None, card) => {
            abandoned_payment_methods::insert(&mut *tx, id.as_str(), owner).await?;
            if let Some(card) = card {
                remove_card(&mut tx, account.id, card, &all).await?;
            }
            false
        }
        (Some((method, customer)), Some(card)) if customer == card.customer_id => {
            let new = updated(card, gateway_card(method, customer)?, &all);
            cards::update(&mut *tx, card.id, &new).await?;
            true
        }
        (Some(_), card) => card.is_some(),
    };
    tx.commit().await?;
    Ok(is_in_wallet)
}

/// The card as it is now, with the fingerprint of its current number: so the same card is recognized when it is entered
/// again. If another card of the wallet has this fingerprint already, that card keeps it: callers know both cards by
/// their ids, and neither is removed here.
fn updated(card: &Card, current: GatewayCard, all: &[Card]) -> GatewayCard {
    let mut others = all.iter().filter(|other| other.id != card.id);
    let has_fingerprint =
        |other: &Card| other.fingerprint.is_some() && other.fingerprint == current.fingerprint;
    if others.any(has_fingerprint) {
        GatewayCard {
            fingerprint: card.fingerprint.clone(),
            ..current
        }
    } else {
        current
    }
}

/// Removes a card that can no longer be charged. Its deletion blocks are logged and deleted: they have no card any
/// more, and must not keep the person from entering a new one.
pub(super) async fn remove_card(
    tx: &mut WriteTransaction,
    account_id: i64,
    card: &Card,
    all: &[Card],
) -> Result<(), ApiError> {
    for block in deletion_blocks::on_card(&mut **tx, card.id).await? {
        tracing::warn!(
            reference = block.reference,
            "card with a deletion block no longer exists at the gateway"
        );
    }
    deletion_blocks::delete_of_card(&mut **tx, card.id).await?;
    cards::delete(&mut **tx, card.id).await?;
    let owner = card.owner_id;
    let event = Event::of_card(AuditAction::CardDeleted, card).because(AuditReason::GoneAtGateway);
    audit::record(&mut **tx, account_id, Some(owner), event).await?;
    let mut others = all.iter().filter(|other| other.id != card.id);
    if let Some(next) = others.next().filter(|_| card.is_default) {
        cards::set_default(tx, owner, next.id).await?;
    }
    Ok(())
}
