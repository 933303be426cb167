//! Account cooldowns: until when an account accepts no new cards. A cooldown must never block a stored card.

use sqlx::SqliteExecutor;

use super::StoreError;
use crate::clock::Seconds;

/// When the account's last cooldown ends or ended; `None` if it had none.
pub async fn ends_at(
    db: impl SqliteExecutor<'_>,
    account_id: i64,
) -> Result<Option<Seconds>, StoreError> {
    Ok(
        sqlx::query_scalar("SELECT ends_at FROM account_cooldowns WHERE account_id = ?")
            .bind(account_id)
            .fetch_optional(db)
            .await?,
    )
}

pub async fn start(
    db: impl SqliteExecutor<'_>,
    account_id: i64,
    ends_at: Seconds,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO account_cooldowns (account_id, ends_at) VALUES (?, ?)
         ON CONFLICT (account_id) DO UPDATE SET ends_at = excluded.ends_at",
    )
    .bind(account_id)
    .bind(ends_at)
    .execute(db)
    .await?;
    Ok(())
}
