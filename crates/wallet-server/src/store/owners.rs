//! Owners: whose wallet it is.

use sqlx::sqlite::SqlitePool;
use sqlx::{FromRow, SqliteExecutor};

use super::StoreError;
use crate::clock::now;

/// An owner's number; also the `id` of a MyTime user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, sqlx::Type)]
#[sqlx(transparent)]
pub struct OwnerId(pub i64);

/// How an owner proves who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type)]
#[sqlx(rename_all = "lowercase")]
pub enum OwnerKind {
    /// Signed up with e-mail and password.
    User,
    /// Came once, holds only a guest token.
    Guest,
    /// The system itself vouches for them, by its own key.
    Known,
}

/// Whose wallet it is.
#[derive(Debug, Clone, FromRow)]
pub struct Owner {
    /// Its number.
    pub id: OwnerId,
    /// The account it is known to.
    pub account_id: i64,
    /// How it proves itself.
    pub kind: OwnerKind,
    /// The gateway's customer, once there is one.
    pub customer_id: Option<String>,
    /// When it came.
    pub created_at: i64,
}

/// Makes an owner with a session of their own: a user or a guest.
///
/// # Errors
/// When the database refuses.
pub async fn insert(
    db: impl SqliteExecutor<'_>,
    account_id: i64,
    kind: OwnerKind,
) -> Result<Owner, StoreError> {
    Ok(sqlx::query_as(
        "INSERT INTO owners (account_id, kind, created_at) VALUES (?, ?, ?)
         RETURNING id, account_id, kind, customer_id, created_at",
    )
    .bind(account_id)
    .bind(kind)
    .bind(now())
    .fetch_one(db)
    .await?)
}

/// The owner a system knows by its own key, such as a customer's number; made when it is seen first. The caller has
/// checked that the system vouches for it.
///
/// # Errors
/// When the database refuses.
pub async fn known(pool: &SqlitePool, account_id: i64, key: &str) -> Result<Owner, StoreError> {
    let found = sqlx::query_as(
        "SELECT id, account_id, kind, customer_id, created_at FROM owners WHERE account_id = ? AND key = ?",
    )
    .bind(account_id)
    .bind(key)
    .fetch_optional(pool)
    .await?;
    if let Some(owner) = found {
        return Ok(owner);
    }
    Ok(sqlx::query_as(
        "INSERT INTO owners (account_id, kind, key, created_at) VALUES (?, 'known', ?, ?)
         ON CONFLICT (account_id, key) WHERE key IS NOT NULL DO UPDATE SET key = excluded.key
         RETURNING id, account_id, kind, customer_id, created_at",
    )
    .bind(account_id)
    .bind(key)
    .bind(now())
    .fetch_one(pool)
    .await?)
}

/// Finds an owner of an account.
///
/// # Errors
/// When the database refuses.
pub async fn find(
    db: impl SqliteExecutor<'_>,
    account_id: i64,
    id: OwnerId,
) -> Result<Option<Owner>, StoreError> {
    Ok(sqlx::query_as(
        "SELECT id, account_id, kind, customer_id, created_at FROM owners WHERE id = ? AND account_id = ?",
    )
    .bind(id)
    .bind(account_id)
    .fetch_optional(db)
    .await?)
}

/// Finds the owner of a gateway's customer.
///
/// # Errors
/// When the database refuses.
pub async fn of_customer(
    db: impl SqliteExecutor<'_>,
    account_id: i64,
    customer_id: &str,
) -> Result<Option<Owner>, StoreError> {
    Ok(sqlx::query_as(
        "SELECT id, account_id, kind, customer_id, created_at FROM owners WHERE customer_id = ? AND account_id = ?",
    )
    .bind(customer_id)
    .bind(account_id)
    .fetch_optional(db)
    .await?)
}

/// Gives an owner its gateway customer unless it has one, and returns the one it has: whoever was first wins.
///
/// # Errors
/// When the database refuses, or the customer is another owner's.
pub async fn settle_customer(
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

/// Forgets an owner's gateway customer, if it is still this one. Whether it was.
///
/// # Errors
/// When the database refuses.
pub async fn drop_customer(
    db: impl SqliteExecutor<'_>,
    id: OwnerId,
    customer_id: &str,
) -> Result<bool, StoreError> {
    let dropped =
        sqlx::query("UPDATE owners SET customer_id = NULL WHERE id = ? AND customer_id = ?")
            .bind(id)
            .bind(customer_id)
            .execute(db)
            .await?;
    Ok(dropped.rows_affected() > 0)
}
