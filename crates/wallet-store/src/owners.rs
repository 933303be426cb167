//! Owners of wallets: people who signed up, guests, and people whom a booking site vouches for. An owner of one account
//! must never be used in another.

use crate::{Executor, StoreError, StorePool, query, text_enum};
use sqlx::FromRow;

use wallet_core::clock::now;

pub use wallet_core::ids::OwnerId;

text_enum! {
    /// How an owner is authenticated.
    pub enum OwnerKind {
        /// By e-mail and password.
        User = "user",
        /// By a guest token, which is issued once.
        Guest = "guest",
        /// By the booking site, which knows the owner under its own id.
        External = "external",
    }
}

#[derive(Debug, Clone, FromRow)]
pub struct Owner {
    #[sqlx(try_from = "i64")]
    pub id: OwnerId,
    pub account_id: i64,
    /// The gateway's customer (`cus_…` at Stripe), once it was created.
    pub customer_id: Option<String>,
    pub created_at: i64,
}

/// Creates a user or a guest.
pub async fn insert(
    db: impl Executor<'_>,
    account_id: i64,
    kind: OwnerKind,
) -> Result<Owner, StoreError> {
    query(
        "INSERT INTO owners (account_id, kind, created_at) VALUES ($1, $2, $3)
         RETURNING id, account_id, customer_id, created_at",
    )
    .bind(account_id)
    .bind(kind)
    .bind(now())
    .fetch_one(db)
    .await
}

/// Finds the owner that a booking site knows under its own id, such as a customer number. Creates the owner if there is
/// none. The caller has checked that the site vouches for the id.
pub async fn find_or_insert_external(
    pool: &StorePool,
    account_id: i64,
    external_id: &str,
) -> Result<Owner, StoreError> {
    let found = query(
        "SELECT id, account_id, customer_id, created_at FROM owners WHERE account_id = $1 AND external_id = $2",
    )
    .bind(account_id)
    .bind(external_id)
    .fetch_optional(pool)
    .await?;
    if let Some(owner) = found {
        return Ok(owner);
    }
    query(
        "INSERT INTO owners (account_id, kind, external_id, created_at) VALUES ($1, 'external', $2, $3)
         ON CONFLICT (account_id, external_id) WHERE external_id IS NOT NULL
         DO UPDATE SET external_id = excluded.external_id
         RETURNING id, account_id, customer_id, created_at",
    )
    .bind(account_id)
    .bind(external_id)
    .bind(now())
    .fetch_one(pool)
    .await
}

pub async fn find(
    db: impl Executor<'_>,
    account_id: i64,
    id: OwnerId,
) -> Result<Option<Owner>, StoreError> {
    query(
        "SELECT id, account_id, customer_id, created_at FROM owners WHERE id = $1 AND account_id = $2",
    )
    .bind(id)
    .bind(account_id)
    .fetch_optional(db)
    .await
}

/// The booking site's own id of an owner.
pub async fn external_id(db: impl Executor<'_>, id: OwnerId) -> Result<Option<String>, StoreError> {
    let found: Option<Option<String>> = query("SELECT external_id FROM owners WHERE id = $1")
        .bind(id)
        .optional_scalar(db)
        .await?;
    Ok(found.flatten())
}

/// Finds the owner of a customer at the gateway.
pub async fn find_by_customer(
    db: impl Executor<'_>,
    account_id: i64,
    customer_id: &str,
) -> Result<Option<Owner>, StoreError> {
    query(
        "SELECT id, account_id, customer_id, created_at FROM owners WHERE customer_id = $1 AND account_id = $2",
    )
    .bind(customer_id)
    .bind(account_id)
    .fetch_optional(db)
    .await
}

/// Whether a customer of the gateway belongs to an owner other than this one, of whichever account.
pub async fn is_customer_of_another(
    db: impl Executor<'_>,
    id: OwnerId,
    customer_id: &str,
) -> Result<bool, StoreError> {
    query("SELECT EXISTS (SELECT 1 FROM owners WHERE customer_id = $1 AND id <> $2)")
        .bind(customer_id)
        .bind(id)
        .scalar(db)
        .await
}

/// Sets an owner's customer at the gateway unless there is one, and returns the one that is set: of two requests, the
/// first wins.
/// Fails if the customer belongs to another owner.
pub async fn set_customer_if_none(
    db: impl Executor<'_>,
    id: OwnerId,
    customer_id: &str,
) -> Result<String, StoreError> {
    query(
        "UPDATE owners SET customer_id = COALESCE(customer_id, $1) WHERE id = $2 RETURNING customer_id",
    )
    .bind(customer_id)
    .bind(id)
    .scalar(db)
    .await
}

/// Clears an owner's customer at the gateway if it is still this one. Returns whether it was.
pub async fn clear_customer(
    db: impl Executor<'_>,
    id: OwnerId,
    customer_id: &str,
) -> Result<bool, StoreError> {
    let cleared = query("UPDATE owners SET customer_id = NULL WHERE id = $1 AND customer_id = $2")
        .bind(id)
        .bind(customer_id)
        .execute(db)
        .await?;
    Ok(cleared > 0)
}

/// At most `limit` owners of an account who have a customer at the gateway, in the order of their numbers, from the one
/// after `after`.
pub async fn with_customer(
    db: impl Executor<'_>,
    account_id: i64,
    after: OwnerId,
    limit: u32,
) -> Result<Vec<Owner>, StoreError> {
    query(
        "SELECT id, account_id, customer_id, created_at FROM owners
         WHERE account_id = $1 AND id > $2 AND customer_id IS NOT NULL ORDER BY id LIMIT $3",
    )
    .bind(account_id)
    .bind(after)
    .bind(limit)
    .fetch_all(db)
    .await
}
