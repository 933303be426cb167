//! One outbox job: the call to the gateway, and what the database records of its result.
//!
//! Run by the outbox in a task of its own, under a lease. A job may run again although its call took effect, for example
//! after a crash: a call must never do harm when it is repeated.

use std::time::Duration;

use tokio::time::timeout;

use super::backoff::{MAX_ATTEMPTS, retry_delay};
use crate::app::App;
use crate::clock::Seconds;
use crate::config::Provider;
use crate::gateway::GatewayError;
use crate::wallet;
use wallet_store::outbox::OutboxAction;
use wallet_store::outbox::lease::{self, AfterFailure, OutboxJob};

/// The longest time of one run. It is far above the time of any job, so that only a defect reaches it.
const TIMEOUT: Duration = Duration::from_secs(300);

/// The longest stored error, in characters.
const MAX_ERROR_CHARS: usize = 300;

/// Runs a job and records its result. If that fails, the lease ends by itself and the job runs again.
pub(super) async fn run_leased(app: App, job: OutboxJob, token: String) {
    let pool = app.store.pool();
    let result = match timeout(TIMEOUT, call_gateway(&app, &job)).await {
        Ok(result) => result,
        Err(_) => Err(GatewayError::Indeterminate(format!(
            "not done within {} seconds",
            TIMEOUT.as_secs()
        ))),
    };
    let recorded = match result {
        Ok(()) => lease::complete(pool, &job, &token).await,
        Err(error) => {
            let after = after_failure(&job);
            log_failure(&job, after, &error);
            lease::fail(pool, &job, &token, after, &stored_error(&error)).await
        }
    };
    if let Err(error) = recorded {
        tracing::warn!(%error, job = job.id, "the result of an outbox job was not recorded: it runs again");
    }
}

fn after_failure(job: &OutboxJob) -> AfterFailure {
    if job.attempts.saturating_add(1) >= MAX_ATTEMPTS {
        return AfterFailure::Die;
    }
    let mut bytes = [0; 8];
    // Without randomness the delay is the shortest one.
    let _ = getrandom::fill(&mut bytes);
    let delay: Seconds = retry_delay(job.attempts, u64::from_ne_bytes(bytes));
    AfterFailure::Retry(delay)
}

fn log_failure(job: &OutboxJob, after: AfterFailure, error: &GatewayError) {
    let (account, action, object) = (job.account_id, job.action.as_str(), &job.object_id);
    match after {
        AfterFailure::Retry(delay_seconds) => tracing::warn!(
            %error, account, action, object, delay_seconds, "outbox job failed, retry scheduled"
        ),
        AfterFailure::Die => tracing::error!(
            %error, account, action, object, attempts = MAX_ATTEMPTS, job = job.id,
            "outbox job is dead: it failed too often and is not retried by itself"
        ),
    }
}

/// The error as an operator reads it in the list of dead jobs.
fn stored_error(error: &GatewayError) -> String {
    let text = error.to_string();
    let printable = text.chars().filter(|c| !c.is_control());
    printable.take(MAX_ERROR_CHARS).collect()
}

/// Makes the call of a job. A job is done too if the gateway has nothing left to do.
async fn call_gateway(app: &App, job: &OutboxJob) -> Result<(), GatewayError> {
    let Some(account) = app.config.accounts.by_id(job.account_id) else {
        return Err(GatewayError::Internal(
            "the job's account is not configured".to_owned(),
        ));
    };
    let object = &job.object_id;
    let result = match (job.action, &account.provider) {
        (OutboxAction::Detach, Provider::Stripe) => {
            wallet::detach_payment_method(app, &account, object).await
        }
        (OutboxAction::Detach, Provider::Braintree { .. }) => {
            app.vault.for_account(&account)?.delete(object).await
        }
        (OutboxAction::Cancel, _) => wallet::cancel_intent(app, &account, object).await,
        (OutboxAction::Release, _) => {
            wallet::release_unsaved_payment_method(app, &account, object).await
        }
        (OutboxAction::Void, _) => wallet::void_authorization(app, &account, object).await,
        (OutboxAction::Reconcile, _) => wallet::reconcile_vault(app, &account, object).await,
        (OutboxAction::Expire, _) => {
            let gateway = app.gateway.for_account(&account);
            gateway.expire_checkout(object).await.map(drop)
        }
        (OutboxAction::DeleteCustomer, _) => wallet::delete_customer(app, &account, object).await,
    };
    match result {
        Err(
            GatewayError::NotFound | GatewayError::CustomerNotFound | GatewayError::UnexpectedState,
        ) => Ok(()),
        other => other,
    }
}
