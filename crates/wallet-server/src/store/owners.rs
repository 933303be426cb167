//! Owners of wallets: people who signed up, guests, and people whom a booking site vouches for. An owner of one account
//! must never be used in another.

use sqlx::sqlite::SqlitePool;
use sqlx::{FromRow, SqliteExecutor};

use super::StoreError;
use crate::clock::now;

/// The number of an owner. MyTime shows it as the user's `id`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, sqlx::Type)]
#[sqlx(transparent)]
pub struct OwnerId(pub i64);

/// How an owner is authenticated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type)]
#[sqlx(rename_all = "lowercase")]
pub enum OwnerKind {
    /// By e-mail and password.
    User,
    /// By a guest token, which is issued once.
    Guest,
    /// By the booking site, which knows the owner under its own id.
    External,
}

#[derive(Debug, Clone, FromRow)]
pub struct Owner {
    pub id: OwnerId,
    pub account_id: i64,
    /// The gateway's customer (`cus_…` at Stripe), once it was created.
    pub customer_id: Option<String>,
    pub created_at: i64,
}

/// Creates a user or a guest.
pub async fn insert(
    db: impl SqliteExecutor<'_>,
    account_id: i64,
    kind: OwnerKind,
) -> Result<Owner, StoreError> {
    Ok(sqlx::query_as(
        "INSERT INTO owners (account_id, kind, created_at) VALUES (?, ?, ?)
         RETURNING id, account_id, customer_id, created_at",
    )
    .bind(account_id)
    .bind(kind)
    .bind(now())
    .fetch_one(db)
    .await?)
}

/// Finds the owner that a booking site knows under its own id, such as a customer number. Creates the owner if there is
/// none. The caller has checked that the site vouches for the id.
pub async fn find_or_insert_external(
    pool: &SqlitePool,
    account_id: i64,
    external_id: &str,
) -> Result<Owner, StoreError> {
    let found = sqlx::query_as(
        "SELECT id, account_id, customer_id, created_at FROM owners WHERE account_id = ? AND external_id = ?",
    )
    .bind(account_id)
    .bind(external_id)
    .fetch_optional(pool)
    .await?;
    if let Some(owner) = found {
        return Ok(owner);
    }
    Ok(sqlx::query_as(
        "INSERT INTO owners (account_id, kind, external_id, created_at) VALUES (?, 'external', ?, ?)
         ON CONFLICT (account_id, external_id) WHERE external_id IS NOT NULL
         DO UPDATE SET external_id = excluded.external_id
         RETURNING id, account_id, customer_id, created_at",
    )
    .bind(account_id)
    .bind(external_id)
    .bind(now())
    .fetch_one(pool)
    .await?)
}

pub async fn find(
    db: impl SqliteExecutor<'_>,
    account_id: i64,
    id: OwnerId,
) -> Result<Option<Owner>, StoreError> {
    Ok(sqlx::query_as(
        "SELECT id, account_id, customer_id, created_at FROM owners WHERE id = ? AND account_id = ?",
    )
    .bind(id)
    .bind(account_id)
    .fetch_optional(db)
    .await?)
}

/// Finds the owner of a customer at the gateway.
pub async fn find_by_customer(
    db: impl SqliteExecutor<'_>,
    account_id: i64,
    customer_id: &str,
) -> Result<Option<Owner>, StoreError> {
    Ok(sqlx::query_as(
        "SELECT id, account_id, customer_id, created_at FROM owners WHERE customer_id = ? AND account_id = ?",
    )
    .bind(customer_id)
    .bind(account_id)
    .fetch_optional(db)
    .await?)
}

/// Whether a customer of the gateway belongs to an owner other than this one, of whichever account.
pub async fn is_customer_of_another(
    db: impl SqliteExecutor<'_>,
    id: OwnerId,
    customer_id: &str,
) -> Result<bool, StoreError> {
    Ok(
        sqlx::query_scalar(
            "SELECT EXISTS (SELECT 1 FROM owners WHERE customer_id = ? AND id <> ?)",
        )
        .bind(customer_id)
        .bind(id)
        .fetch_one(db)
        .await?,
    )
}

/// Sets an owner's customer at the gateway unless there is one, and returns the one that is set: of two requests, the
/// first wins.
/// Fails if the customer belongs to another owner.
pub async fn set_customer_if_none(
    db: impl SqliteExecutor<'_>,
    id: OwnerId,
    customer_id: &str,
) -> Result<String, StoreError> {
    Ok(sqlx::query_scalar(
        "UPDATE owners SET customer_id = COALESCE(customer_id, ?) WHERE id = ? RETURNING customer_id",
    )
    .bind(customer_id)
    .bind(id)
    .fetch_one(db)
    .await?)
}

/// Clears an owner's customer at the gateway if it is still this one. Returns whether it was.
pub async fn clear_customer(
    db: impl SqliteExecutor<'_>,
    id: OwnerId,
    customer_id: &str,
) -> Result<bool, StoreError> {
    let cleared =
        sqlx::query("UPDATE owners SET customer_id = NULL WHERE id = ? AND customer_id = ?")
            .bind(id)
            .bind(customer_id)
            .execute(db)
            .await?;
    Ok(cleared.rows_affected() > 0)
}
