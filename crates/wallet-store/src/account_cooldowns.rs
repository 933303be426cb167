//! Account cooldowns: which stage the breaker of an account is in, and until when. A cooldown must never block a stored
//! card.

use crate::{Executor, StoreError, query, text_enum};
use sqlx::FromRow;
use wallet_core::clock::{Seconds, now};

text_enum! {
    /// What an account refuses, from the mildest to the strictest.
    #[derive(PartialOrd, Ord)]
    pub enum BreakerStage {
        /// Nothing is refused.
        Normal = "normal",
        /// Everybody must pass a CAPTCHA.
        Challenge = "challenge",
        /// Owners without a history are refused.
        NewRefused = "new_refused",
        /// Everybody is refused.
        AllRefused = "all_refused",
    }
}

impl BreakerStage {
    pub const ALL: [Self; 4] = [
        Self::Normal,
        Self::Challenge,
        Self::NewRefused,
        Self::AllRefused,
    ];

    /// The name in the log, the metrics and the database.
    #[must_use]
    pub fn label(self) -> &'static str {
        self.as_str()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, FromRow)]
pub struct Cooldown {
    #[sqlx(try_from = "String")]
    pub stage: BreakerStage,
    /// Owners who saved a card by then have a history. Responses of issuers up to then do not count.
    pub history_before: Seconds,
    pub ends_at: Seconds,
}

/// The account's last cooldown, which may have ended; `None` if it had none.
pub async fn find(db: impl Executor<'_>, account_id: i64) -> Result<Option<Cooldown>, StoreError> {
    query("SELECT stage, history_before, ends_at FROM account_cooldowns WHERE account_id = $1")
        .bind(account_id)
        .fetch_optional(db)
        .await
}

/// Starts a cooldown, or changes the running one.
pub async fn start(
    db: impl Executor<'_>,
    account_id: i64,
    new: &Cooldown,
) -> Result<(), StoreError> {
    query(
        "INSERT INTO account_cooldowns (account_id, stage, history_before, ends_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (account_id) DO UPDATE SET stage = excluded.stage,
           history_before = excluded.history_before, ends_at = excluded.ends_at",
    )
    .bind(account_id)
    .bind(new.stage)
    .bind(new.history_before)
    .bind(new.ends_at)
    .execute(db)
    .await?;
    Ok(())
}

/// Sets the cooldowns that have ended to [`BreakerStage::Normal`]. Returns their accounts, each once.
pub async fn end_expired(db: impl Executor<'_>) -> Result<Vec<i64>, StoreError> {
    query(
        "UPDATE account_cooldowns SET stage = 'normal' WHERE stage <> 'normal' AND ends_at <= $1
         RETURNING account_id",
    )
    .bind(now())
    .scalars(db)
    .await
}
