//! The result of each save, by payment method. A repeated save gets the same result. A row must never be overwritten by
//! a later save.

use sqlx::{FromRow, SqliteExecutor};

use super::StoreError;
use super::owners::OwnerId;
use crate::clock::{DAY, Seconds, now};

/// What a save did to the wallet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type)]
#[sqlx(rename_all = "lowercase")]
pub enum SaveEffect {
    /// The card was added to the others.
    Added,
    /// The card replaced another one.
    Replaced,
    /// The wallet had the same card already, and keeps it.
    #[sqlx(rename = "same")]
    Unchanged,
}

#[derive(Debug, Clone, FromRow)]
pub struct SaveRecord {
    pub owner_id: OwnerId,
    /// The payment method that is in the wallet after the save: the saved one, or an earlier copy of the same card.
    pub wallet_payment_method: String,
    #[sqlx(rename = "outcome")]
    pub effect: SaveEffect,
    /// The fingerprint of the request's idempotency key, if it had one.
    pub key_hash: Option<Vec<u8>>,
    /// Whether this server saved the card by itself, and no request has asked for the save yet.
    pub unclaimed: bool,
}

pub async fn insert(
    db: impl SqliteExecutor<'_>,
    payment_method: &str,
    save: &SaveRecord,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO saves (payment_method, owner_id, wallet_payment_method, outcome, key_hash, unclaimed, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?)",
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
    db: impl SqliteExecutor<'_>,
    payment_method: &str,
    key: Option<&[u8]>,
) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE saves SET unclaimed = 0, key_hash = ? WHERE payment_method = ? AND unclaimed = 1",
    )
    .bind(key)
    .bind(payment_method)
    .execute(db)
    .await?;
    Ok(())
}

/// When the `nth` newest card of the last day was added to the owner's wallet; `None` if there are fewer.
pub async fn nth_newest_of_owner(
    db: impl SqliteExecutor<'_>,
    owner: OwnerId,
    nth: u32,
) -> Result<Option<Seconds>, StoreError> {
    Ok(sqlx::query_scalar(
        "SELECT created_at FROM saves WHERE owner_id = ? AND outcome <> 'same' AND created_at > ?
         ORDER BY created_at DESC LIMIT 1 OFFSET ?",
    )
    .bind(owner)
    .bind(now() - DAY)
    .bind(nth.saturating_sub(1))
    .fetch_optional(db)
    .await?)
}

pub async fn find(
    db: impl SqliteExecutor<'_>,
    payment_method: &str,
) -> Result<Option<SaveRecord>, StoreError> {
    Ok(sqlx::query_as(
        "SELECT owner_id, wallet_payment_method, outcome, key_hash, unclaimed FROM saves WHERE payment_method = ?",
    )
    .bind(payment_method)
    .fetch_optional(db)
    .await?)
}
