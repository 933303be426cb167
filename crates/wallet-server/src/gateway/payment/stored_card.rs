//! Charges of stored cards, in two calls: the payment is created, and its id is stored, before it is confirmed.
//!
//! Called by the wallet. A PaymentIntent makes at most one successful charge
//! (<https://docs.stripe.com/api/payment_intents>), so that its id is a key that is never forgotten, unlike an idempotency
//! key. A second payment must never be created for a charge whose first one is known.

use super::{List, NewPayment, PaymentIntent, pairs};
use crate::gateway::{AccountGateway, GatewayError, IntentStatus};

/// The metadata key that holds the idempotency key of a charge. Operators see it at Stripe, and
/// [`AccountGateway::find_charge`] finds the charges of earlier versions by it.
const REQUEST_METADATA: &str = "card_entry_request";

impl AccountGateway<'_> {
    /// Creates the payment of a stored card. It charges nothing until it is confirmed. The same key creates one payment
    /// for a day.
    pub async fn create_charge(
        &self,
        card: &str,
        payment: NewPayment<'_>,
    ) -> Result<PaymentIntent, GatewayError> {
        let form = [("payment_method_types[]", "card"), ("payment_method", card)];
        let key = self.key(payment.key);
        let mut form = self.payment_form(payment, &form);
        form.push((format!("metadata[{REQUEST_METADATA}]"), key.clone()));
        let key = format!("{key}:create");
        self.create("/v1/payment_intents", &pairs(&form), &key)
            .await
    }

    /// Charges the card of a payment, without its owner. The card is not named again: after a decline the payment has
    /// none, so that a repeated confirmation cannot charge.
    ///
    /// # Errors
    /// [`GatewayError::Declined`] if the issuer declines; [`GatewayError::UnexpectedState`] if it was confirmed before.
    pub async fn confirm_charge(
        &self,
        payment: &str,
        key: &str,
    ) -> Result<PaymentIntent, GatewayError> {
        let form = [("off_session", "true")];
        let path = format!("/v1/payment_intents/{payment}/confirm");
        let key = self.key(&format!("{key}:confirm"));
        let http = &self.gateway.http;
        match http.post(self.account, &path, &form, &key).await {
            Err(GatewayError::ReplayedFailure(_)) => {}
            other => return other,
        }
        // The payment shows whether it was confirmed before the gateway failed.
        let now = self.payment(payment).await?;
        match now.status {
            IntentStatus::RequiresConfirmation => {
                let key = self.fresh_key("confirm")?;
                http.post(self.account, &path, &form, &key).await
            }
            _ => Ok(now),
        }
    }

    /// Finds the charge of a key that an earlier version made in one call, without storing its id. Stripe's lists are
    /// current, its search is not: <https://docs.stripe.com/search#data-freshness>.
    pub async fn find_charge(
        &self,
        customer: &str,
        key: &str,
    ) -> Result<Option<PaymentIntent>, GatewayError> {
        let key = self.key(key);
        let mut after = String::new();
        loop {
            let path = format!("/v1/payment_intents?customer={customer}&limit=100{after}");
            let list: List<PaymentIntent> = self.gateway.http.get(self.account, &path).await?;
            let Some(last) = list.data.last() else {
                return Ok(None);
            };
            after = format!("&starting_after={}", last.id);
            let of_key = |intent: &PaymentIntent| {
                let metadata = intent.metadata.as_ref();
                metadata.and_then(|metadata| metadata.get(REQUEST_METADATA)) == Some(&key)
            };
            if let Some(found) = list.data.into_iter().find(of_key) {
                return Ok(Some(found));
            }
        }
    }
}
