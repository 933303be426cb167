//! The plan of a save: which row the card is written to, and what is detached afterwards. Pure: no I/O.

use crate::config::Capacity;
use crate::wallet::payment_method_verification::VerifiedPaymentMethod;
use wallet_store::cards::{Card, CardFlags, CardRowId, GatewayCard};
use wallet_store::saves::SaveEffect;

pub(super) struct SavePlan {
    /// The row to update; `None` means a new row.
    pub row: Option<CardRowId>,
    /// The flags of a new row. The first card of a wallet is the default.
    pub flags: CardFlags,
    pub card: GatewayCard,
    pub effect: SaveEffect,
    /// The payment method to detach at the gateway.
    pub detach: Option<String>,
}

impl SavePlan {
    /// `before` are the wallet's cards; `copy` is the one that is the same card as the new one.
    pub fn of(
        capacity: Capacity,
        before: Vec<Card>,
        copy: Option<Card>,
        verified: &VerifiedPaymentMethod,
    ) -> Self {
        let plan = Self {
            row: None,
            flags: CardFlags {
                sole: capacity == Capacity::One,
                is_default: before.is_empty(),
            },
            card: verified.card.clone(),
            effect: SaveEffect::Added,
            detach: None,
        };
        let fingerprint = plan.card.fingerprint.clone();
        // A copy that the gateway no longer has gives its row to the new card, so that a wallet never shows a card
        // twice.
        let is_lost_copy = |card: &Card| fingerprint.is_some() && card.fingerprint == fingerprint;
        let old = match capacity {
            Capacity::One => before.into_iter().next(),
            Capacity::Many => before.into_iter().find(is_lost_copy),
        };
        let new = plan.card.payment_method.clone();
        match (copy, old) {
            (Some(copy), _) => Self {
                row: Some(copy.id),
                effect: SaveEffect::Unchanged,
                detach: Some(new),
                card: GatewayCard {
                    payment_method: copy.payment_method,
                    ..plan.card
                },
                ..plan
            },
            (None, Some(old)) if old.payment_method != new => Self {
                row: Some(old.id),
                effect: SaveEffect::Replaced,
                detach: Some(old.payment_method),
                ..plan
            },
            (None, Some(old)) => Self {
                row: Some(old.id),
                ..plan
            },
            (None, None) => plan,
        }
    }
}
