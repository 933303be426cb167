//! Payments at the gateway, at a terminal or with a stored card, and the connection tokens of card readers.
//! See <https://docs.stripe.com/api/payment_intents>, <https://docs.stripe.com/terminal>.
//!
//! A payment must never be confirmed with a card that its caller did not name.

mod stored_card;

use std::collections::BTreeMap;

use card_entry_protocol::card::GatewayCardId;
use card_entry_protocol::decline::DeclineReason;
use card_entry_protocol::money::MinorUnits;
use card_entry_protocol::secret::ClientSecret;
use serde::Deserialize;

use super::{AccountGateway, GatewayError, IntentStatus, List, PaymentMethod};

/// A PaymentIntent: <https://docs.stripe.com/api/payment_intents/object>.
#[derive(Debug, Clone, Deserialize)]
pub struct PaymentIntent {
    /// `pi_…`.
    pub id: String,
    pub client_secret: ClientSecret,
    pub status: IntentStatus,
    /// In minor units, with the tip that was added at the reader.
    pub amount: u64,
    #[serde(default)]
    pub amount_capturable: u64,
    #[serde(default)]
    pub amount_received: u64,
    #[serde(default)]
    pub customer: Option<String>,
    #[serde(default)]
    amount_details: Option<AmountDetails>,
    #[serde(default)]
    metadata: Option<BTreeMap<String, String>>,
    /// The charge: an object if the request expanded it, else its id.
    #[serde(default)]
    pub latest_charge: Option<LatestCharge>,
    /// Set if the last confirmation failed.
    #[serde(default)]
    last_payment_error: Option<PaymentError>,
}

/// Why the last confirmation failed, without its message.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct PaymentError {
    code: Option<String>,
    decline_code: Option<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct AmountDetails {
    tip: Option<Tip>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Tip {
    amount: Option<u64>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum LatestCharge {
    /// `ch_…`.
    Id(String),
    Expanded(Charge),
}

/// A charge, as far as it is read: <https://docs.stripe.com/api/charges/object>.
#[derive(Debug, Clone, Deserialize)]
pub struct Charge {
    #[serde(default)]
    payment_method_details: ChargeMethodDetails,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct ChargeMethodDetails {
    card_present: Option<CardPresent>,
}

#[derive(Debug, Clone, Deserialize)]
struct CardPresent {
    #[serde(default)]
    generated_card: Option<String>,
}

impl PaymentIntent {
    /// The tip that was added at the reader, in minor units.
    pub fn tip(&self) -> u64 {
        let tip = || self.amount_details.as_ref()?.tip.as_ref()?.amount;
        tip().unwrap_or(0)
    }

    /// Why the last confirmation was declined, if that is the state of the payment.
    pub fn decline(&self) -> Option<DeclineReason> {
        if self.status != IntentStatus::RequiresPaymentMethod {
            return None;
        }
        let error = self.last_payment_error.as_ref()?;
        let (code, decline_code) = (error.code.as_deref(), error.decline_code.as_deref());
        Some(DeclineReason::from_codes(code, decline_code))
    }

    /// The reusable card that a payment at a terminal created. A phone or watch creates none.
    pub fn generated_card(&self) -> Option<&str> {
        match self.latest_charge.as_ref()? {
            LatestCharge::Expanded(charge) => {
                let details = charge.payment_method_details.card_present.as_ref()?;
                details.generated_card.as_deref()
            }
            LatestCharge::Id(_) => None,
        }
    }
}

/// A token with which a browser connects to a card reader. It is good for one connection.
#[derive(Debug, Clone, Deserialize)]
pub struct ConnectionToken {
    /// `pst_…`.
    pub secret: crate::secret::Secret,
}

/// A payment to create.
#[derive(Debug, Clone, Copy)]
pub struct NewPayment<'a> {
    pub customer: &'a str,
    /// In the account's currency.
    pub amount: MinorUnits,
    /// The site's name of the sale, stored as the metadata `external_transaction_id`.
    pub sale: Option<&'a str>,
    /// The idempotency key.
    pub key: &'a str,
}

fn pairs(form: &[(String, String)]) -> Vec<(&str, &str)> {
    let pairs = form.iter();
    pairs
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect()
}

impl AccountGateway<'_> {
    /// Creates a payment that a card reader confirms and that is captured later.
    ///
    /// # Errors
    /// [`GatewayError::CustomerNotFound`] if the customer was deleted.
    pub async fn create_terminal_payment(
        &self,
        payment: NewPayment<'_>,
    ) -> Result<PaymentIntent, GatewayError> {
        let form = [
            ("payment_method_types[]", "card_present"),
            ("capture_method", "manual"),
        ];
        let form = self.payment_form(payment, &form);
        let key = self.key(&format!("{}:{}", payment.key, payment.customer));
        self.create("/v1/payment_intents", &pairs(&form), &key)
            .await
    }

    fn payment_form(
        &self,
        payment: NewPayment<'_>,
        more: &[(&str, &str)],
    ) -> Vec<(String, String)> {
        let amount = payment.amount.get().to_string();
        let mut form = vec![
            ("amount", amount.as_str()),
            ("currency", self.account.currency.as_str()),
            ("customer", payment.customer),
        ];
        form.extend(more);
        form.extend(
            payment
                .sale
                .map(|sale| ("metadata[external_transaction_id]", sale)),
        );
        let owned = form
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()));
        owned.collect()
    }

    /// Reads a payment, with its charge expanded.
    pub async fn payment(&self, id: &str) -> Result<PaymentIntent, GatewayError> {
        let path = format!("/v1/payment_intents/{id}?expand[]=latest_charge");
        self.gateway.http.get(self.account, &path).await
    }

    /// Captures an authorized payment.
    ///
    /// # Errors
    /// [`GatewayError::UnexpectedState`] if it is not authorized, or was captured before.
    pub async fn capture(
        &self,
        id: &str,
        amount: MinorUnits,
    ) -> Result<PaymentIntent, GatewayError> {
        let amount = amount.get().to_string();
        let form = [("amount_to_capture", amount.as_str())];
        let path = format!("/v1/payment_intents/{id}/capture");
        self.gateway
            .http
            .post(self.account, &path, &form, &self.fresh_key("capture")?)
            .await
    }

    /// Cancels a payment that was not captured. Its authorization is released.
    ///
    /// # Errors
    /// [`GatewayError::UnexpectedState`] if it was captured or canceled before.
    pub async fn cancel_payment(&self, id: &str) -> Result<PaymentIntent, GatewayError> {
        let path = format!("/v1/payment_intents/{id}/cancel");
        self.gateway
            .http
            .post(self.account, &path, &[], &self.fresh_key("cancel")?)
            .await
    }

    /// Attaches a payment method to a customer.
    ///
    /// # Errors
    /// [`GatewayError::Declined`] if the issuer declines.
    pub async fn attach(
        &self,
        id: &GatewayCardId,
        customer: &str,
    ) -> Result<PaymentMethod, GatewayError> {
        let path = format!("/v1/payment_methods/{id}/attach");
        let form = [("customer", customer)];
        self.gateway
            .http
            .post(self.account, &path, &form, &self.fresh_key("attach")?)
            .await
    }

    /// Creates a token with which a browser connects to a card reader.
    pub async fn connection_token(&self) -> Result<ConnectionToken, GatewayError> {
        let path = "/v1/terminal/connection_tokens";
        self.gateway
            .http
            .post(self.account, path, &[], &self.fresh_key("reader")?)
            .await
    }
}
