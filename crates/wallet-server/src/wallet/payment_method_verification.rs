//! Verifies that a payment method may be saved for an owner. It must never believe the client: everything is read from
//! the gateway.
//!
//! Called by a save. Either a setup intent that this server created for this owner succeeded with the payment method,
//! or the server confirms it itself, or it comes from the owner's own payment at a terminal.

use card_entry_protocol::card::GatewayCardId;

use super::OwnerWallet;
use crate::browser_client::BrowserClient;
use crate::clock::HOUR;
use crate::error::ApiError;
use crate::gateway::{GatewayError, IntentStatus, PaymentMethod, SetupIntent};
use wallet_store::cards::GatewayCard;
use wallet_store::intents;

/// All invalid tokens get the same message, so that responses cannot be used to probe.
const UNUSABLE: &str = "This card can’t be saved. Please enter it again.";

/// How often the gateway is read for an owner, for each intent allowed: enough for repeats, too few for a search.
const READS_PER_INTENT: u32 = 5;

/// A card that may be saved.
#[derive(Debug)]
pub(super) struct VerifiedPaymentMethod {
    pub card: GatewayCard,
    /// The setup intent or payment that verified it.
    pub intent: String,
}

pub(super) fn unusable_payment_method(cause: &'static str) -> ApiError {
    tracing::info!(cause, "card was not saved");
    ApiError::Unprocessable(UNUSABLE.to_owned())
}

