//! Dead jobs: those that failed too often. They stay in the outbox until an operator retries them, or until the server
//! adds the same job again.
//!
//! Called by the metrics and the commands of the outbox. A dead job must never be deleted without having been done.

use sqlx::FromRow;
use wallet_core::clock::now;

use crate::{Executor, StoreError, query};

/// The most dead jobs that are listed.
const MAX_LISTED: u32 = 1000;

#[derive(Debug, Clone, FromRow)]
pub struct DeadJob {
    pub id: i64,
    pub account_id: i64,
    /// The action, which a newer version of the server may have named.
    pub action: String,
    /// The gateway's id of the object.
    pub object_id: String,
    /// How often the job failed.
    #[sqlx(try_from = "i64")]
    pub attempts: u32,
    pub created_at: i64,
    pub dead_at: i64,
    /// Why it failed the last time.
    pub last_error: Option<String>,
}

/// The dead jobs, the newest first, at most a thousand.
pub async fn list(db: impl Executor<'_>) -> Result<Vec<DeadJob>, StoreError> {
    query(
        "SELECT id, account_id, action, object_id, attempts, created_at, dead_at, last_error FROM outbox
         WHERE dead_at IS NOT NULL ORDER BY dead_at DESC, id DESC LIMIT $1",
    )
    .bind(MAX_LISTED)
    .fetch_all(db)
    .await
}

/// The number of dead jobs of each action that has some.
pub async fn count_by_action(db: impl Executor<'_>) -> Result<Vec<(String, i64)>, StoreError> {
    query("SELECT action, COUNT(*) FROM outbox WHERE dead_at IS NOT NULL GROUP BY action")
        .fetch_all(db)
        .await
}

/// Makes a dead job due now, with all of its attempts. Returns `false` if there is no dead job of this id.
pub async fn retry(db: impl Executor<'_>, id: i64) -> Result<bool, StoreError> {
    let done = query(
        "UPDATE outbox SET dead_at = NULL, attempts = 0, due_at = $1, revision = revision + 1
         WHERE id = $2 AND dead_at IS NOT NULL",
    )
    .bind(now())
    .bind(id)
    .execute(db)
    .await?;
    Ok(done > 0)
}
