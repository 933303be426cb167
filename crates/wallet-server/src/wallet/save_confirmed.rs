//! Saves a card that was confirmed in a page when no request asks for it, because a page may rely on the confirmation
//! alone.
//!
//! Called before a wallet is listed, by the webhook of an intent that succeeded, and by the outbox before an intent is
//! abandoned. Only intents with [`super::SavePolicy::WhenConfirmed`] are saved: the owner asked for the save when the
//! intent was created. It must never delay or fail a request that only lists the wallet, and never save twice.

use std::sync::Arc;
use std::time::Duration;

use card_entry_protocol::card::GatewayCardId;
use tokio::time::timeout;

use super::OwnerWallet;
use crate::clock::HOUR;
use crate::error::ApiError;
use crate::gateway::{GatewayError, IntentStatus, SetupIntent};
use wallet_store::intents::{self, IntentState};
use wallet_store::outbox::{self, OutboxAction};

/// How long a listing waits. The saves continue after it.
const TIMEOUT: Duration = Duration::from_secs(3);

/// How often the gateway is read for an owner, for each intent allowed.
const READS_PER_INTENT: u32 = 5;

impl OwnerWallet<'_> {
    /// Saves the cards that were confirmed with the owner's open intents, and waits for it up to [`TIMEOUT`]. Errors
    /// are logged; the next call tries again.
    pub async fn save_confirmed_cards(&self) {
        let Self {
            app,
            account,
            owner,
        } = *self;
        let open = match intents::ids_to_save(app.store.pool(), owner.id).await {
            Ok(open) => open,
            Err(error) => {
                tracing::warn!(%error, "reading the open intents of an owner failed");
                return;
            }
        };
        if open.is_empty() {
            return;
        }
        let Ok(permit) = app.tasks.start() else {
            return;
        };
        let (app, account, owner) = (app.clone(), Arc::clone(account), owner.clone());
        let saves = tokio::spawn(async move {
            let _permit = permit;
            let wallet = OwnerWallet::new(&app, &account, &owner);
            for id in open {
                if !wallet.save_if_confirmed(&id).await {
                    return;
                }
            }
        });
        // A save that ends later appears in the next listing.
        let _ = timeout(TIMEOUT, saves).await;
    }

    /// Reads an open intent, and saves its card if it succeeded. Returns `false` if the read limit is reached.
    async fn save_if_confirmed(&self, id: &str) -> bool {
        let app = self.app;
        let max_reads = app
            .config
            .limits
            .intents_per_hour
            .saturating_mul(READS_PER_INTENT);
        let key = format!("open intents {}", self.owner.id.0);
        if app.limiter.count_attempt(&key, max_reads, HOUR).is_err() {
            return false;
        }
        match self.gateway().intent(id).await {
            Ok(intent) => {
                if let Err(error) = self.save_succeeded_intent(&intent).await {
                    tracing::warn!(
                        ?error,
                        "saving a confirmed card failed, retry on next listing"
                    );
                }
            }
            Err(GatewayError::NotFound) => {}
            Err(error) => tracing::warn!(%error, "reading an open intent failed"),
        }
        true
    }

    /// Saves the card of an intent that succeeded. If the save is refused for good, the card is released.
    ///
    /// # Errors
    /// 429 or 503 if it cannot be done now.
    pub(super) async fn save_succeeded_intent(&self, intent: &SetupIntent) -> Result<(), ApiError> {
        let Self {
            app,
            account,
            owner,
        } = *self;
        let is_canceled = intent.status == IntentStatus::Canceled;
        if !is_canceled && intent.status != IntentStatus::Succeeded {
            return Ok(());
        }
        let _lock = app.owner_locks.lock(owner.id).await;
        let stored = intents::find(app.store.pool(), account.id, &intent.id).await?;
        let is_to_save = stored
            .is_some_and(|stored| stored.save_when_confirmed && stored.state != IntentState::Used);
        if !is_to_save {
            return Ok(());
        }
        let method = intent
            .payment_method
            .as_deref()
            .and_then(GatewayCardId::parse);
        let Some(method) = method.filter(|_| !is_canceled) else {
            let mut tx = app.store.write().await?;
            intents::mark_abandoned(&mut *tx, &intent.id).await?;
            outbox::insert(&mut *tx, account.id, OutboxAction::Cancel, &intent.id).await?;
            return Ok(tx.commit().await?);
        };
        let error = match self.save_unclaimed(&method, intent).await {
            Ok(_) => {
                tracing::info!(
                    owner = owner.id.0,
                    "saved a card that was confirmed in a page"
                );
                return Ok(());
            }
            Err(error) if error.is_final() => error,
            Err(error) => return Err(error),
        };
        tracing::warn!(
            ?error,
            owner = owner.id.0,
            "refused to save a card that was confirmed in a page"
        );
        let mut tx = app.store.write().await?;
        intents::mark_used(&mut *tx, &intent.id).await?;
        let method = method.as_str();
        outbox::insert(&mut *tx, account.id, OutboxAction::Release, method).await?;
        tx.commit().await?;
        app.outbox.wake();
        Ok(())
    }
}
