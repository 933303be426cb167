//! Pauses: until when an account takes no new cards.

use sqlx::SqliteExecutor;

use super::StoreError;
use crate::clock::Seconds;

/// When the account's last pause ends or ended; none: it had none.
///
/// # Errors
/// When the database refuses.
pub async fn end(
    db: impl SqliteExecutor<'_>,
    account_id: i64,
) -> Result<Option<Seconds>, StoreError> {
    Ok(
        sqlx::query_scalar("SELECT ends_at FROM pauses WHERE account_id = ?")
            .bind(account_id)
            .fetch_optional(db)
            .await?,
    )
}

/// Begins a pause.
///
/// # Errors
/// When the database refuses.
pub async fn begin(
    db: impl SqliteExecutor<'_>,
    account_id: i64,
    ends_at: Seconds,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO pauses (account_id, ends_at) VALUES (?, ?)
         ON CONFLICT (account_id) DO UPDATE SET ends_at = excluded.ends_at",
    )
    .bind(account_id)
    .bind(ends_at)
    .execute(db)
    .await?;
    Ok(())
}
