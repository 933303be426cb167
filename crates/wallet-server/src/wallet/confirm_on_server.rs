//! Confirms a card on the server, if it came without an intent, as from a page that only listens to the frame's
//! message.
//!
//! Called by the verification of a save. The intent is created and stored before it is confirmed, so that it is known
//! whatever the result of the confirmation, and its card can be released.

use card_entry_protocol::card::GatewayCardId;

use super::attempt_limits::AttemptRequest;
use super::create_intent::ConfirmedBy;
use super::payment_method_verification::unusable_payment_method;
use super::{OwnerWallet, circuit_breaker};
use crate::browser_client::BrowserClient;
use crate::client_network::ClientNetwork;
use crate::clock::{MINUTE, Seconds};
use crate::error::ApiError;
use crate::gateway::{GatewayError, SetupIntent};
use crate::outbox_runner::INTENT_TIMEOUT;
use crate::secret::{Fingerprint, generate_token};
use wallet_store::attempts::{self, PendingAttempt};
use wallet_store::intents;
use wallet_store::issuer_responses::{IssuerDecision, IssuerResponse};
use wallet_store::outbox::{self, OutboxAction};

/// When the card is released if no save uses it: after its intent was canceled.
const RELEASE_DELAY: Seconds = INTENT_TIMEOUT + 5 * MINUTE;

impl OwnerWallet<'_> {
    /// Creates an intent and confirms it with this payment method. An earlier attempt whose result is not known is
    /// continued. Returns the intent with the customer it was created for.
    pub(super) async fn confirm_on_server(
        &self,
        id: &GatewayCardId,
        client: Option<&BrowserClient>,
    ) -> Result<(String, SetupIntent), ApiError> {
        self.require_challenge(client).await?;
        let network = client.map(|client| &client.network);
        let attempt = self.record_confirm_attempt(id, network).await?;
        let gateway = self.gateway();
        let (customer, created) = self.create_intent_of(&attempt).await?;
        let intent = self
            .store_intent(network, ConfirmedBy::Server, &attempt, created)
            .await?;
        let key = |step: &str| format!("{}:{step}:{}", attempt.pending_key, intent.id);
        let mut confirmed = gateway
            .confirm_intent(&intent.id, id, &key("confirm"))
            .await;
        if matches!(confirmed, Err(GatewayError::NotFound)) {
            // The payment method was read a moment ago. Some gateways require that it is attached to the customer
            // before an intent of that customer accepts it.
            confirmed = match gateway.attach(id, &customer).await {
                Ok(_) => {
                    gateway
                        .confirm_intent(&intent.id, id, &key("attached"))
                        .await
                }
                Err(error) => Err(error),
            };
        }
        let error = match confirmed {
            Ok(intent) => {
                attempts::complete(self.app.store.pool(), attempt.id).await?;
                return Ok((customer, intent));
            }
            // The result is not known. The next attempt repeats the same key.
            Err(error) if error.is_indeterminate() => return Err(error.into()),
            Err(error) => error,
        };
        let failed = FailedConfirmation {
            payment_method: id,
            intent: &intent,
            attempt: &attempt,
            network,
            declined: matches!(error, GatewayError::Declined(_)),
        };
        self.close_failed_confirmation(&failed).await?;
        Err(match error {
            GatewayError::NotFound | GatewayError::UnexpectedState => {
                unusable_payment_method("the payment method no longer exists")
            }
            // The gateway has no error code for a payment method that was detached or belongs to another customer.
            GatewayError::InvalidRequest {
                status: 400, code, ..
            } if code.is_empty() => {
                unusable_payment_method("the gateway refused the payment method")
            }
            other => other.into(),
        })
    }

    /// Records the attempt before the gateway is called, with an outbox job that releases the card if no save uses it.
    async fn record_confirm_attempt(
        &self,
        id: &GatewayCardId,
        network: Option<&ClientNetwork>,
    ) -> Result<PendingAttempt, ApiError> {
        let key = format!("confirm:{}", generate_token()?.reveal());
        let method = id.as_str();
        let mut tx = self.app.store.write().await?;
        let earlier = attempts::find_pending(&mut *tx, self.owner.id, Some(method)).await?;
        if let Some(earlier) = earlier {
            return Ok(earlier);
        }
        let request = AttemptRequest {
            network,
            payment_method: Some(method),
            key: &key,
        };
        let (mut tx, attempt) = self.record_attempt(tx, &request).await?;
        let account = self.account.id;
        outbox::insert_delayed(
            &mut *tx,
            account,
            OutboxAction::Release,
            method,
            RELEASE_DELAY,
        )
        .await?;
        tx.commit().await?;
        Ok(attempt)
    }

    /// Cancels the intent, and releases the card if it was attached.
    async fn close_failed_confirmation(
        &self,
        failed: &FailedConfirmation<'_>,
    ) -> Result<(), ApiError> {
        let Self { app, account, .. } = *self;
        let (intent, method) = (failed.intent.id.as_str(), failed.payment_method.as_str());
        let mut tx = app.store.write().await?;
        attempts::complete(&mut *tx, failed.attempt.id).await?;
        intents::mark_used(&mut *tx, intent).await?;
        outbox::insert(&mut *tx, account.id, OutboxAction::Cancel, intent).await?;
        outbox::insert(&mut *tx, account.id, OutboxAction::Release, method).await?;
        if failed.declined {
            let network = self.network_fingerprint(failed.network);
            let response = IssuerResponse {
                dedup_key: &format!("{intent}:refused"),
                account_id: account.id,
                intent: Some(intent),
                owner: Some(self.owner.id),
                network: network.as_ref().map(Fingerprint::as_bytes),
                decision: IssuerDecision::Declined,
            };
            circuit_breaker::record_response(app, &mut tx, account, &response).await?;
        }
        tx.commit().await?;
        app.outbox.wake();
        Ok(())
    }
}

/// A confirmation that the gateway refused.
struct FailedConfirmation<'a> {
    payment_method: &'a GatewayCardId,
    intent: &'a SetupIntent,
    attempt: &'a PendingAttempt,
    network: Option<&'a ClientNetwork>,
    /// Whether the issuer declined the card.
    declined: bool,
}
