//! Reads the open intents of accounts without webhooks, so that cards that were declined in a browser are counted.
//!
//! Started once by the server. It reads at most [`MAX_READS`] intents of an account in an interval. It must never read an
//! intent that this server confirms, whose declines are recorded already.

use std::sync::Arc;

use tokio::task::JoinSet;

use super::circuit_breaker;
use crate::app::App;
use crate::clock::Seconds;
use crate::config::{Account, Provider};
use crate::error::ApiError;
use crate::gateway::{GatewayError, IntentStatus, SetupIntent};
use wallet_store::audit_events::Actor;
use wallet_store::intents;
use wallet_store::issuer_responses::{IssuerDecision, IssuerResponse};
use wallet_store::open_intents;

/// How many open intents of an account are read in an interval. Stripe allows 100 reads in a second; with the default
/// interval this is four.
const MAX_READS: u32 = 20;

/// Reads for ever. The server stops it by dropping the future.
pub async fn run(app: App) {
    let interval = app.config.open_intents_interval;
    for account in app.config.accounts.iter().filter(is_blind) {
        tracing::warn!(
            account = account.id,
            interval_ms = interval.as_millis(),
            intents_per_interval = MAX_READS,
            "no webhook_secrets: of cards that are declined in a browser only the last one of each open intent is seen, \
             at the next read; cards that are changed or detached at the gateway are not seen"
        );
    }
    loop {
        tokio::time::sleep(interval).await;
        // A reload may have changed the accounts.
        for account in app.config.accounts.iter().filter(is_blind) {
            if let Err(error) = read_open(&app, &account).await {
                tracing::warn!(?error, account = account.id, "reading open intents failed");
            }
        }
    }
}

/// Whether browsers confirm intents of the account, and no webhook reports their declines.
fn is_blind(account: &Arc<Account>) -> bool {
    account.provider == Provider::Stripe
        && account.webhook_secrets.is_empty()
        && account.system.kind().actor() == Actor::Person
}

/// Reads the account's open intents that were not read in this interval, the least recently read first.
async fn read_open(app: &App, account: &Arc<Account>) -> Result<(), ApiError> {
    let age = Seconds::try_from(app.config.open_intents_interval.as_secs()).unwrap_or(0);
    let pool = app.store.pool();
    let mut reads = JoinSet::new();
    for id in open_intents::claim_for_reading(pool, account.id, age, MAX_READS).await? {
        let (app, account) = (app.clone(), Arc::clone(account));
        reads.spawn(async move { app.gateway.for_account(&account).intent(&id).await });
    }
    let mut is_down = false;
    while let Some(read) = reads.join_next().await {
        match read {
            Ok(Ok(intent)) => record(app, account, &intent).await?,
            Ok(Err(GatewayError::NotFound)) => {}
            // One line is enough when the gateway is down.
            Ok(Err(error)) if !is_down => {
                is_down = true;
                tracing::warn!(%error, account = account.id, "reading an open intent failed");
            }
            Ok(Err(_)) | Err(_) => {}
        }
    }
    Ok(())
}

/// Records what the issuer answered to the last card of an intent.
async fn record(app: &App, account: &Account, intent: &SetupIntent) -> Result<(), ApiError> {
    let attempt = intent.latest_attempt.as_deref();
    let (dedup_key, decision) = match intent.status {
        IntentStatus::Canceled => {
            intents::mark_used(app.store.pool(), &intent.id).await?;
            return Ok(());
        }
        IntentStatus::Succeeded => (format!("{}:accepted", intent.id), IssuerDecision::Approved),
        _ if intent.last_setup_error.is_some() => {
            let key = format!("{}:declined:{}", intent.id, attempt.unwrap_or_default());
            (key, IssuerDecision::Declined)
        }
        _ => return Ok(()),
    };
    let Some(stored) = intents::find(app.store.pool(), account.id, &intent.id).await? else {
        return Ok(());
    };
    let response = IssuerResponse {
        dedup_key: &dedup_key,
        account_id: account.id,
        intent: Some(&intent.id),
        owner: Some(stored.owner_id),
        network: stored.client_network.as_deref(),
        decision,
    };
    let mut tx = app.store.write().await?;
    circuit_breaker::record_response(app, &mut tx, account, &response).await?;
    tx.commit().await?;
    app.outbox.wake();
    Ok(())
}
