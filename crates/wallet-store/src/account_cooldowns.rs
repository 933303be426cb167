//! Account cooldowns: until when an account accepts no new cards. A cooldown must never block a stored card.

use crate::{Executor, StoreError, query};
use wallet_core::clock::Seconds;

/// When the account's last cooldown ends or ended; `None` if it had none.
pub async fn ends_at(
    db: impl Executor<'_>,
    account_id: i64,
) -> Result<Option<Seconds>, StoreError> {
    Ok(
        query("SELECT ends_at FROM account_cooldowns WHERE account_id = $1")
            .bind(account_id)
            .optional_scalar(db)
            .await?,
    )
}

pub async fn start(
    db: impl Executor<'_>,
    account_id: i64,
    ends_at: Seconds,
) -> Result<(), StoreError> {
    query(
        "INSERT INTO account_cooldowns (account_id, ends_at) VALUES ($1, $2)
         ON CONFLICT (account_id) DO UPDATE SET ends_at = excluded.ends_at",
    )
    .bind(account_id)
    .bind(ends_at)
    .execute(db)
    .await?;
    Ok(())
}
