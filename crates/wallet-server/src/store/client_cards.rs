//! What a client's card is kept with: its label, address and telephone number.

use sqlx::{FromRow, SqliteExecutor};

use super::StoreError;
use super::cards::CardId;
use super::owners::OwnerId;

/// What a card is kept with.
#[derive(Debug, Clone, FromRow)]
pub struct KeptWith {
    /// The card.
    pub card_id: CardId,
    /// What the person calls it.
    pub label: Option<String>,
    /// The address.
    pub address_id: i64,
    /// The telephone number.
    pub phone_number_id: i64,
}

/// Writes it, over what was there.
///
/// # Errors
/// When the database refuses.
pub async fn put(db: impl SqliteExecutor<'_>, kept: &KeptWith) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO client_cards (card_id, label, address_id, phone_number_id) VALUES (?, ?, ?, ?)
         ON CONFLICT (card_id) DO UPDATE SET label = excluded.label, address_id = excluded.address_id,
                                             phone_number_id = excluded.phone_number_id",
    )
    .bind(kept.card_id)
    .bind(&kept.label)
    .bind(kept.address_id)
    .bind(kept.phone_number_id)
    .execute(db)
    .await?;
    Ok(())
}

/// That of all cards of a client.
///
/// # Errors
/// When the database refuses.
pub async fn of_owner(
    db: impl SqliteExecutor<'_>,
    owner: OwnerId,
) -> Result<Vec<KeptWith>, StoreError> {
    Ok(sqlx::query_as(
        "SELECT k.card_id, k.label, k.address_id, k.phone_number_id
         FROM client_cards k JOIN cards c ON c.id = k.card_id WHERE c.owner_id = ?",
    )
    .bind(owner)
    .fetch_all(db)
    .await?)
}
