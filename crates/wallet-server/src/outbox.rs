//! The errand runner: tells the gateway what is in the outbox, with growing pauses, from start-up on.
//!
//! Started once by the server. It must never hold up a request, and never lose an errand.

use std::time::Duration;

use tokio::sync::Notify;

use crate::app::App;
use crate::clock::{DAY, HOUR};
use crate::config::Provider;
use crate::gateway::GatewayError;
use crate::store::outbox::{Action, Errand};
use crate::store::{
    StoreError, answers, attempts, events, intents, let_go, outbox, sessions, signatures, verdicts,
};
use crate::wallet;

/// How often the runner looks without being called: errands that were put off, and housekeeping.
const ROUND: Duration = Duration::from_secs(2);

/// Rounds between two housekeepings: a minute.
const HOUSEKEEPING: u32 = 30;

const AT_A_TIME: u32 = 20;

/// Intents nobody confirmed are cancelled after half an hour: a form left open is a tool for card testing.
pub const REAP_AFTER: i64 = HOUR / 2;

/// The pause before the second try, in seconds; doubled up to an hour.
const FIRST_PAUSE: i64 = 2;

/// Wakes the runner.
#[derive(Debug, Default)]
pub struct Bell(Notify);

impl Bell {
    /// Says that there is a new errand.
    pub fn ring(&self) {
        self.0.notify_one();
    }
}

/// Runs errands for ever; the server stops it by dropping it between two of them.
pub async fn run(app: App) {
    let mut round = 0u32;
    loop {
        if let Err(error) = run_due(&app).await {
            tracing::warn!(%error, "the outbox cannot be read");
        }
        if round.is_multiple_of(HOUSEKEEPING)
            && let Err(error) = keep_house(&app).await
        {
            tracing::warn!(%error, "housekeeping failed");
        }
        round = round.wrapping_add(1);
        tokio::select! {
            () = app.bell.0.notified() => {}
            () = tokio::time::sleep(ROUND) => {}
        }
    }
}

async fn run_due(app: &App) -> Result<(), StoreError> {
    loop {
        let due = outbox::due(app.store.pool(), AT_A_TIME).await?;
        if due.is_empty() {
            return Ok(());
        }
        for errand in due {
            match run_one(app, &errand).await {
                Ok(()) => outbox::delete(app.store.pool(), &errand).await?,
                Err(error) => {
                    let pause = (FIRST_PAUSE << errand.attempts.min(11)).min(HOUR);
                    tracing::warn!(%error, action = ?errand.action, object = errand.object_id, pause, "an errand waits");
                    outbox::defer(app.store.pool(), errand.id, pause).await?;
                }
            }
        }
    }
}

/// Done also when the gateway says there is nothing left to do.
async fn run_one(app: &App, errand: &Errand) -> Result<(), GatewayError> {
    let Some(account) = app.config.accounts.by_id(errand.account_id) else {
        return Err(GatewayError::Client(
            "its account is not configured".to_owned(),
        ));
    };
    let told = match (errand.action, &account.provider) {
        (Action::Detach, Provider::Stripe) => {
            wallet::detach(app, &account, &errand.object_id).await
        }
        (Action::Detach, Provider::Braintree { .. }) => {
            app.vault.of(&account)?.delete(&errand.object_id).await
        }
        (Action::Cancel, _) => wallet::abandon(app, &account, &errand.object_id).await,
        (Action::Release, _) => wallet::release(app, &account, &errand.object_id).await,
        (Action::Void, _) => wallet::give_back(app, &account, &errand.object_id).await,
        (Action::Tidy, _) => wallet::tidy(app, &account, &errand.object_id).await,
        (Action::Expire, _) => {
            let gateway = app.gateway.of(&account);
            gateway.expire_checkout(&errand.object_id).await.map(drop)
        }
    };
    match told {
        Err(GatewayError::Missing | GatewayError::CustomerMissing | GatewayError::Moved) => Ok(()),
        other => other,
    }
}

async fn keep_house(app: &App) -> Result<(), StoreError> {
    sessions::sweep(app.store.pool()).await?;
    answers::sweep(app.store.pool()).await?;
    signatures::sweep(app.store.pool()).await?;
    attempts::sweep(app.store.pool()).await?;
    verdicts::sweep(app.store.pool()).await?;
    let mut tx = app.store.write().await?;
    for (intent, account) in intents::reap(&mut *tx, REAP_AFTER).await? {
        outbox::insert(&mut *tx, account, Action::Cancel, &intent).await?;
    }
    intents::forget(&mut *tx, 30 * DAY).await?;
    let_go::forget(&mut *tx, 30 * DAY).await?;
    events::forget(&mut *tx, 30 * DAY).await?;
    tx.commit().await?;
    Ok(())
}
