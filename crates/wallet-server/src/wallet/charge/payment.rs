//! The payment of one attempt to charge a stored card: it is created and stored, then confirmed. A repeat reads the
//! stored payment first, however long ago the first request was.
//!
//! Called by [`super`]. It must never create a payment for an attempt that has one.

use card_entry_protocol::decline::DeclineReason;

use crate::error::ApiError;
use crate::gateway::{GatewayError, IntentStatus, NewPayment, PaymentIntent};
use crate::secret::Fingerprint;
use crate::wallet::OwnerWallet;
use wallet_store::StoreError;
use wallet_store::charges::{self, Charge};

/// An attempt to charge a card.
#[derive(Debug, Clone, Copy)]
pub(super) struct ChargeAttempt<'a> {
    /// The stored charge.
    pub charge: &'a Charge,
    pub fingerprint: Fingerprint,
    /// The key of this attempt at the gateway.
    pub gateway_key: &'a str,
}

/// Why an attempt has no payment.
#[derive(Debug)]
pub(super) enum ChargeError {
    Gateway(GatewayError),
    Other(ApiError),
}

impl From<GatewayError> for ChargeError {
    fn from(error: GatewayError) -> Self {
        Self::Gateway(error)
    }
}

impl From<StoreError> for ChargeError {
    fn from(error: StoreError) -> Self {
        Self::Other(error.into())
    }
}

impl From<ChargeError> for ApiError {
    fn from(error: ChargeError) -> Self {
        match error {
            ChargeError::Gateway(error) => error.into(),
            ChargeError::Other(error) => error,
        }
    }
}

impl OwnerWallet<'_> {
    /// Creates the payment of an attempt, stores it and confirms it.
    pub(super) async fn pay(
        &self,
        attempt: ChargeAttempt<'_>,
        card: &str,
        payment: NewPayment<'_>,
    ) -> Result<PaymentIntent, ChargeError> {
        let gateway = self.gateway();
        let earlier = if attempt.charge.search_first {
            gateway
                .find_charge(payment.customer, attempt.gateway_key)
                .await?
        } else {
            None
        };
        let (intent, is_new) = match earlier {
            Some(earlier) => (earlier, false),
            None => (gateway.create_charge(card, payment).await?, true),
        };
        let recorded = charges::set_intent(
            self.app.store.pool(),
            self.owner.id,
            attempt.fingerprint,
            (attempt.charge.attempt, &intent.id),
        )
        .await?;
        match recorded {
            Some(id) if id == intent.id && is_new => self.confirm(attempt, &id).await,
            Some(id) => self.resume(attempt, &id).await,
            // Another server closed this attempt meanwhile. The payment is never confirmed.
            None => Err(ChargeError::Other(ApiError::Conflict(
                "This sale is being paid with another card or amount. Please ask for the same once more.",
            ))),
        }
    }

    /// Reads the payment of an attempt that was begun before, and confirms it if that is still to be done.
    pub(super) async fn resume(
        &self,
        attempt: ChargeAttempt<'_>,
        id: &str,
    ) -> Result<PaymentIntent, ChargeError> {
        let intent = self.read(id).await?;
        match intent.status {
            IntentStatus::RequiresConfirmation => self.confirm(attempt, id).await,
            _ => Ok(outcome(intent)?),
        }
    }

    async fn confirm(
        &self,
        attempt: ChargeAttempt<'_>,
        id: &str,
    ) -> Result<PaymentIntent, ChargeError> {
        match self.gateway().confirm_charge(id, attempt.gateway_key).await {
            // Another server confirmed it first, or the response of an earlier confirmation was lost.
            Err(GatewayError::UnexpectedState) => Ok(outcome(self.read(id).await?)?),
            other => Ok(outcome(other?)?),
        }
    }

    /// Reads a payment that exists. A gateway that does not know it has other keys than before: nothing is certain then.
    async fn read(&self, id: &str) -> Result<PaymentIntent, ChargeError> {
        match self.gateway().payment(id).await {
            Err(GatewayError::NotFound) => {
                let cause = "the gateway has no payment that was created for a charge";
                Err(ChargeError::Other(ApiError::GatewayRefused(
                    cause.to_owned(),
                )))
            }
            other => Ok(other?),
        }
    }
}

/// The payment, unless it was declined.
fn outcome(intent: PaymentIntent) -> Result<PaymentIntent, GatewayError> {
    match intent.status {
        IntentStatus::RequiresPaymentMethod | IntentStatus::Canceled => {
            let reason = intent.decline().unwrap_or(DeclineReason::Declined);
            Err(GatewayError::Declined(reason))
        }
        IntentStatus::RequiresConfirmation => Err(GatewayError::Indeterminate(
            "the payment is still to be confirmed".to_owned(),
        )),
        _ => Ok(intent),
    }
}