impl OwnerWallet<'_> {
    /// Verifies a payment method. If no intent of the owner was confirmed with it, the server confirms it.
    pub(super) async fn verify(
        &self,
        id: &GatewayCardId,
        client: Option<&BrowserClient>,
    ) -> Result<VerifiedPaymentMethod, ApiError> {
        let Self {
            app,
            account,
            owner,
        } = *self;
        let max_reads = app
            .config
            .limits
            .intents_per_hour
            .saturating_mul(READS_PER_INTENT);
        let key = format!("verification {}", owner.id.0);
        app.limiter.count_attempt(&key, max_reads, HOUR)?;
        let method = match self.gateway().payment_method(id).await {
            Err(GatewayError::NotFound) => {
                return Err(unusable_payment_method(
                    "the gateway has no such payment method",
                ));
            }
            other => other?,
        };
        if method.id != id.as_str() || method.livemode != account.livemode() {
            return Err(unusable_payment_method(
                "the payment method has another livemode",
            ));
        }
        let customer = self.ensure_customer().await?;
        if method
            .customer
            .as_ref()
            .is_some_and(|other| *other != customer)
        {
            return Err(unusable_payment_method(
                "the payment method belongs to another customer",
            ));
        }
        let (customer, intent) = match self.find_browser_intent(id).await? {
            Some(intent) => (customer, intent),
            None => {
                // A card that the account does not accept is not sent to its issuer.
                let card = gateway_card(method.clone(), customer)?;
                if let Some(sentence) = account.accept.reason_not_accepted(&card) {
                    return Err(ApiError::Unprocessable(sentence));
                }
                self.confirm_on_server(id, client).await?
            }
        };
        if intent.customer.as_deref() != Some(customer.as_str())
            || intent.livemode != account.livemode()
        {
            return Err(unusable_payment_method(
                "the intent belongs to another customer",
            ));
        }
        match intent.status {
            IntentStatus::Succeeded => Ok(VerifiedPaymentMethod {
                card: gateway_card(method, customer)?,
                intent: intent.id,
            }),
            IntentStatus::RequiresAction => {
                Err(ApiError::AuthenticationRequired(intent.client_secret))
            }
            IntentStatus::Processing => Err(ApiError::Conflict(
                "Your bank is still checking the card. Please look again in a moment.",
            )),
            _ => Err(unusable_payment_method("the intent did not succeed")),
        }
    }

    /// Verifies the card of the owner's own captured payment, and attaches it so that it can be charged again.
    pub(super) async fn verify_from_payment(
        &self,
        id: &GatewayCardId,
        payment: &str,
    ) -> Result<VerifiedPaymentMethod, ApiError> {
        let mut customer = self.ensure_customer().await?;
        let gateway = self.gateway();
        let mut method = match gateway.payment_method(id).await {
            Ok(method) if method.customer.is_none() => gateway.attach(id, &customer).await,
            other => other,
        };
        if matches!(method, Err(GatewayError::CustomerNotFound)) {
            customer = self.replace_customer(&customer).await?;
            method = gateway.attach(id, &customer).await;
        }
        let method = match method {
            Err(GatewayError::NotFound | GatewayError::UnexpectedState) => {
                return Err(unusable_payment_method(
                    "the payment method no longer exists",
                ));
            }
            // The gateway has no error code for a payment method that was detached.
            Err(GatewayError::InvalidRequest {
                status: 400, code, ..
            }) if code.is_empty() => {
                return Err(unusable_payment_method("the gateway refused to attach it"));
            }
            other => other?,
        };
        self.verified(method, customer, payment)
    }

    /// Verifies the card of an intent that was read and has succeeded.
    pub(super) async fn verify_from_intent(
        &self,
        id: &GatewayCardId,
        intent: &SetupIntent,
    ) -> Result<VerifiedPaymentMethod, ApiError> {
        let customer = self.ensure_customer().await?;
        let method = match self.gateway().payment_method(id).await {
            Err(GatewayError::NotFound) => {
                return Err(unusable_payment_method(
                    "the payment method no longer exists",
                ));
            }
            other => other?,
        };
        if intent.customer.as_deref() != Some(customer.as_str())
            || intent.livemode != self.account.livemode()
        {
            return Err(unusable_payment_method(
                "the payment method belongs to another customer",
            ));
        }
        self.verified(method, customer, &intent.id)
    }

    fn verified(
        &self,
        method: PaymentMethod,
        customer: String,
        intent: &str,
    ) -> Result<VerifiedPaymentMethod, ApiError> {
        if method.customer.as_deref() != Some(customer.as_str())
            || method.livemode != self.account.livemode()
        {
            return Err(unusable_payment_method(
                "the payment method belongs to another customer",
            ));
        }
        Ok(VerifiedPaymentMethod {
            card: gateway_card(method, customer)?,
            intent: intent.to_owned(),
        })
    }

    /// Finds the owner's intent that a browser confirmed with this payment method.
    async fn find_browser_intent(
        &self,
        id: &GatewayCardId,
    ) -> Result<Option<SetupIntent>, ApiError> {
        for intent in intents::unused_ids(self.app.store.pool(), self.owner.id).await? {
            let intent = match self.gateway().intent(&intent).await {
                Err(GatewayError::NotFound) => continue,
                other => other?,
            };
            let is_confirmed = matches!(
                intent.status,
                IntentStatus::Succeeded | IntentStatus::RequiresAction | IntentStatus::Processing
            );
            if is_confirmed && intent.payment_method.as_deref() == Some(id.as_str()) {
                return Ok(Some(intent));
            }
        }
        Ok(None)
    }
}

/// What the wallet stores of a payment method.
pub(super) fn gateway_card(
    method: PaymentMethod,
    customer_id: String,
) -> Result<GatewayCard, ApiError> {
    let card = method
        .card
        .ok_or_else(|| unusable_payment_method("the payment method is not a card"))?;
    let address = method.billing_details.address.unwrap_or_default();
    Ok(GatewayCard {
        preferred_network: card.preferred_network().map(str::to_owned),
        display_brand: card.display_brand,
        customer_id,
        payment_method: method.id,
        fingerprint: card.fingerprint,
        brand: card.brand,
        last4: card.last4,
        exp_month: card.exp_month,
        exp_year: card.exp_year,
        funding: card.funding.unwrap_or_else(|| "unknown".to_owned()),
        country: card.country,
        name: method.billing_details.name,
        address_line1: address.line1,
        address_city: address.city,
        address_state: address.state,
        address_zip: address.postal_code,
        address_country: address.country,
    })
}
