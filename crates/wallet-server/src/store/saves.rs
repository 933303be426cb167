//! What became of each payment method that was saved, so that a repeat gets the same answer.

use sqlx::{FromRow, SqliteExecutor};

use super::StoreError;
use super::owners::OwnerId;
use crate::clock::{DAY, Seconds, now};

/// How a save ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type)]
#[sqlx(rename_all = "lowercase")]
pub enum Outcome {
    /// It is in the wallet beside what was there.
    Added,
    /// Another card gave way.
    Replaced,
    /// The wallet had this very card; its row was kept.
    Same,
}

/// A finished save.
#[derive(Debug, Clone, FromRow)]
pub struct Save {
    /// Whose wallet.
    pub owner_id: OwnerId,
    /// The payment method the wallet held afterwards: the saved one, or the earlier copy of the same card.
    pub kept: String,
    /// How it ended.
    pub outcome: Outcome,
    /// The fingerprint of the caller's idempotency key, when it had one.
    pub key_hash: Option<Vec<u8>>,
    /// Whether this server learned of it by itself, and nobody has asked for it yet.
    pub learned: bool,
}

/// Records how the save of a payment method ended.
///
/// # Errors
/// When the database refuses.
pub async fn insert(
    db: impl SqliteExecutor<'_>,
    payment_method: &str,
    save: &Save,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO saves (payment_method, owner_id, kept, outcome, key_hash, learned, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(payment_method)
    .bind(save.owner_id)
    .bind(&save.kept)
    .bind(save.outcome)
    .bind(&save.key_hash)
    .bind(save.learned)
    .bind(now())
    .execute(db)
    .await?;
    Ok(())
}

/// Notes the first request that asks for a save this server had learned of; `key` is that request's.
///
/// # Errors
/// When the database refuses.
pub async fn ask_for(
    db: impl SqliteExecutor<'_>,
    payment_method: &str,
    key: Option<&[u8]>,
) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE saves SET learned = 0, key_hash = ? WHERE payment_method = ? AND learned = 1",
    )
    .bind(key)
    .bind(payment_method)
    .execute(db)
    .await?;
    Ok(())
}

/// When the `nth` newest card of the last day came into the owner's wallet; none: there are fewer.
///
/// # Errors
/// When the database refuses.
pub async fn nth_of_owner(
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

/// Finds how the save of a payment method ended.
///
/// # Errors
/// When the database refuses.
pub async fn find(
    db: impl SqliteExecutor<'_>,
    payment_method: &str,
) -> Result<Option<Save>, StoreError> {
    Ok(sqlx::query_as(
        "SELECT owner_id, kept, outcome, key_hash, learned FROM saves WHERE payment_method = ?",
    )
    .bind(payment_method)
    .fetch_optional(db)
    .await?)
}
