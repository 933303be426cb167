//! Payments that this server created, and the owner of each. Their status is read from the gateway. It must never store
//! a status or a client secret.

use sqlx::{FromRow, SqliteExecutor};

use super::StoreError;
use super::owners::OwnerId;
use crate::clock::now;

#[derive(Debug, Clone, FromRow)]
pub struct Payment {
    /// The gateway's id, `pi_…`.
    pub id: String,
    pub owner_id: OwnerId,
    /// `true`: a card at a terminal, captured later. `false`: a stored card, charged at once.
    pub in_person: bool,
}

/// Records a payment. A repeat changes nothing.
pub async fn insert(db: impl SqliteExecutor<'_>, payment: &Payment) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO payments (id, owner_id, in_person, created_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
    )
    .bind(&payment.id)
    .bind(payment.owner_id)
    .bind(payment.in_person)
    .bind(now())
    .execute(db)
    .await?;
    Ok(())
}

/// Finds a payment of any owner of an account.
pub async fn find(
    db: impl SqliteExecutor<'_>,
    account_id: i64,
    id: &str,
) -> Result<Option<Payment>, StoreError> {
    Ok(sqlx::query_as(
        "SELECT p.id, p.owner_id, p.in_person FROM payments p JOIN owners o ON o.id = p.owner_id
         WHERE p.id = ? AND o.account_id = ?",
    )
    .bind(id)
    .bind(account_id)
    .fetch_optional(db)
    .await?)
}
