//! The outbox: calls that must still be made to the gateway. A job is written in the transaction that makes it
//! necessary, and deleted when the gateway has accepted the call. A job must never be written later than the change
//! that makes it necessary.

use crate::{Executor, StoreError, query, text_enum};
use sqlx::FromRow;

use wallet_core::clock::{Seconds, now};

text_enum! {
    /// What to do at the gateway.
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
    }
}

#[derive(Debug, Clone, FromRow)]
pub struct OutboxJob {
    pub id: i64,
    /// The account whose keys are used.
    pub account_id: i64,
    #[sqlx(try_from = "String")]
    pub action: OutboxAction,
    /// The gateway's id of the object.
    pub object_id: String,
    /// How often the job failed.
    #[sqlx(try_from = "i64")]
    pub attempts: u32,
    pub due_at: i64,
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

/// Adds a job that is due after `delay`. A job that exists already becomes due then.
pub async fn insert_delayed(
    db: impl Executor<'_>,
    account_id: i64,
    action: OutboxAction,
    object_id: &str,
    delay: Seconds,
) -> Result<(), StoreError> {
    query(
        "INSERT INTO outbox (account_id, action, object_id, due_at, created_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (action, object_id) DO UPDATE SET due_at = excluded.due_at",
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

/// The jobs that are due, oldest first.
pub async fn due(db: impl Executor<'_>, limit: u32) -> Result<Vec<OutboxJob>, StoreError> {
    query(
        "SELECT id, account_id, action, object_id, attempts, due_at FROM outbox WHERE due_at <= $1
         ORDER BY due_at, id LIMIT $2",
    )
    .bind(now())
    .bind(limit)
    .fetch_all(db)
    .await
}

/// What waits in the outbox, for the metrics.
#[derive(Debug, Clone, FromRow)]
pub struct OutboxBacklog {
    /// The number of jobs, those that are not due yet included.
    pub jobs: i64,
    /// When the oldest of them was written; `None` without a job.
    pub oldest_created_at: Option<i64>,
}

pub async fn backlog(db: impl Executor<'_>) -> Result<OutboxBacklog, StoreError> {
    query("SELECT COUNT(*) AS jobs, MIN(created_at) AS oldest_created_at FROM outbox")
        .fetch_one(db)
        .await
}

/// Deletes a job that was done, unless it was added again in the meantime.
pub async fn complete(db: impl Executor<'_>, job: &OutboxJob) -> Result<(), StoreError> {
    query("DELETE FROM outbox WHERE id = $1 AND due_at = $2")
        .bind(job.id)
        .bind(job.due_at)
        .execute(db)
        .await?;
    Ok(())
}

/// Counts a failed attempt, and makes the job due after `delay`.
pub async fn reschedule(db: impl Executor<'_>, id: i64, delay: Seconds) -> Result<(), StoreError> {
    query("UPDATE outbox SET attempts = attempts + 1, due_at = $1 WHERE id = $2")
        .bind(now().saturating_add(delay))
        .bind(id)
        .execute(db)
        .await?;
    Ok(())
}
