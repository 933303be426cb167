//! Payments at the gateway: money moved, in person or with a stored card, and the way to a reader.
//! See <https://docs.stripe.com/api/payment_intents>, <https://docs.stripe.com/terminal>.

use std::collections::BTreeMap;

use card_entry_protocol::card::GatewayCardId;
use card_entry_protocol::money::MinorUnits;
use card_entry_protocol::secret::ClientSecret;
use serde::Deserialize;

use super::{AccountGateway, GatewayError, IntentStatus, List, PaymentMethod};

/// A PaymentIntent: <https://docs.stripe.com/api/payment_intents/object>.
#[derive(Debug, Clone, Deserialize)]
pub struct PaymentIntent {
    /// `pi_…`.
    pub id: String,
    /// Lets its holder confirm it.
    pub client_secret: ClientSecret,
    /// Where it stands.
    pub status: IntentStatus,
    /// In minor units; a tip at the reader is in it.
    pub amount: u64,
    /// What may be captured.
    #[serde(default)]
    pub amount_capturable: u64,
    /// What was taken.
    #[serde(default)]
    pub amount_received: u64,
    /// The customer it is for.
    #[serde(default)]
    pub customer: Option<String>,
    /// A tip that was added at the reader.
    #[serde(default)]
    amount_details: Option<AmountDetails>,
    /// What this server noted with it.
    #[serde(default)]
    metadata: Option<BTreeMap<String, String>>,
    /// The charge, when it was asked for whole.
    #[serde(default)]
    pub latest_charge: Option<LatestCharge>,
}

/// `amount_details`, as far as it is read.
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

/// A charge, or only its id.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum LatestCharge {
    /// `ch_…`.
    Id(String),
    /// Whole.
    Whole(Charge),
}

/// A charge, as far as it is read: <https://docs.stripe.com/api/charges/object>.
#[derive(Debug, Clone, Deserialize)]
pub struct Charge {
    #[serde(default)]
    payment_method_details: Details,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Details {
    card_present: Option<CardPresent>,
}

#[derive(Debug, Clone, Deserialize)]
struct CardPresent {
    #[serde(default)]
    generated_card: Option<String>,
}

/// The metadata that names the request a stored card was charged for.
const REQUEST: &str = "card_entry_request";

impl PaymentIntent {
    /// What was added at the reader to the amount that was asked for, in minor units.
    #[must_use]
    pub fn tip(&self) -> u64 {
        let tip = || self.amount_details.as_ref()?.tip.as_ref()?.amount;
        tip().unwrap_or(0)
    }

    /// The card for later that came of a card at a reader; a phone or watch leaves none.
    #[must_use]
    pub fn generated_card(&self) -> Option<&str> {
        match self.latest_charge.as_ref()? {
            LatestCharge::Whole(charge) => {
                let details = charge.payment_method_details.card_present.as_ref()?;
                details.generated_card.as_deref()
            }
            LatestCharge::Id(_) => None,
        }
    }
}

/// A token with which a browser connects to a reader, once.
#[derive(Debug, Clone, Deserialize)]
pub struct ConnectionToken {
    /// `pst_…`.
    pub secret: crate::secret::Secret,
}

/// A form as it is sent.
fn pairs(form: &[(String, String)]) -> Vec<(&str, &str)> {
    let pairs = form.iter();
    pairs
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect()
}

impl AccountGateway<'_> {
    /// Makes a payment that a reader will confirm, to be captured later.
    ///
    /// # Errors
    /// [`GatewayError::CustomerMissing`] when the customer is gone; else as any call.
    pub async fn begin_payment(
        &self,
        customer: &str,
        amount: MinorUnits,
        sale: Option<&str>,
        key: &str,
    ) -> Result<PaymentIntent, GatewayError> {
        let form = [
            ("payment_method_types[]", "card_present"),
            ("capture_method", "manual"),
        ];
        let form = self.payment_form(customer, amount, sale, &form);
        let key = self.key(&format!("{key}:{customer}"));
        self.create("/v1/payment_intents", &pairs(&form), &key)
            .await
    }

