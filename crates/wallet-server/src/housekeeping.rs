//! Deletes rows that have expired, and schedules the cancellation of intents that nobody confirmed.
//!
//! Started once by the server, on its own timer. Each batch is one short transaction, so that no deletion holds the write
//! lock long, however many rows have expired. It must never delete a row that something still reads: `docs/database.md`
//! says of each table when its rows are deleted.

use std::time::Duration;

use crate::app::App;
use crate::audit;
use crate::clock::{DAY, Seconds};
use crate::outbox_runner::INTENT_TIMEOUT;
use crate::wallet;
use wallet_store::outbox::{self, OutboxAction};
use wallet_store::{
    StoreError, abandoned_payment_methods, attempts, deletion_blocks, idempotency_keys, intents,
    issuer_responses, request_signatures, sessions, webhook_events,
};

/// How often expired rows are deleted.
const INTERVAL: Duration = Duration::from_secs(60);

/// How many rows one transaction changes.
const BATCH_ROWS: u32 = 500;

/// The pause after a batch. Requests write in it.
const BATCH_PAUSE: Duration = Duration::from_millis(20);

/// How long used intents, abandoned payment methods, webhook events and ended deletion blocks are kept.
const RETENTION: Seconds = 30 * DAY;

/// What is done in each round, in this order.
#[derive(Debug, Clone, Copy)]
enum Chore {
    CancelStaleIntents,
    Sessions,
    IdempotencyKeys,
    SignedResponseBodies,
    SignatureClaims,
    Attempts,
    IssuerResponses,
    Intents,
    AbandonedPaymentMethods,
    WebhookEvents,
    EndedDeletionBlocks,
}

impl Chore {
    const ALL: [Self; 11] = [
        Self::CancelStaleIntents,
        Self::Sessions,
        Self::IdempotencyKeys,
        Self::SignedResponseBodies,
        Self::SignatureClaims,
        Self::Attempts,
        Self::IssuerResponses,
        Self::Intents,
        Self::AbandonedPaymentMethods,
        Self::WebhookEvents,
        Self::EndedDeletionBlocks,
    ];

    /// Does one batch, and returns how many rows it changed.
    async fn run_batch(self, app: &App) -> Result<u64, StoreError> {
        let mut tx = app.store.write().await?;
        let db = &mut *tx;
        let changed = match self {
            Self::CancelStaleIntents => {
                let stale = intents::mark_stale_abandoned(&mut *db, INTENT_TIMEOUT, BATCH_ROWS);
                let stale = stale.await?;
                for (intent, account) in &stale {
                    outbox::insert(&mut *db, *account, OutboxAction::Cancel, intent).await?;
                }
                u64::try_from(stale.len()).unwrap_or(u64::MAX)
            }
            Self::Sessions => sessions::delete_expired(db, BATCH_ROWS).await?,
            Self::IdempotencyKeys => idempotency_keys::delete_expired(db, BATCH_ROWS).await?,
            Self::SignedResponseBodies => {
                request_signatures::delete_expired_bodies(db, BATCH_ROWS).await?
            }
            Self::SignatureClaims => {
                request_signatures::delete_expired_claims(db, BATCH_ROWS).await?
            }
            Self::Attempts => attempts::delete_expired(db, BATCH_ROWS).await?,
            Self::IssuerResponses => issuer_responses::delete_expired(db, BATCH_ROWS).await?,
            Self::Intents => intents::delete_older_than(db, RETENTION, BATCH_ROWS).await?,
            Self::AbandonedPaymentMethods => {
                abandoned_payment_methods::delete_older_than(db, RETENTION, BATCH_ROWS).await?
            }
            Self::WebhookEvents => {
                webhook_events::delete_older_than(db, RETENTION, BATCH_ROWS).await?
            }
            Self::EndedDeletionBlocks => {
                deletion_blocks::delete_ended_before(db, RETENTION, BATCH_ROWS).await?
            }
        };
        tx.commit().await?;
        Ok(changed)
    }
}

/// Runs for ever. The server stops it by dropping the future.
pub(crate) async fn run(app: App) {
    loop {
        for chore in Chore::ALL {
            if let Err(error) = run_chore(&app, chore).await {
                tracing::warn!(%error, ?chore, "deleting expired rows failed");
            }
        }
        if let Err(error) = audit::delete_expired(&app).await {
            tracing::warn!(%error, "deleting expired audit events failed");
        }
        if let Err(error) = wallet::clean_up_people(&app).await {
            tracing::warn!(%error, "releasing the cards of guests failed");
        }
        if let Err(error) = wallet::end_expired_cooldowns(&app).await {
            tracing::warn!(%error, "ending cooldowns failed");
        }
        tokio::time::sleep(INTERVAL).await;
    }
}

/// Runs batches until a batch finds fewer rows than it may change.
async fn run_chore(app: &App, chore: Chore) -> Result<(), StoreError> {
    loop {
        let changed = chore.run_batch(app).await?;
        if changed > 0 && matches!(chore, Chore::CancelStaleIntents) {
            app.outbox.wake();
        }
        if changed < u64::from(BATCH_ROWS) {
            return Ok(());
        }
        tokio::time::sleep(BATCH_PAUSE).await;
    }
}
