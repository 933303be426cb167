//! Saving a card that was confirmed in a page, when nobody asks for it: the page may rely on the confirmation alone.
//!
//! Called before a wallet is shown, by the webhook of an intent that succeeded, and by the outbox before an intent is
//! given up. Only intents are looked at that were made for a card to keep: the owner asked for that when it was made, so
//! its success is the proof. It must never hold up or fail what only wants to show the wallet, and never save twice.

use std::sync::Arc;
use std::time::Duration;

use card_entry_protocol::card::GatewayCardId;
use tokio::time::timeout;

use super::OwnerWallet;
use crate::app::App;
use crate::clock::HOUR;
use crate::config::Account;
use crate::error::ApiError;
use crate::gateway::{GatewayError, IntentStatus, SetupIntent};
use crate::store::intents::{self, IntentState};
use crate::store::outbox::{self, OutboxAction};
use crate::store::owners::Owner;

/// How long a wallet is held back for what may be found; the look goes on without it.
const MAX_WAIT: Duration = Duration::from_secs(3);

/// How often the gateway is asked, for each intent an owner may begin.
const READS_PER_INTENT: u32 = 5;

/// Saves what was confirmed with the owner's open intents, if that is known in time. Whatever goes wrong is logged, and
/// looked at again the next time.
pub async fn catch_up(app: &App, account: &Arc<Account>, owner: &Owner) {
    let open = match intents::ids_to_save(app.store.pool(), owner.id).await {
        Ok(open) => open,
        Err(error) => {
            tracing::warn!(%error, "open intents could not be read");
            return;
        }
    };
    if open.is_empty() {
        return;
    }
    let Ok(under_way) = app.tasks.start() else {
        return;
    };
    let (app, account, owner) = (app.clone(), Arc::clone(account), owner.clone());
    let look = tokio::spawn(async move {
        let _under_way = under_way;
        for id in open {
            let limit = app
                .config
                .limits
                .intents_per_hour
                .saturating_mul(READS_PER_INTENT);
            let reads = format!("open intents {}", owner.id.0);
            if app.limiter.count_attempt(&reads, limit, HOUR).is_err() {
                return;
            }
            match app.gateway.for_account(&account).intent(&id).await {
                Ok(intent) => {
                    adopt(&app, &account, &owner, &intent)
                        .await
                        .unwrap_or_else(|error| {
                            tracing::warn!(?error, "a confirmed card could not be saved yet")
                        })
                }
                Err(GatewayError::NotFound) => {}
                Err(error) => tracing::warn!(%error, "an open intent could not be read"),
            }
        }
    });
    // Late is as good as not at all: the next look at the wallet has it.
    let _ = timeout(MAX_WAIT, look).await;
}

/// Saves the card of an intent that succeeded. One that is refused is let go, and not looked at again.
///
/// # Errors
/// When that cannot be done now: 429, 503.
pub(super) async fn adopt(
    app: &App,
    account: &Arc<Account>,
    owner: &Owner,
    intent: &SetupIntent,
) -> Result<(), ApiError> {
    let over = intent.status == IntentStatus::Canceled;
    if !over && intent.status != IntentStatus::Succeeded {
        return Ok(());
    }
    let _lock = app.owner_locks.lock(owner.id).await;
    let pool = app.store.pool();
    let known = intents::find(pool, account.id, &intent.id).await?;
    let to_save =
        known.is_some_and(|known| known.save_when_confirmed && known.state != IntentState::Used);
    if !to_save {
        return Ok(());
    }
    let method = intent
        .payment_method
        .as_deref()
        .and_then(GatewayCardId::parse);
    let Some(method) = method.filter(|_| !over) else {
        let mut tx = app.store.write().await?;
        intents::mark_abandoned(&mut *tx, &intent.id).await?;
        outbox::insert(&mut *tx, account.id, OutboxAction::Cancel, &intent.id).await?;
        return Ok(tx.commit().await?);
    };
    let refusal = match OwnerWallet::new(app, account, owner)
        .save_unclaimed(&method, intent)
        .await
    {
        Ok(_) => {
            tracing::info!(
                owner = owner.id.0,
                "a card that was confirmed in a page is saved"
            );
            return Ok(());
        }
        Err(error) if error.is_final() => error,
        Err(error) => return Err(error),
    };
    tracing::warn!(
        ?refusal,
        owner = owner.id.0,
        "a card that was confirmed in a page is refused"
    );
    let mut tx = app.store.write().await?;
    intents::mark_used(&mut *tx, &intent.id).await?;
    outbox::insert(&mut *tx, account.id, OutboxAction::Release, method.as_str()).await?;
    tx.commit().await?;
    app.outbox.wake();
    Ok(())
}
