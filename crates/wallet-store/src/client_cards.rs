//! The label, address and telephone number of a Ticket Evolution client's card. It must never hold details of the card
//! itself: those are in `cards`.

use crate::{Executor, StoreError, query};
use sqlx::FromRow;

use super::cards::CardRowId;
use super::owners::OwnerId;

#[derive(Debug, Clone, FromRow)]
pub struct ClientCardMetadata {
    #[sqlx(try_from = "i64")]
    pub card_id: CardRowId,
    pub label: Option<String>,
    pub address_id: i64,
    pub phone_number_id: i64,
}

/// Writes a card's metadata, and replaces what was stored for the card.
pub async fn upsert(
    db: impl Executor<'_>,
    metadata: &ClientCardMetadata,
) -> Result<(), StoreError> {
    query(
        "INSERT INTO client_cards (card_id, label, address_id, phone_number_id) VALUES ($1, $2, $3, $4)
         ON CONFLICT (card_id) DO UPDATE SET label = excluded.label, address_id = excluded.address_id,
                                             phone_number_id = excluded.phone_number_id",
    )
    .bind(metadata.card_id)
    .bind(&metadata.label)
    .bind(metadata.address_id)
    .bind(metadata.phone_number_id)
    .execute(db)
    .await?;
    Ok(())
}

/// The metadata of all cards of a client.
pub async fn of_owner(
    db: impl Executor<'_>,
    owner: OwnerId,
) -> Result<Vec<ClientCardMetadata>, StoreError> {
    query(
        "SELECT k.card_id, k.label, k.address_id, k.phone_number_id
         FROM client_cards k JOIN cards c ON c.id = k.card_id WHERE c.owner_id = $1",
    )
    .bind(owner)
    .fetch_all(db)
    .await
}
