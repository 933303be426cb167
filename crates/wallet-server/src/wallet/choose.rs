//! Choosing the default: the card used unless another is chosen.

use crate::app::App;
use crate::error::ApiError;
use crate::store::cards::{self, Card};
use crate::store::owners::Owner;

/// Makes the owner's card of this payment method the default, and returns it. The caller holds the owner's turn.
///
/// # Errors
/// [`ApiError::NotFound`] when it is not in this owner's wallet.
pub async fn make_default(
    app: &App,
    owner: &Owner,
    payment_method: &str,
) -> Result<Card, ApiError> {
    let mut tx = app.store.write().await?;
    let cards = cards::of_owner(&mut *tx, owner.id).await?;
    let card = cards
        .into_iter()
        .find(|card| card.payment_method == payment_method)
        .ok_or(ApiError::NotFound("This card is not in your wallet."))?;
    cards::make_default(&mut tx, owner.id, card.id).await?;
    tx.commit().await?;
    Ok(Card {
        is_default: true,
        ..card
    })
}
