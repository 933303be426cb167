//! Holds: why a card may not be deleted now. A hold whose time has passed holds nothing.

use sqlx::{FromRow, SqliteExecutor};

use super::StoreError;
use super::cards::CardId;
use super::owners::OwnerId;
use crate::clock::{self, now};
use crate::expiry::YearMonth;

/// A reason why a card is needed.
#[derive(Debug, Clone, FromRow)]
pub struct Hold {
    /// The booking site's own name for it.
    pub reference: String,
    /// The card's row.
    pub card_id: CardId,
    /// Whose card.
    pub owner_id: OwnerId,
    /// The card's customer at the gateway, as it is now.
    pub customer_id: String,
    /// The card's payment method, as it is now.
    pub payment_method: String,
    /// The card's last month, as it is now.
    pub exp_month: u16,
    /// Its year.
    pub exp_year: u16,
    /// Words for people: what, and when.
    pub reason: String,
    /// Until when, as the booking site wrote it (RFC 3339, its own offset).
    pub until_text: String,
    /// The same as Unix seconds.
    pub until_at: i64,
    /// When it was placed.
    pub created_at: i64,
}

impl Hold {
    /// The last month its card is good in.
    #[must_use]
    pub fn card_expires(&self) -> YearMonth {
        YearMonth::of_card(self.exp_month, self.exp_year)
    }

    /// Whether its card expires before it ends.
    #[must_use]
    pub fn outlives_card(&self) -> bool {
        let until = clock::parse(&self.until_text);
        until.is_some_and(|until| self.card_expires() < YearMonth::of(until))
    }
}

const OF_COMPANY: &str =
    "SELECT h.reference, h.card_id, c.owner_id, c.customer_id, c.payment_method, c.exp_month, c.exp_year, h.reason, h.until_text, h.until_at,
        h.created_at
    FROM holds h JOIN cards c ON c.id = h.card_id
    WHERE h.account_id = ?1 AND (?2 IS NULL OR c.owner_id = ?2) AND (?3 IS NULL OR h.reference = ?3)
      AND h.until_at > ?4
    ORDER BY h.until_at, h.reference";

/// The live holds of an account, all or of one owner, soonest end first.
///
/// # Errors
/// When the database refuses.
pub async fn list(
    db: impl SqliteExecutor<'_>,
    account_id: i64,
    owner: Option<OwnerId>,
) -> Result<Vec<Hold>, StoreError> {
    let none: Option<&str> = None;
    Ok(sqlx::query_as(OF_COMPANY)
        .bind(account_id)
        .bind(owner)
        .bind(none)
        .bind(now())
        .fetch_all(db)
        .await?)
}

/// Finds a live hold by its reference.
///
/// # Errors
/// When the database refuses.
pub async fn find(
    db: impl SqliteExecutor<'_>,
    account_id: i64,
    reference: &str,
) -> Result<Option<Hold>, StoreError> {
    let all: Option<i64> = None;
    Ok(sqlx::query_as(OF_COMPANY)
        .bind(account_id)
        .bind(all)
        .bind(reference)
        .bind(now())
        .fetch_optional(db)
        .await?)
}

/// The live holds on one card, soonest end first.
///
/// # Errors
/// When the database refuses.
pub async fn on_card(db: impl SqliteExecutor<'_>, card: CardId) -> Result<Vec<Hold>, StoreError> {
    Ok(sqlx::query_as(
        "SELECT h.reference, h.card_id, c.owner_id, c.customer_id, c.payment_method, c.exp_month, c.exp_year, h.reason, h.until_text,
                h.until_at, h.created_at
         FROM holds h JOIN cards c ON c.id = h.card_id WHERE h.card_id = ? AND h.until_at > ?
         ORDER BY h.until_at, h.reference",
    )
    .bind(card)
    .bind(now())
    .fetch_all(db)
    .await?)
}

/// Places a hold, or changes the one of this reference.
///
/// # Errors
/// When the database refuses.
pub async fn put(
    db: impl SqliteExecutor<'_>,
    account_id: i64,
    reference: &str,
    card: CardId,
    reason: &str,
    (until_text, until_at): (&str, i64),
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO holds (account_id, reference, card_id, reason, until_text, until_at, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (account_id, reference) DO UPDATE SET card_id = ?3, reason = ?4, until_text = ?5, until_at = ?6",
    )
    .bind(account_id)
    .bind(reference)
    .bind(card)
    .bind(reason)
    .bind(until_text)
    .bind(until_at)
    .bind(now())
    .execute(db)
    .await?;
    Ok(())
}

/// Lifts a hold; whether there was one.
///
/// # Errors
/// When the database refuses.
pub async fn delete(
    db: impl SqliteExecutor<'_>,
    account_id: i64,
    reference: &str,
) -> Result<bool, StoreError> {
    let done = sqlx::query("DELETE FROM holds WHERE account_id = ? AND reference = ?")
        .bind(account_id)
        .bind(reference)
        .execute(db)
        .await?;
    Ok(done.rows_affected() > 0)
}

/// Lifts every hold on a card.
///
/// # Errors
/// When the database refuses.
pub async fn lift_all(db: impl SqliteExecutor<'_>, card: CardId) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM holds WHERE card_id = ?")
        .bind(card)
        .execute(db)
        .await?;
    Ok(())
}

/// Forgets the holds on a card whose time has passed.
///
/// # Errors
/// When the database refuses.
pub async fn drop_past(db: impl SqliteExecutor<'_>, card: CardId) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM holds WHERE card_id = ? AND until_at <= ?")
        .bind(card)
        .bind(now())
        .execute(db)
        .await?;
    Ok(())
}
