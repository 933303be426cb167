//! Deletion blocks: why a card may not be deleted now, usually because of an appointment. The booking site's server
//! sets them at `/holds`. A block whose time has passed has no effect. A card with an active block must never be
//! deleted: the database refuses it.

use crate::{Executor, StoreError, query};
use sqlx::FromRow;

use super::cards::CardRowId;
use super::owners::OwnerId;
use wallet_core::clock::{self, Seconds, now};
use wallet_core::expiry::YearMonth;

/// A reason why a card is needed, with the card's current data.
#[derive(Debug, Clone, FromRow)]
pub struct DeletionBlock {
    /// The booking site's id of the block.
    pub reference: String,
    #[sqlx(try_from = "i64")]
    pub card_id: CardRowId,
    #[sqlx(try_from = "i64")]
    pub owner_id: OwnerId,
    /// The gateway's customer, `cus_…`.
    pub customer_id: String,
    /// The gateway's payment method, `pm_…`.
    pub payment_method: String,
    #[sqlx(try_from = "i64")]
    pub exp_month: u16,
    #[sqlx(try_from = "i64")]
    pub exp_year: u16,
    /// What the card is needed for, as the cardholder reads it.
    pub reason: String,
    /// When the block ends, as the booking site wrote it: RFC 3339 with its own offset.
    pub until_text: String,
    pub created_at: i64,
}

impl DeletionBlock {
    /// The last month in which the card is valid.
    pub fn card_expires(&self) -> YearMonth {
        YearMonth::of_card(self.exp_month, self.exp_year)
    }

    pub fn ends_after_card_expires(&self) -> bool {
        let until = clock::parse(&self.until_text);
        until.is_some_and(|until| self.card_expires() < YearMonth::of(until))
    }
}

#[derive(Debug, Clone, Copy)]
pub struct NewDeletionBlock<'a> {
    pub account_id: i64,
    /// The booking site's id of the block.
    pub reference: &'a str,
    pub card: CardRowId,
    /// What the card is needed for, as the cardholder reads it.
    pub reason: &'a str,
    /// When the block ends, as the booking site wrote it.
    pub until_text: &'a str,
    /// When the block ends, in Unix seconds.
    pub until_at: i64,
}

/// The active blocks of an account, of all owners or of one. The block that ends first comes first.
pub async fn list(
    db: impl Executor<'_>,
    account_id: i64,
    owner: Option<OwnerId>,
) -> Result<Vec<DeletionBlock>, StoreError> {
    query(
        "SELECT h.reference, h.card_id, c.owner_id, c.customer_id, c.payment_method, c.exp_month, c.exp_year, h.reason,
                h.until_text, h.created_at
         FROM deletion_blocks h JOIN cards c ON c.id = h.card_id
         WHERE h.account_id = $1 AND ($2 IS NULL OR c.owner_id = $2) AND h.until_at > $3
         ORDER BY h.until_at, h.reference",
    )
    .bind(account_id)
    .bind(owner)
    .bind(now())
    .fetch_all(db)
    .await
}

/// Finds an active block by its reference.
pub async fn find(
    db: impl Executor<'_>,
    account_id: i64,
    reference: &str,
) -> Result<Option<DeletionBlock>, StoreError> {
    query(
        "SELECT h.reference, h.card_id, c.owner_id, c.customer_id, c.payment_method, c.exp_month, c.exp_year, h.reason,
                h.until_text, h.created_at
         FROM deletion_blocks h JOIN cards c ON c.id = h.card_id
         WHERE h.account_id = $1 AND h.reference = $2 AND h.until_at > $3",
    )
    .bind(account_id)
    .bind(reference)
    .bind(now())
    .fetch_optional(db)
    .await
}

/// The active blocks of one card. The block that ends first comes first.
pub async fn on_card(
    db: impl Executor<'_>,
    card: CardRowId,
) -> Result<Vec<DeletionBlock>, StoreError> {
    query(
        "SELECT h.reference, h.card_id, c.owner_id, c.customer_id, c.payment_method, c.exp_month, c.exp_year, h.reason,
                h.until_text, h.created_at
         FROM deletion_blocks h JOIN cards c ON c.id = h.card_id WHERE h.card_id = $1 AND h.until_at > $2
         ORDER BY h.until_at, h.reference",
    )
    .bind(card)
    .bind(now())
    .fetch_all(db)
    .await
}

/// Adds a block, or changes the block of the same reference.
pub async fn upsert(db: impl Executor<'_>, block: &NewDeletionBlock<'_>) -> Result<(), StoreError> {
    query(
        "INSERT INTO deletion_blocks (account_id, reference, card_id, reason, until_text, until_at, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (account_id, reference) DO UPDATE SET card_id = $3, reason = $4, until_text = $5, until_at = $6",
    )
    .bind(block.account_id)
    .bind(block.reference)
    .bind(block.card)
    .bind(block.reason)
    .bind(block.until_text)
    .bind(block.until_at)
    .bind(now())
    .execute(db)
    .await?;
    Ok(())
}

/// Deletes a block, and returns whether there was one.
pub async fn delete(
    db: impl Executor<'_>,
    account_id: i64,
    reference: &str,
) -> Result<bool, StoreError> {
    let done = query("DELETE FROM deletion_blocks WHERE account_id = $1 AND reference = $2")
        .bind(account_id)
        .bind(reference)
        .execute(db)
        .await?;
    Ok(done > 0)
}

pub async fn delete_of_card(db: impl Executor<'_>, card: CardRowId) -> Result<(), StoreError> {
    query("DELETE FROM deletion_blocks WHERE card_id = $1")
        .bind(card)
        .execute(db)
        .await?;
    Ok(())
}

/// Deletes the blocks of a card whose time has passed.
pub async fn delete_expired_of_card(
    db: impl Executor<'_>,
    card: CardRowId,
) -> Result<(), StoreError> {
    query("DELETE FROM deletion_blocks WHERE card_id = $1 AND until_at <= $2")
        .bind(card)
        .bind(now())
        .execute(db)
        .await?;
    Ok(())
}

/// Deletes at most `limit` blocks that ended longer than `age` ago, and returns how many.
pub async fn delete_ended_before(
    db: impl Executor<'_>,
    age: Seconds,
    limit: u32,
) -> Result<u64, StoreError> {
    query(
        "DELETE FROM deletion_blocks WHERE (account_id, reference) IN
             (SELECT account_id, reference FROM deletion_blocks WHERE until_at <= $1 ORDER BY until_at LIMIT $2)",
    )
    .bind(now() - age)
    .bind(limit)
    .execute(db)
    .await
}
