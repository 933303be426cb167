//! `wallet-server outbox`: lists the dead jobs, and retries one.
//!
//! Run by the operator, while the server runs or not. It must never make a call to the gateway: the server does.

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::opened_store::{OpenedStore, StoreCommandError};
use crate::clock::rfc3339;
use crate::config::Settings;
use wallet_store::Store;
use wallet_store::outbox::dead::{self, DeadJob};

/// What can be done with dead jobs.
#[derive(Debug, Clone, Copy, Subcommand)]
pub enum OutboxCommand {
    /// List the dead jobs: calls to the gateway that failed for about three days and are not retried by themselves.
    ///
    /// The newest comes first; at most a thousand are listed. The exit code is 0, also when there are some.
    ///
    /// Example: wallet-server outbox list --config /etc/card-entry/wallet.toml
    #[command(verbatim_doc_comment)]
    List(ListArguments),
    /// Make a dead job due again, with all of its attempts. The running server takes it within a second.
    ///
    /// Example: wallet-server outbox retry 17 --config /etc/card-entry/wallet.toml
    #[command(verbatim_doc_comment)]
    Retry(RetryArguments),
}

/// The arguments of `outbox list`.
#[derive(Debug, Clone, Copy, Args)]
pub struct ListArguments {
    /// Print one JSON object, for programs.
    #[arg(long)]
    json: bool,
}

/// The arguments of `outbox retry`.
#[derive(Debug, Clone, Copy, Args)]
pub struct RetryArguments {
    /// The number of the job, from `outbox list` or the log.
    id: i64,
}

impl OutboxCommand {
    /// Runs the command, and returns what it prints.
    pub(super) async fn run(self, settings: Settings) -> Result<String, StoreCommandError> {
        let opened = OpenedStore::open(settings).await?;
        let result = match self {
            Self::List(arguments) => list(&opened.store, arguments).await,
            Self::Retry(RetryArguments { id }) => retry(&opened.store, id).await,
        };
        opened.store.close().await;
        result
    }
}

async fn list(store: &Store, arguments: ListArguments) -> Result<String, StoreCommandError> {
    let jobs = dead::list(store.pool()).await?;
    if arguments.json {
        let jobs: Vec<Value> = jobs.iter().map(describe).collect();
        return Ok(format!("{}\n", json!({"dead_jobs": jobs})));
    }
    if jobs.is_empty() {
        return Ok("no dead jobs\n".to_owned());
    }
    Ok(jobs.iter().map(line).collect())
}

async fn retry(store: &Store, id: i64) -> Result<String, StoreCommandError> {
    if dead::retry(store.pool(), id).await? {
        return Ok(format!("job {id} is due\n"));
    }
    Err(StoreCommandError::Refused(format!(
        "there is no dead job {id}; wallet-server outbox list shows them"
    )))
}

fn describe(job: &DeadJob) -> Value {
    json!({
        "id": job.id,
        "account": job.account_id,
        "action": job.action,
        "object": job.object_id,
        "attempts": job.attempts,
        "created_at": rfc3339(job.created_at),
        "dead_since": rfc3339(job.dead_at),
        "error": job.last_error,
    })
}

fn line(job: &DeadJob) -> String {
    format!(
        "{}  account {}  {} {}  dead since {}  {}\n",
        job.id,
        job.account_id,
        job.action,
        job.object_id,
        rfc3339(job.dead_at),
        job.last_error.as_deref().unwrap_or_default()
    )
}
