//! Payments that this server created, and the owner of each. Their status is read from the gateway. It must never store
//! a status or a client secret.

use crate::{Executor, StoreError, query};
use sqlx::FromRow;

use super::owners::OwnerId;
use wallet_core::clock::now;

#[derive(Debug, Clone, FromRow)]
pub struct Payment {
    /// The gateway's id, `pi_…`.
    pub id: String,
    #[sqlx(try_from = "i64")]
    pub owner_id: OwnerId,
    /// `true`: a card at a terminal, captured later. `false`: a stored card, charged at once.
    pub in_person: bool,
}

/// Records a payment. A repeat changes nothing.
pub async fn insert(db: impl Executor<'_>, payment: &Payment) -> Result<(), StoreError> {
    query(
        "INSERT INTO payments (id, owner_id, in_person, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
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
    db: impl Executor<'_>,
    account_id: i64,
    id: &str,
) -> Result<Option<Payment>, StoreError> {
    query(
        "SELECT p.id, p.owner_id, p.in_person FROM payments p JOIN owners o ON o.id = p.owner_id
         WHERE p.id = $1 AND o.account_id = $2",
    )
    .bind(id)
    .bind(account_id)
    .fetch_optional(db)
    .await
}
