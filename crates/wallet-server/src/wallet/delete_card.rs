//! Deletes a card: here at once, at the gateway from the outbox. Refused with a reason while a deletion block exists.
//! It must never delete a card of another owner.

use super::OwnerWallet;
use crate::audit::{self, Event};
use crate::clock;
use crate::config::Capacity;
use crate::error::ApiError;
use crate::locale::CardInUse;
use wallet_store::audit_events::AuditAction;
use wallet_store::deletion_blocks::DeletionBlock;
use wallet_store::outbox::{self, OutboxAction};
use wallet_store::{cards, deletion_blocks};

impl OwnerWallet<'_> {
    /// Deletes the card of this id, as the wallet system writes it. If it was the default, the newest of the other
    /// cards becomes the default.
    ///
    /// # Errors
    /// 404 if the card is not in this wallet; 422 with the reason if it has a deletion block.
    pub async fn delete_card(&self, id: &str) -> Result<(), ApiError> {
        let Self {
            app,
            account,
            owner,
        } = *self;
        let _lock = app.owner_locks.lock_for_request(owner.id).await?;
        let mut tx = self.begin_write().await?;
        let system = account.system.kind();
        let mut cards = cards::of_owner(&mut *tx, owner.id).await?;
        let index = cards.iter().position(|card| {
            system.card_id(card.id, &card.customer_id, &card.payment_method) == id
        });
        let Some(card) = index.map(|index| cards.remove(index)) else {
            tracing::info!("card to delete is not in the owner's wallet");
            return Err(ApiError::NotFound("This card is not in your wallet."));
        };
        deletion_blocks::delete_expired_of_card(&mut *tx, card.id).await?;
        let blocks = deletion_blocks::on_card(&mut *tx, card.id).await?;
        if let Some(card) = card_in_use(&blocks, system.capacity()) {
            return Err(ApiError::CardInUse(card));
        }
        cards::delete(&mut *tx, card.id).await?;
        if let Some(next) = cards.first().filter(|_| card.is_default) {
            cards::set_default(&mut tx, owner.id, next.id).await?;
        }
        let event = Event::of_card(AuditAction::CardDeleted, &card);
        audit::record(&mut *tx, account.id, Some(owner.id), event).await?;
        let method = &card.payment_method;
        outbox::insert(&mut *tx, account.id, OutboxAction::Detach, method).await?;
        tx.commit().await?;
        app.outbox.wake();
        Ok(())
    }
}

/// Why the card cannot be deleted, until when, and whether it can be replaced.
pub(super) fn card_in_use(blocks: &[DeletionBlock], capacity: Capacity) -> Option<CardInUse> {
    let (first, last) = (blocks.first()?, blocks.last()?);
    Some(CardInUse {
        reason: first.reason.clone(),
        more: blocks.len() - 1,
        until: clock::parse(&last.until_text),
        replaceable: capacity == Capacity::One,
    })
}
