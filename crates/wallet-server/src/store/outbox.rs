//! The outbox: what the gateway must still be told. A row is written with the change that makes it needed, and goes
//! when the gateway has agreed.

use sqlx::{FromRow, SqliteExecutor};

use super::StoreError;
use crate::clock::now;

/// What to tell the gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type)]
#[sqlx(rename_all = "lowercase")]
pub enum Action {
    /// Let a payment method go: detach it from its customer, or take it out of the vault.
    Detach,
    /// Cancel an intent nobody used.
    Cancel,
    /// Give a held dollar back: of a transaction, or of an order of ours whose transaction nobody knows.
    Void,
    /// Take out of a customer's vault what the wallet does not hold.
    Tidy,
    /// Let a payment method go unless a wallet holds it.
    Release,
    /// Expire a checkout that a newer one took the place of.
    Expire,
}

/// One thing to tell.
#[derive(Debug, Clone, FromRow)]
pub struct Errand {
    /// Its row.
    pub id: i64,
    /// The account whose keys to use.
    pub account_id: i64,
    /// What to do.
    pub action: Action,
    /// To which object.
    pub object_id: String,
    /// How often it was tried.
    pub attempts: u32,
    /// When it was due.
    pub due_at: i64,
}

/// Adds an errand, due at once; the same errand twice is one.
///
/// # Errors
/// When the database refuses.
pub async fn insert(
    db: impl SqliteExecutor<'_>,
    account_id: i64,
    action: Action,
    object_id: &str,
) -> Result<(), StoreError> {
    insert_for(db, account_id, action, object_id, 0).await
}

/// Adds an errand that is due in so many seconds; one that is there already is due then.
///
/// # Errors
/// When the database refuses.
pub async fn insert_for(
    db: impl SqliteExecutor<'_>,
    account_id: i64,
    action: Action,
    object_id: &str,
    seconds: i64,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO outbox (account_id, action, object_id, due_at, created_at) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (action, object_id) DO UPDATE SET due_at = excluded.due_at",
    )
    .bind(account_id)
    .bind(action)
    .bind(object_id)
    .bind(now().saturating_add(seconds))
    .bind(now())
    .execute(db)
    .await?;
    Ok(())
}

/// Whether an errand is still to be done.
///
/// # Errors
/// When the database refuses.
pub async fn is_written(
    db: impl SqliteExecutor<'_>,
    action: Action,
    object_id: &str,
) -> Result<bool, StoreError> {
    let row: Option<i64> =
        sqlx::query_scalar("SELECT 1 FROM outbox WHERE action = ? AND object_id = ?")
            .bind(action)
            .bind(object_id)
            .fetch_optional(db)
            .await?;
    Ok(row.is_some())
}

/// Strikes an errand off by what it says.
///
/// # Errors
/// When the database refuses.
pub async fn strike(
    db: impl SqliteExecutor<'_>,
    action: Action,
    object_id: &str,
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM outbox WHERE action = ? AND object_id = ?")
        .bind(action)
        .bind(object_id)
        .execute(db)
        .await?;
    Ok(())
}

/// The errands that are due, oldest first.
///
/// # Errors
/// When the database refuses.
pub async fn due(db: impl SqliteExecutor<'_>, limit: u32) -> Result<Vec<Errand>, StoreError> {
    Ok(sqlx::query_as(
        "SELECT id, account_id, action, object_id, attempts, due_at FROM outbox WHERE due_at <= ? ORDER BY due_at, id LIMIT ?",
    )
    .bind(now())
    .bind(limit)
    .fetch_all(db)
    .await?)
}

/// Strikes off an errand that was done, unless it was written anew meanwhile.
///
/// # Errors
/// When the database refuses.
pub async fn delete(db: impl SqliteExecutor<'_>, done: &Errand) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM outbox WHERE id = ? AND due_at = ?")
        .bind(done.id)
        .bind(done.due_at)
        .execute(db)
        .await?;
    Ok(())
}

/// Puts an errand off for so many seconds.
///
/// # Errors
/// When the database refuses.
pub async fn defer(db: impl SqliteExecutor<'_>, id: i64, seconds: i64) -> Result<(), StoreError> {
    sqlx::query("UPDATE outbox SET attempts = attempts + 1, due_at = ? WHERE id = ?")
        .bind(now().saturating_add(seconds))
        .bind(id)
        .execute(db)
        .await?;
    Ok(())
}
