//! Creates setup intents, which a browser confirms with the client secret.
//!
//! Called by the routes and by [`super::confirm_on_server`]. It must never store or log a client secret.

use super::OwnerWallet;
use super::attempt_limits::AttemptRequest;
use crate::browser_client::BrowserClient;
use crate::client_network::ClientNetwork;
use crate::error::ApiError;
use crate::gateway::{GatewayError, SetupIntent};
use crate::secret::generate_token;
use wallet_store::attempts::{self, PendingAttempt};
use wallet_store::outbox::{self, OutboxAction};
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
    /// Creates a setup intent, or returns the owner's open one. `client` is the browser that asks, or `None` if a booking
    /// site's server asks.
    ///
    /// # Errors
    /// 422 if the wallet is full, or a CAPTCHA is required; 429 above the limits; 503 if the gateway does not respond.
    pub async fn create_setup_intent(
        &self,
        client: Option<&BrowserClient>,
        policy: SavePolicy,
    ) -> Result<SetupIntent, ApiError> {
        let app = self.app;
        let network = client.map(|client| &client.network);
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
        self.require_challenge(client).await?;
        if let Some(open) = self.reuse_or_cancel_open(network, policy).await? {
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
        let (tx, attempt) = self.record_attempt(tx, &request).await?;
        tx.commit().await?;
        Ok(attempt)
    }

    /// Stores an intent that was created. If the gateway created none, the attempt is deleted; if the result is not
    /// known, the attempt stays pending.
    ///
    /// # Errors
    /// The gateway's error; 429 if a limit tripped while a browser's intent was created, which is canceled then.
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
                let mut tx = self.app.store.write().await?;
                intents::insert(&mut *tx, &new).await?;
                let refusal = match confirmed_by {
                    ConfirmedBy::Server => None,
                    ConfirmedBy::Browser(_) => self.check_reach(&mut tx, new.network).await.err(),
                };
                if refusal.is_some() {
                    let account = self.account.id;
                    outbox::insert(&mut *tx, account, OutboxAction::Cancel, &intent.id).await?;
                    attempts::complete(&mut *tx, attempt.id).await?;
                }
                tx.commit().await?;
                match refusal {
                    None => Ok(intent),
                    Some(refusal) => {
                        self.app.outbox.wake();
                        Err(refusal.into_error())
                    }
                }
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
