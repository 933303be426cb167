//! Runs outbox jobs: makes the calls to the gateway that the database lists, and retries failed ones with a growing
//! delay.
//!
//! Started once by the server. It must never delay a request, and never lose a job.

use std::time::Duration;

use tokio::sync::Notify;

use crate::app::App;
use crate::clock::{DAY, HOUR, Seconds};
use crate::config::Provider;
use crate::gateway::GatewayError;
use crate::wallet;
use wallet_store::outbox::{OutboxAction, OutboxJob};
use wallet_store::{
    StoreError, abandoned_payment_methods, attempts, idempotency_responses, intents,
    issuer_responses, outbox, request_signatures, sessions, webhook_events,
};

/// How often due jobs are read without a wake-up.
const POLL_INTERVAL: Duration = Duration::from_secs(2);

/// Expired rows are deleted once in so many polls: once a minute.
const POLLS_PER_CLEANUP: u32 = 30;

/// How many due jobs are read at once.
const BATCH_SIZE: u32 = 20;

/// An intent that nobody confirmed is canceled after this time: an open intent is a tool for card testing.
pub const INTENT_TIMEOUT: Seconds = HOUR / 2;

/// How long used intents, abandoned payment methods and webhook events are kept.
const RETENTION: Seconds = 30 * DAY;

/// The delay before the first retry. It doubles with every failure.
const FIRST_RETRY_DELAY: Seconds = 2;

const MAX_RETRY_DELAY: Seconds = HOUR;

/// Wakes the outbox before its next poll.
#[derive(Debug, Default)]
pub struct OutboxWaker(Notify);

impl OutboxWaker {
    /// Makes the outbox read its due jobs now.
    pub fn wake(&self) {
        self.0.notify_one();
    }
}

/// Runs jobs for ever. The server stops it by dropping the future.
pub async fn run(app: App) {
    let mut polls = 0u32;
    loop {
        if let Err(error) = run_due(&app).await {
            tracing::warn!(%error, "reading the outbox failed");
        }
        if polls.is_multiple_of(POLLS_PER_CLEANUP)
            && let Err(error) = clean_up(&app).await
        {
            tracing::warn!(%error, "deleting expired rows failed");
        }
        polls = polls.wrapping_add(1);
        tokio::select! {
            () = app.outbox.0.notified() => {}
            () = tokio::time::sleep(POLL_INTERVAL) => {}
        }
    }
}

async fn run_due(app: &App) -> Result<(), StoreError> {
    loop {
        let due = outbox::due(app.store.pool(), BATCH_SIZE).await?;
        if due.is_empty() {
            return Ok(());
        }
        for job in due {
            match run_job(app, &job).await {
                Ok(()) => outbox::complete(app.store.pool(), &job).await?,
                Err(error) => {
                    let delay_seconds = retry_delay(job.attempts);
                    tracing::warn!(
                        %error,
                        action = ?job.action,
                        object = job.object_id,
                        delay_seconds,
                        "outbox job failed, retry scheduled"
                    );
                    outbox::reschedule(app.store.pool(), job.id, delay_seconds).await?;
                }
            }
        }
    }
}

fn retry_delay(attempts: u32) -> Seconds {
    (FIRST_RETRY_DELAY << attempts.min(11)).min(MAX_RETRY_DELAY)
}

/// Makes the call of a job. A job is done too if the gateway has nothing left to do.
async fn run_job(app: &App, job: &OutboxJob) -> Result<(), GatewayError> {
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
    };
    match result {
        Err(
            GatewayError::NotFound | GatewayError::CustomerNotFound | GatewayError::UnexpectedState,
        ) => Ok(()),
        other => other,
    }
}

/// Deletes expired rows, and schedules the cancellation of intents that nobody confirmed.
async fn clean_up(app: &App) -> Result<(), StoreError> {
    sessions::delete_expired(app.store.pool()).await?;
    idempotency_responses::delete_expired(app.store.pool()).await?;
    request_signatures::delete_expired(app.store.pool()).await?;
    attempts::delete_expired(app.store.pool()).await?;
    issuer_responses::delete_expired(app.store.pool()).await?;
    let mut tx = app.store.write().await?;
    for (intent, account) in intents::mark_stale_abandoned(&mut *tx, INTENT_TIMEOUT).await? {
        outbox::insert(&mut *tx, account, OutboxAction::Cancel, &intent).await?;
    }
    intents::delete_older_than(&mut *tx, RETENTION).await?;
    abandoned_payment_methods::delete_older_than(&mut *tx, RETENTION).await?;
    webhook_events::delete_older_than(&mut *tx, RETENTION).await?;
    tx.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_retry_delay_doubles_up_to_an_hour() {
        let delays: Vec<_> = [0, 1, 2, 10, 11, 12, u32::MAX].map(retry_delay).into();
        assert_eq!(delays, [2, 4, 8, 2048, 3600, 3600, 3600]);
    }
}
