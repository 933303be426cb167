//! Deleting: refused with a reason while an appointment needs the card; else gone here at once, at the gateway soon.

use std::sync::Arc;

use crate::app::App;
use crate::clock;
use crate::config::{Account, Capacity};
use crate::error::ApiError;
use crate::store::holds::Hold;
use crate::store::outbox::{self, Action};
use crate::store::owners::Owner;
use crate::store::{cards, holds};
use crate::words::HeldCard;

/// Deletes the owner's card of this id, as its system writes it. If it was the default, the newest of the others is.
///
/// # Errors
/// 404 when it is not this owner's; 422 with the appointment that needs it.
pub async fn delete(
    app: &App,
    account: &Arc<Account>,
    owner: &Owner,
    id: &str,
) -> Result<(), ApiError> {
    let _turn = app.turns.enter(owner.id).await?;
    let mut tx = app.store.write().await?;
    let kind = account.system.kind();
    let mut cards = cards::of_owner(&mut *tx, owner.id).await?;
    let place = cards
        .iter()
        .position(|card| kind.card_id(card.id, &card.customer_id, &card.payment_method) == id);
    let Some(card) = place.map(|place| cards.remove(place)) else {
        tracing::info!("a card to delete was not the owner's");
        return Err(ApiError::NotFound("This card is not in your wallet."));
    };
    holds::drop_past(&mut *tx, card.id).await?;
    let live = holds::on_card(&mut *tx, card.id).await?;
    if let Some(card) = refusal(&live, kind.capacity()) {
        return Err(ApiError::Held(card));
    }
    cards::delete(&mut *tx, card.id).await?;
    if let Some(next) = cards.first().filter(|_| card.is_default) {
        cards::make_default(&mut tx, owner.id, next.id).await?;
    }
    outbox::insert(&mut *tx, account.id, Action::Detach, &card.payment_method).await?;
    tx.commit().await?;
    app.bell.ring();
    Ok(())
}

/// Why not, until when, and what helps.
fn refusal(holds: &[Hold], capacity: Capacity) -> Option<HeldCard> {
    let (first, last) = (holds.first()?, holds.last()?);
    Some(HeldCard {
        reason: first.reason.clone(),
        more: holds.len() - 1,
        until: clock::parse(&last.until_text),
        replaceable: capacity == Capacity::One,
    })
}
