//! Leases of outbox jobs: each process takes jobs under its own token for a limited time, so that of several processes
//! on one database one runs a job. A process that died loses its jobs to the others when the time is over.
//!
//! Called by the server's outbox. A process must never change a job whose lease another process has taken over.

use sqlx::FromRow;
use wallet_core::clock::{Seconds, now};

use super::OutboxAction;
use crate::{Executor, StoreError, StorePool, query, query_of_each};

/// The jobs of one account and one action. Each lane has its own bound of concurrent jobs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Lane {
    /// The account whose keys are used.
    pub account_id: i64,
    pub action: OutboxAction,
}

/// A job that this process runs.
#[derive(Debug, Clone, FromRow)]
pub struct OutboxJob {
    pub id: i64,
    pub account_id: i64,
    #[sqlx(try_from = "String")]
    pub action: OutboxAction,
    /// The gateway's id of the object.
    pub object_id: String,
    /// How often the job failed.
    #[sqlx(try_from = "i64")]
    pub attempts: u32,
    revision: i64,
}

impl OutboxJob {
    #[must_use]
    pub fn lane(&self) -> Lane {
        Lane {
            account_id: self.account_id,
            action: self.action,
        }
    }
}

/// The lanes with a job that can be leased now. The lane whose job has been due for the longest time comes first. A lane
/// whose action only a newer version of this server knows is left to that version.
///
/// Reads one index entry per lane, however many jobs wait in it.
pub async fn due_lanes(db: impl Executor<'_>) -> Result<Vec<Lane>, StoreError> {
    let lanes: Vec<(i64, String)> = query(
        "SELECT account_id, action FROM (
             WITH RECURSIVE lanes (account_id, action) AS (
                 SELECT account_id, action FROM (
                     SELECT account_id, action FROM outbox WHERE dead_at IS NULL ORDER BY account_id, action LIMIT 1
                 ) AS first_lane
                 UNION ALL
                 SELECT n.account_id, n.action FROM lanes l JOIN outbox n ON n.id = COALESCE(
                     (SELECT o.id FROM outbox o
                      WHERE o.dead_at IS NULL AND o.account_id = l.account_id AND o.action > l.action
                      ORDER BY o.action LIMIT 1),
                     (SELECT o.id FROM outbox o WHERE o.dead_at IS NULL AND o.account_id > l.account_id
                      ORDER BY o.account_id, o.action LIMIT 1))
             )
             SELECT l.account_id, l.action,
                    (SELECT MIN(o.due_at) FROM outbox o
                     WHERE o.account_id = l.account_id AND o.action = l.action AND o.dead_at IS NULL
                       AND o.due_at <= $1 AND (o.leased_until IS NULL OR o.leased_until <= $1)) AS due_at
             FROM lanes l
         ) AS lane WHERE due_at IS NOT NULL ORDER BY due_at, account_id, action",
    )
    .bind(now())
    .fetch_all(db)
    .await?;
    let known = lanes.into_iter().filter_map(|(account_id, action)| {
        let action = OutboxAction::try_from(action).ok()?;
        Some(Lane { account_id, action })
    });
    Ok(known.collect())
}

/// Leases the jobs of a lane that have been due for the longest time. A job whose lease ended without a result counts as
/// failed once more: the process that ran it may have died of it.
pub async fn claim(
    db: impl Executor<'_>,
    lane: Lane,
    (token, lifetime): (&str, Seconds),
    limit: u32,
) -> Result<Vec<OutboxJob>, StoreError> {
    query_of_each(
        "UPDATE outbox SET lease_token = $1, leased_until = $2,
                           attempts = attempts + CASE WHEN lease_token IS NULL THEN 0 ELSE 1 END
         WHERE id IN (SELECT id FROM outbox
                      WHERE account_id = $3 AND action = $4 AND dead_at IS NULL AND due_at <= $5
                        AND (leased_until IS NULL OR leased_until <= $5)
                      ORDER BY due_at, id LIMIT $6)
         RETURNING id, account_id, action, object_id, attempts, revision",
        // With `IN (SELECT … SKIP LOCKED)` a plan may take more rows than the limit (PostgreSQL 15).
        "UPDATE outbox SET lease_token = $1, leased_until = $2,
                           attempts = attempts + CASE WHEN lease_token IS NULL THEN 0 ELSE 1 END
         WHERE id = ANY (ARRAY (SELECT id FROM outbox
                                WHERE account_id = $3 AND action = $4 AND dead_at IS NULL AND due_at <= $5
                                  AND (leased_until IS NULL OR leased_until <= $5)
                                ORDER BY due_at, id LIMIT $6 FOR UPDATE SKIP LOCKED))
         RETURNING id, account_id, action, object_id, attempts, revision",
    )
    .bind(token)
    .bind(now().saturating_add(lifetime))
    .bind(lane.account_id)
    .bind(lane.action)
    .bind(now())
    .bind(limit)
    .fetch_all(db)
    .await
}

/// Extends all leases of a process.
pub async fn renew(
    db: impl Executor<'_>,
    token: &str,
    lifetime: Seconds,
) -> Result<(), StoreError> {
    query("UPDATE outbox SET leased_until = $1 WHERE lease_token = $2")
        .bind(now().saturating_add(lifetime))
        .bind(token)
        .execute(db)
        .await?;
    Ok(())
}

/// Ends all leases of a process that stops. Its jobs are due for others at once.
pub async fn release_all(db: impl Executor<'_>, token: &str) -> Result<(), StoreError> {
    query("UPDATE outbox SET lease_token = NULL, leased_until = NULL WHERE lease_token = $1")
        .bind(token)
        .execute(db)
        .await?;
    Ok(())
}

/// Deletes a job that was done. A job that was added again in the meantime stays, and is due as it says.
pub async fn complete(pool: &StorePool, job: &OutboxJob, token: &str) -> Result<(), StoreError> {
    let done = query("DELETE FROM outbox WHERE id = $1 AND lease_token = $2 AND revision = $3")
        .bind(job.id)
        .bind(token)
        .bind(job.revision)
        .execute(pool)
        .await?;
    if done == 0 {
        query(
            "UPDATE outbox SET lease_token = NULL, leased_until = NULL, attempts = 0
             WHERE id = $1 AND lease_token = $2",
        )
        .bind(job.id)
        .bind(token)
        .execute(pool)
        .await?;
    }
    Ok(())
}

/// What happens to a job that failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AfterFailure {
    /// It is due again after this time.
    Retry(Seconds),
    /// It waits until somebody retries it.
    Die,
}

/// Counts a failed attempt and ends the lease. A job that was added again in the meantime is due as it says, and alive.
pub async fn fail(
    db: impl Executor<'_>,
    job: &OutboxJob,
    token: &str,
    after: AfterFailure,
    error: &str,
) -> Result<(), StoreError> {
    let (delay, died_at) = match after {
        AfterFailure::Retry(delay) => (delay, None),
        AfterFailure::Die => (0, Some(now())),
    };
    query(
        "UPDATE outbox SET lease_token = NULL, leased_until = NULL, attempts = attempts + 1, last_error = $1,
                           due_at = CASE WHEN revision = $2 THEN $3 ELSE due_at END,
                           dead_at = CASE WHEN revision = $2 THEN $4 END
         WHERE id = $5 AND lease_token = $6",
    )
    .bind(error)
    .bind(job.revision)
    .bind(now().saturating_add(delay))
    .bind(died_at)
    .bind(job.id)
    .bind(token)
    .execute(db)
    .await?;
    Ok(())
}