    /// Charges a stored card at once, without its owner. The same key charges once.
    ///
    /// # Errors
    /// [`GatewayError::Declined`] when the bank refuses; [`GatewayError::Replayed`] when only
    /// [`Self::charge_of`] can tell what became of it; else as any call.
    pub async fn charge(
        &self,
        customer: &str,
        card: &str,
        amount: MinorUnits,
        sale: Option<&str>,
        key: &str,
    ) -> Result<PaymentIntent, GatewayError> {
        let form = [
            ("payment_method_types[]", "card"),
            ("payment_method", card),
            ("confirm", "true"),
            ("off_session", "true"),
        ];
        let key = self.key(key);
        let mut form = self.payment_form(customer, amount, sale, &form);
        form.push((format!("metadata[{REQUEST}]"), key.clone()));
        self.gateway
            .wire
            .post(self.account, "/v1/payment_intents", &pairs(&form), &key)
            .await
    }

    /// The charge that was made for a key, when the gateway failed to say so; none: nothing was charged.
    ///
    /// # Errors
    /// As any call: see [`GatewayError`].
    pub async fn charge_of(
        &self,
        customer: &str,
        key: &str,
    ) -> Result<Option<PaymentIntent>, GatewayError> {
        let path = format!("/v1/payment_intents?customer={customer}&limit=100");
        let list: List<PaymentIntent> = self.gateway.wire.get(self.account, &path).await?;
        let key = self.key(key);
        let of_key = |intent: &PaymentIntent| {
            let noted = intent.metadata.as_ref();
            noted.and_then(|noted| noted.get(REQUEST)) == Some(&key)
        };
        Ok(list.data.into_iter().find(of_key))
    }

    fn payment_form(
        &self,
        customer: &str,
        amount: MinorUnits,
        sale: Option<&str>,
        more: &[(&str, &str)],
    ) -> Vec<(String, String)> {
        let amount = amount.get().to_string();
        let mut form = vec![
            ("amount", amount.as_str()),
            ("currency", self.account.currency.as_str()),
            ("customer", customer),
        ];
        form.extend(more);
        form.extend(sale.map(|sale| ("metadata[external_transaction_id]", sale)));
        let owned = form
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()));
        owned.collect()
    }

    /// Reads a payment, its charge whole.
    ///
    /// # Errors
    /// [`GatewayError::Missing`] when there is none; else as any call.
    pub async fn payment(&self, id: &str) -> Result<PaymentIntent, GatewayError> {
        let path = format!("/v1/payment_intents/{id}?expand[]=latest_charge");
        self.gateway.wire.get(self.account, &path).await
    }

    /// Takes the money of an authorized payment.
    ///
    /// # Errors
    /// [`GatewayError::Moved`] when it is not authorized, or was captured before; else as any call.
    pub async fn capture(
        &self,
        id: &str,
        amount: MinorUnits,
    ) -> Result<PaymentIntent, GatewayError> {
        let amount = amount.get().to_string();
        let form = [("amount_to_capture", amount.as_str())];
        let path = format!("/v1/payment_intents/{id}/capture");
        self.gateway
            .wire
            .post(self.account, &path, &form, &self.fresh_key("capture")?)
            .await
    }

    /// Gives a payment up that was not captured; what was held is let go.
    ///
    /// # Errors
    /// [`GatewayError::Moved`] when it is past that; else as any call.
    pub async fn cancel_payment(&self, id: &str) -> Result<PaymentIntent, GatewayError> {
        let path = format!("/v1/payment_intents/{id}/cancel");
        self.gateway
            .wire
            .post(self.account, &path, &[], &self.fresh_key("cancel")?)
            .await
    }

    /// Attaches a payment method to a customer.
    ///
    /// # Errors
    /// [`GatewayError::Declined`] when the bank refuses; else as any call.
    pub async fn attach(
        &self,
        id: &GatewayCardId,
        customer: &str,
    ) -> Result<PaymentMethod, GatewayError> {
        let path = format!("/v1/payment_methods/{id}/attach");
        let form = [("customer", customer)];
        self.gateway
            .wire
            .post(self.account, &path, &form, &self.fresh_key("attach")?)
            .await
    }

    /// Makes a token for a browser's reader.
    ///
    /// # Errors
    /// As any call: see [`GatewayError`].
    pub async fn connection_token(&self) -> Result<ConnectionToken, GatewayError> {
        let path = "/v1/terminal/connection_tokens";
        self.gateway
            .wire
            .post(self.account, path, &[], &self.fresh_key("reader")?)
            .await
    }
}
