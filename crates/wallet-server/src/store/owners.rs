//! Owners: whose wallet it is.

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
}

/// Whose wallet it is.
#[derive(Debug, Clone, FromRow)]
pub struct Owner {
    /// Its number.
    pub id: OwnerId,
    /// The company it is known to.
    pub company_id: i64,
    /// User or guest.
    pub kind: OwnerKind,
    /// The gateway's customer, once there is one.
    pub customer_id: Option<String>,
    /// When it came.
    pub created_at: i64,
}

/// Makes an owner.
///
/// # Errors
/// When the database refuses.
pub async fn insert(
    db: impl SqliteExecutor<'_>,
    company_id: i64,
    kind: OwnerKind,
) -> Result<Owner, StoreError> {
    Ok(sqlx::query_as(
        "INSERT INTO owners (company_id, kind, created_at) VALUES (?, ?, ?)
         RETURNING id, company_id, kind, customer_id, created_at",
    )
    .bind(company_id)
    .bind(kind)
    .bind(now())
    .fetch_one(db)
    .await?)
}

/// Finds an owner of a company.
///
/// # Errors
/// When the database refuses.
pub async fn find(
    db: impl SqliteExecutor<'_>,
    company_id: i64,
    id: OwnerId,
) -> Result<Option<Owner>, StoreError> {
    Ok(sqlx::query_as(
        "SELECT id, company_id, kind, customer_id, created_at FROM owners WHERE id = ? AND company_id = ?",
    )
    .bind(id)
    .bind(company_id)
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
