//! The result of each save, by payment method. A repeated save gets the same result. A row must never be overwritten by
//! a later save.

use crate::{Executor, StoreError, query, text_enum};
use sqlx::FromRow;

use super::owners::OwnerId;
use wallet_core::clock::{DAY, Seconds, now};

text_enum! {
    /// What a save did to the wallet.
    pub enum SaveEffect {
        /// The card was added to the others.
        Added = "added",
        /// The card replaced another one.
        Replaced = "replaced",
        /// The wallet had the same card already, and keeps it.
        Unchanged = "same",
    }
}

#[derive(Debug, Clone, FromRow)]
pub struct SaveRecord {
    #[sqlx(try_from = "i64")]
    pub owner_id: OwnerId,
    /// The payment method that is in the wallet after the save: the saved one, or an earlier copy of the same card.
    pub wallet_payment_method: String,
    #[sqlx(rename = "outcome", try_from = "String")]
    pub effect: SaveEffect,
    /// The fingerprint of the request's idempotency key, if it had one.
    pub key_hash: Option<Vec<u8>>,
    /// Whether this server saved the card by itself, and no request has asked for the save yet.
    pub unclaimed: bool,
}

pub async fn insert(
    db: impl Executor<'_>,
    payment_method: &str,
    save: &SaveRecord,
) -> Result<(), StoreError> {
    query(
        "INSERT INTO saves (payment_method, owner_id, wallet_payment_method, outcome, key_hash, unclaimed, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(payment_method)
    .bind(save.owner_id)
    .bind(&save.wallet_payment_method)
    .bind(save.effect)
    .bind(&save.key_hash)
    .bind(save.unclaimed)
    .bind(now())
    .execute(db)
    .await?;
    Ok(())
}

/// Assigns an unclaimed save to the first request that asks for it. `key` is the idempotency key of that request.
pub async fn claim(
    db: impl Executor<'_>,
    payment_method: &str,
    key: Option<&[u8]>,
) -> Result<(), StoreError> {
    query(
        "UPDATE saves SET unclaimed = FALSE, key_hash = $1 WHERE payment_method = $2 AND unclaimed",
    )
    .bind(key)
    .bind(payment_method)
    .execute(db)
    .await?;
    Ok(())
}

/// When the `nth` newest card of the last day was added to the owner's wallet; `None` if there are fewer.
pub async fn nth_newest_of_owner(
    db: impl Executor<'_>,
    owner: OwnerId,
    nth: u32,
) -> Result<Option<Seconds>, StoreError> {
    query(
        "SELECT created_at FROM saves WHERE owner_id = $1 AND outcome <> 'same' AND created_at > $2
         ORDER BY created_at DESC LIMIT 1 OFFSET $3",
    )
    .bind(owner)
    .bind(now() - DAY)
    .bind(nth.saturating_sub(1))
    .optional_scalar(db)
    .await
}

pub async fn find(
    db: impl Executor<'_>,
    payment_method: &str,
) -> Result<Option<SaveRecord>, StoreError> {
    query(
        "SELECT owner_id, wallet_payment_method, outcome, key_hash, unclaimed FROM saves WHERE payment_method = $1",
    )
    .bind(payment_method)
    .fetch_optional(db)
    .await
}
