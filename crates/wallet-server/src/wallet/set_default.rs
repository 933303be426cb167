//! Sets the default card: the one that is used unless another is chosen. It must never leave two default cards.

use super::OwnerWallet;
use crate::audit::{self, Event};
use crate::error::ApiError;
use wallet_store::audit_events::AuditAction;
use wallet_store::cards::{self, Card};

impl OwnerWallet<'_> {
    /// Makes the owner's card of this payment method the default, and returns it. The caller holds the owner's lock.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] if the card is not in this wallet.
    pub async fn set_default(&self, payment_method: &str) -> Result<Card, ApiError> {
        let mut tx = self.begin_write().await?;
        let cards = cards::of_owner(&mut *tx, self.owner.id).await?;
        let card = cards
            .into_iter()
            .find(|card| card.payment_method == payment_method)
            .ok_or(ApiError::NotFound("This card is not in your wallet."))?;
        cards::set_default(&mut tx, self.owner.id, card.id).await?;
        if !card.is_default {
            let event = Event::of_card(AuditAction::DefaultCardSet, &card);
            audit::record(&mut *tx, self.account.id, Some(self.owner.id), event).await?;
        }
        tx.commit().await?;
        Ok(Card {
            is_default: true,
            ..card
        })
    }
}
