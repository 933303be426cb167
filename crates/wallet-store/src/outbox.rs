//! The outbox: calls that must still be made to the gateway. A job is written in the transaction that makes it
//! necessary, and deleted when the gateway has accepted the call. A job must never be written later than the change
//! that makes it necessary.
//!
//! [`lease`] hands jobs to the processes that run them; [`dead`] has those that failed too often.

pub mod dead;
pub mod lease;

use crate::{Executor, StoreError, query, text_enum};
use sqlx::FromRow;

use wallet_core::clock::{Seconds, now};

text_enum! {
    /// What to do at the gateway. A new action needs no migration.
    pub enum OutboxAction {
        /// Detach a payment method from its customer, or delete it from the vault.
        Detach = "detach",
        /// Cancel a setup intent that was not used.
        Cancel = "cancel",
        /// Void an authorization: a transaction, or an order id of ours whose transaction is not known.
        Void = "void",
        /// Delete from a customer's vault the cards that the wallet has no row for.
        Reconcile = "reconcile",
        /// Detach a payment method unless it is in a wallet.
        Release = "release",
        /// Expire a checkout session that a newer one replaced.
        Expire = "expire",
        /// Delete the customer of a person who was deleted, with all of its cards.
        DeleteCustomer = "delete_customer",
    }
}

/// Adds a job that is due now. A job that exists already becomes due now.
pub async fn insert(
    db: impl Executor<'_>,
    account_id: i64,
    action: OutboxAction,
    object_id: &str,
) -> Result<(), StoreError> {
    insert_delayed(db, account_id, action, object_id, 0).await
}

/// Adds a job that is due after `delay`. A job that exists already becomes due then, also while it runs. A dead job is
/// alive again, with all of its attempts.
pub async fn insert_delayed(
    db: impl Executor<'_>,
    account_id: i64,
    action: OutboxAction,
    object_id: &str,
    delay: Seconds,
) -> Result<(), StoreError> {
    query(
        "INSERT INTO outbox (account_id, action, object_id, due_at, created_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (action, object_id) DO UPDATE
         SET due_at = excluded.due_at, revision = outbox.revision + 1, dead_at = NULL,
             attempts = CASE WHEN outbox.dead_at IS NULL THEN outbox.attempts ELSE 0 END",
    )
    .bind(account_id)
    .bind(action)
    .bind(object_id)
    .bind(now().saturating_add(delay))
    .bind(now())
    .execute(db)
    .await?;
    Ok(())
}

pub async fn contains(
    db: impl Executor<'_>,
    action: OutboxAction,
    object_id: &str,
) -> Result<bool, StoreError> {
    query("SELECT EXISTS (SELECT 1 FROM outbox WHERE action = $1 AND object_id = $2)")
        .bind(action)
        .bind(object_id)
        .scalar(db)
        .await
}

/// Removes a job that is no longer necessary.
pub async fn remove(
    db: impl Executor<'_>,
    action: OutboxAction,
    object_id: &str,
) -> Result<(), StoreError> {
    query("DELETE FROM outbox WHERE action = $1 AND object_id = $2")
        .bind(action)
        .bind(object_id)
        .execute(db)
        .await?;
    Ok(())
}

/// What waits in the outbox, for the metrics. Dead jobs do not wait.
#[derive(Debug, Clone, FromRow)]
pub struct OutboxBacklog {
    /// The number of jobs, those that run or are not due yet included.
    pub jobs: i64,
    /// When the oldest of them was written; `None` without a job.
    pub oldest_created_at: Option<i64>,
}

pub async fn backlog(db: impl Executor<'_>) -> Result<OutboxBacklog, StoreError> {
    query(
        "SELECT COUNT(*) AS jobs, MIN(created_at) AS oldest_created_at FROM outbox WHERE dead_at IS NULL",
    )
    .fetch_one(db)
    .await
}
