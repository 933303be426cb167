//! Creates setup intents, which a browser confirms with the client secret.
//!
//! Called by the routes and by [`super::confirm_on_server`]. It must never store or log a client secret.

use super::OwnerWallet;
use super::attempt_limits::AttemptRequest;
use crate::client_network::ClientNetwork;
use crate::error::ApiError;
use crate::gateway::{GatewayError, SetupIntent};
use crate::secret::generate_token;
use wallet_store::attempts::{self, PendingAttempt};
use wallet_store::{cards, intents};

/// When the card of a setup intent is saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SavePolicy {
    /// When a request for the save comes.
    OnRequest,
    /// As soon as it is confirmed, even if no request for the save comes.
    WhenConfirmed,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ConfirmedBy {
    Server,
    Browser(SavePolicy),
}

/// The result of a call that creates an intent, with the customer it was made for.
pub(super) type CreatedFor = (String, Result<SetupIntent, GatewayError>);

impl OwnerWallet<'_> {
    /// Creates a setup intent, or returns the owner's open one. `network` is the network of the browser that asks, or
    /// `None` if a booking site's server asks.
    ///
    /// # Errors
    /// 422 if the wallet is full; 429 above the limits; 503 if the gateway does not respond.
    pub async fn create_setup_intent(
        &self,
        network: Option<&ClientNetwork>,
        policy: SavePolicy,
    ) -> Result<SetupIntent, ApiError> {
        let app = self.app;
        let _lock = app.owner_locks.lock_for_request(self.owner.id).await?;
        let cards = cards::of_owner(app.store.pool(), self.owner.id)
            .await?
            .len();
        if self
            .account
            .system
            .kind()
            .is_full(cards, &app.config.limits)
        {
            return Err(wallet_full());
        }
        if let Some(open) = self.reuse_open_intent(network, policy).await? {
            return Ok(open);
        }
        let attempt = self.record_intent_attempt(network).await?;
        let created = match self.create_intent_of(&attempt).await {
            Ok((_, created)) => created,
            Err(error) => {
                attempts::delete(app.store.pool(), attempt.id).await?;
                return Err(error);
            }
        };
        let confirmed_by = ConfirmedBy::Browser(policy);
        let intent = self
            .store_intent(network, confirmed_by, &attempt, created)
            .await?;
        attempts::complete(app.store.pool(), attempt.id).await?;
        Ok(intent)
    }

    /// Creates the intent of an attempt for the owner's customer. If the gateway no longer has the customer, a new
    /// customer is created first.
    pub(super) async fn create_intent_of(
        &self,
        attempt: &PendingAttempt,
    ) -> Result<CreatedFor, ApiError> {
        let gateway = self.gateway();
        let customer = self.ensure_customer().await?;
        let created = gateway.create_intent(&customer, &attempt.pending_key).await;
        if !matches!(created, Err(GatewayError::CustomerNotFound)) {
            return Ok((customer, created));
        }
        let customer = self.replace_customer(&customer).await?;
        let created = gateway.create_intent(&customer, &attempt.pending_key).await;
        Ok((customer, created))
    }

    /// Records the attempt before the gateway is called. If the result of an earlier attempt is not known, that one is
    /// continued.
    async fn record_intent_attempt(
        &self,
        network: Option<&ClientNetwork>,
    ) -> Result<PendingAttempt, ApiError> {
        let key = format!("begin:{}", generate_token()?.reveal());
        let mut tx = self.app.store.write().await?;
        if let Some(earlier) = attempts::find_pending(&mut *tx, self.owner.id, None).await? {
            return Ok(earlier);
        }
        let request = AttemptRequest {
            network,
            payment_method: None,
            key: &key,
        };
        let attempt = self.record_attempt(&mut tx, &request).await?;
        tx.commit().await?;
        Ok(attempt)
    }

    /// Stores an intent that was created. If the gateway created none, the attempt is deleted; if the result is not
    /// known, the attempt stays pending.
    pub(super) async fn store_intent(
        &self,
        network: Option<&ClientNetwork>,
        confirmed_by: ConfirmedBy,
        attempt: &PendingAttempt,
        created: Result<SetupIntent, GatewayError>,
    ) -> Result<SetupIntent, ApiError> {
        let pool = self.app.store.pool();
        match created {
            Ok(intent) => {
                let new = intents::NewIntent {
                    id: &intent.id,
                    owner: self.owner.id,
                    network: self.network_fingerprint(network),
                    confirmed_by_server: confirmed_by == ConfirmedBy::Server,
                    save_when_confirmed: confirmed_by
                        == ConfirmedBy::Browser(SavePolicy::WhenConfirmed),
                };
                intents::insert(pool, &new).await?;
                Ok(intent)
            }
            Err(error) if error.is_indeterminate() => Err(error.into()),
            Err(error) => {
                attempts::delete(pool, attempt.id).await?;
                Err(error.into())
            }
        }
    }
}

pub(super) fn wallet_full() -> ApiError {
    ApiError::Unprocessable("Your wallet is full. Please delete a card first.".to_owned())
}
