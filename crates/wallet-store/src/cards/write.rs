//! Changes of stored cards. At most one card of an owner is the default; the database enforces it. A wallet must never
//! have two default cards: the database refuses it.

use super::{CardRowId, GatewayCard};
use crate::WriteTransaction;
use crate::owners::OwnerId;
use crate::statement::Statement;
use crate::{Executor, StoreError, query};
use wallet_core::clock::now;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CardFlags {
    /// The wallet has room for one card. The database then refuses a second one.
    pub sole: bool,
    pub is_default: bool,
}

/// Adds a card. Fails with [`StoreError::is_duplicate`] if a wallet has the payment method already.
pub async fn insert(
    db: impl Executor<'_>,
    owner: OwnerId,
    card: &GatewayCard,
    flags: CardFlags,
) -> Result<(), StoreError> {
    let statement = query(
        "INSERT INTO cards (owner_id, sole, is_default, customer_id, payment_method, fingerprint, brand, last4,
                            exp_month, exp_year, funding, country, name, address_line1, address_city, address_state,
                            address_zip, address_country, created_at, updated_at, preferred_network, display_brand)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $19, $20, $21)",
    )
    .bind(owner)
    .bind(flags.sole)
    .bind(flags.is_default);
    bind_card(statement, card).execute(db).await?;
    Ok(())
}

/// Writes another card into a row. Deletion blocks on the row then protect that card. Fails like [`insert`].
pub async fn update(
    db: impl Executor<'_>,
    id: CardRowId,
    card: &GatewayCard,
) -> Result<(), StoreError> {
    let statement = query(
        "UPDATE cards SET customer_id = $2, payment_method = $3, fingerprint = $4, brand = $5, last4 = $6,
                          exp_month = $7, exp_year = $8, funding = $9, country = $10, name = $11, address_line1 = $12,
                          address_city = $13, address_state = $14, address_zip = $15, address_country = $16,
                          updated_at = $17,
                          preferred_network = $18, display_brand = $19
         WHERE id = $1",
    )
    .bind(id);
    bind_card(statement, card).execute(db).await?;
    Ok(())
}

/// Binds what the gateway says of a card, and the time, in the order of both statements above.
fn bind_card(statement: Statement, card: &GatewayCard) -> Statement {
    statement
        .bind(&card.customer_id)
        .bind(&card.payment_method)
        .bind(&card.fingerprint)
        .bind(&card.brand)
        .bind(&card.last4)
        .bind(card.exp_month)
        .bind(card.exp_year)
        .bind(&card.funding)
        .bind(&card.country)
        .bind(&card.name)
        .bind(&card.address_line1)
        .bind(&card.address_city)
        .bind(&card.address_state)
        .bind(&card.address_zip)
        .bind(&card.address_country)
        .bind(now())
        .bind(&card.preferred_network)
        .bind(&card.display_brand)
}

/// A change of a card's holder and expiry; `None` leaves the stored value.
#[derive(Debug)]
pub struct HolderAndExpiry<'a> {
    pub name: Option<&'a str>,
    /// Month and year.
    pub expiry: Option<(u16, u16)>,
}

pub async fn update_holder_and_expiry(
    db: impl Executor<'_>,
    id: CardRowId,
    new: &HolderAndExpiry<'_>,
) -> Result<(), StoreError> {
    query(
        "UPDATE cards SET name = COALESCE($2, name), exp_month = COALESCE($3, exp_month),
                          exp_year = COALESCE($4, exp_year), updated_at = $5
         WHERE id = $1",
    )
    .bind(id)
    .bind(new.name)
    .bind(new.expiry.map(|(month, _)| month))
    .bind(new.expiry.map(|(_, year)| year))
    .bind(now())
    .execute(db)
    .await?;
    Ok(())
}

/// Makes one card of an owner the default, and the others not.
pub async fn set_default(
    tx: &mut WriteTransaction,
    owner: OwnerId,
    id: CardRowId,
) -> Result<(), StoreError> {
    // In two statements, because the unique index refuses two defaults in the middle of one.
    query("UPDATE cards SET is_default = FALSE WHERE owner_id = $1 AND is_default AND id <> $2")
        .bind(owner)
        .bind(id)
        .execute(&mut **tx)
        .await?;
    query("UPDATE cards SET is_default = TRUE WHERE owner_id = $1 AND id = $2")
        .bind(owner)
        .bind(id)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Deletes a card. The database refuses it while the card has a deletion block.
pub async fn delete(db: impl Executor<'_>, id: CardRowId) -> Result<(), StoreError> {
    query("DELETE FROM cards WHERE id = $1")
        .bind(id)
        .execute(db)
        .await?;
    Ok(())
}
