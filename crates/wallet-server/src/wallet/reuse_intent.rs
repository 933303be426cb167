//! Returns an open setup intent again. Somebody who opens the form twice, or in two tabs, and types nothing, must not
//! use up the limit.
//!
//! Called when an intent is requested, while the owner's lock is held. It must never return an intent with which a card
//! was tried: that was an attempt, and the next one is another.

use super::create_intent::SavePolicy;
use super::{OwnerWallet, circuit_breaker};
use crate::client_network::ClientNetwork;
use crate::clock::HOUR;
use crate::error::ApiError;
use crate::gateway::{GatewayError, IntentStatus, SetupIntent};
use crate::secret::Fingerprint;
use wallet_store::{attempts, intents, owners};

/// How often an open intent is read and returned again, for each intent allowed.
const READS_PER_INTENT: u32 = 5;

impl OwnerWallet<'_> {
    /// The owner's open intent with the same save policy, if no card was tried with it.
    ///
    /// # Errors
    /// 429 above the limits; 503 if gateway or database do not respond.
    pub(super) async fn reuse_open_intent(
        &self,
        network: Option<&ClientNetwork>,
        policy: SavePolicy,
    ) -> Result<Option<SetupIntent>, ApiError> {
        let Self {
            app,
            account,
            owner,
        } = *self;
        let pool = app.store.pool();
        // An intent whose creation had no clear result is requested first; else it would stay unknown at the gateway.
        if attempts::find_pending(pool, owner.id, None)
            .await?
            .is_some()
        {
            return Ok(None);
        }
        let save_when_confirmed = policy == SavePolicy::WhenConfirmed;
        let found = intents::find_reusable(pool, owner.id, save_when_confirmed).await?;
        let Some(id) = found else {
            return Ok(None);
        };
        let mut tx = app.store.write().await?;
        circuit_breaker::check_cooldown(app, &mut tx, account).await?;
        self.check_daily_limit(&mut *tx).await?;
        drop(tx);
        let max_reads = app
            .config
            .limits
            .intents_per_hour
            .saturating_mul(READS_PER_INTENT);
        let key = format!("reuse intent {}", owner.id.0);
        app.limiter.count_attempt(&key, max_reads, HOUR)?;
        let intent = match self.gateway().intent(&id).await {
            Err(GatewayError::NotFound) => return Ok(None),
            other => other?,
        };
        let stored_owner = owners::find(pool, owner.account_id, owner.id).await?;
        let customer = stored_owner.and_then(|owner| owner.customer_id);
        let is_unused = intent.status == IntentStatus::RequiresPaymentMethod
            && intent.last_setup_error.is_none()
            && intent.customer == customer
            && intent.livemode == account.livemode();
        if !is_unused {
            return Ok(None);
        }
        let network = self.network_fingerprint(network);
        // It may be abandoned by now, or about to be canceled.
        let network = network.as_ref().map(Fingerprint::as_bytes);
        let reused = intents::mark_reused(pool, &id, network).await?;
        Ok(reused.then_some(intent))
    }
}
