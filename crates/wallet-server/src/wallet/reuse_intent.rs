//! Keeps at most one open intent an owner: returns it again, or cancels it before the next one is created. Somebody who
//! opens the form twice, or in two tabs, and types nothing, must not use up the limit.
//!
//! Called when an intent is requested, while the owner's lock is held. It must never return an intent with which a card
//! was tried: that was an attempt, and the next one is another.

use super::OwnerWallet;
use super::create_intent::SavePolicy;
use crate::client_network::ClientNetwork;
use crate::clock::HOUR;
use crate::error::ApiError;
use crate::gateway::{GatewayError, IntentStatus, SetupIntent};
use crate::secret::Fingerprint;
use wallet_store::intents::OpenIntent;
use wallet_store::{attempts, intents, owners};

/// How often an open intent is read and returned again, for each intent allowed.
const READS_PER_INTENT: u32 = 5;

impl OwnerWallet<'_> {
    /// The owner's open intent with the same save policy, if no card was tried with it. All other open intents of the
    /// owner are canceled at the gateway.
    ///
    /// # Errors
    /// 429 above the limits; 503 if gateway or database do not respond.
    pub(super) async fn reuse_or_cancel_open(
        &self,
        network: Option<&ClientNetwork>,
        policy: SavePolicy,
    ) -> Result<Option<SetupIntent>, ApiError> {
        let Self { app, owner, .. } = *self;
        let pool = app.store.pool();
        let all = intents::open_in_browser(pool, owner.id).await?;
        if all.is_empty() {
            return Ok(None);
        }
        let mut tx = app.store.write().await?;
        let network = self.network_fingerprint(network);
        if let Err(refusal) = self.check_reach(&mut tx, network).await {
            return Err(self.refuse(tx, refusal).await?);
        }
        drop(tx);
        let max_reads = app
            .config
            .limits
            .intents_per_hour
            .saturating_mul(READS_PER_INTENT);
        let key = format!("reuse intent {}", owner.id.0);
        app.limiter.count_attempt(&key, max_reads, HOUR)?;
        // An intent whose creation had no clear result is requested first; else it would stay unknown at the gateway.
        let is_pending = attempts::find_pending(pool, owner.id, None)
            .await?
            .is_some();
        let save_when_confirmed = policy == SavePolicy::WhenConfirmed;
        let mut reused = None;
        for open in all {
            let may_reuse = reused.is_none()
                && !is_pending
                && open.save_when_confirmed == save_when_confirmed
                && open.is_reusable();
            let found = self.reuse_or_cancel(&open, network, may_reuse).await?;
            reused = reused.or(found);
        }
        Ok(reused)
    }

    /// Returns an unused intent if it may be reused. Any other one is canceled, unless no card can be tried with it.
    async fn reuse_or_cancel(
        &self,
        open: &OpenIntent,
        network: Option<Fingerprint>,
        may_reuse: bool,
    ) -> Result<Option<SetupIntent>, ApiError> {
        let pool = self.app.store.pool();
        let intent = match self.gateway().intent(&open.id).await {
            Err(GatewayError::NotFound) => {
                intents::mark_used(pool, &open.id).await?;
                return Ok(None);
            }
            other => other?,
        };
        if may_reuse && self.is_unused(&intent).await? {
            // It may be abandoned by now, or about to be canceled.
            let network = network.as_ref().map(Fingerprint::as_bytes);
            if intents::mark_reused(pool, &open.id, network).await? {
                return Ok(Some(intent));
            }
        }
        match intent.status {
            // A save may come for it.
            IntentStatus::Succeeded | IntentStatus::Processing => {}
            IntentStatus::Canceled => intents::mark_used(pool, &open.id).await?,
            _ => self.cancel_replaced(&open.id).await?,
        }
        Ok(None)
    }

    /// Whether no card was tried with the intent, and a card of it would be the owner's.
    async fn is_unused(&self, intent: &SetupIntent) -> Result<bool, ApiError> {
        let Self {
            app,
            account,
            owner,
        } = *self;
        let stored_owner = owners::find(app.store.pool(), owner.account_id, owner.id).await?;
        let customer = stored_owner.and_then(|owner| owner.customer_id);
        Ok(intent.status == IntentStatus::RequiresPaymentMethod
            && intent.last_setup_error.is_none()
            && intent.customer == customer
            && intent.livemode == account.livemode())
    }
}
