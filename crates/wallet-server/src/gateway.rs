//! The gateways: Stripe's API here and [`braintree`]'s, or the sandbox that stands in for them, spoken through our own
//! few typed calls.
//!
//! Called by the wallet and the outbox. Every POST carries an idempotency key, the version is pinned, one call is
//! bounded in time and size, and a retry repeats the same key. A person never reads what the gateway wrote.
//! See <https://docs.stripe.com/api>.

pub mod braintree;
mod checkout;
mod error;
mod http;
mod object;
mod payment;

use std::time::Duration;

use card_entry_protocol::card::GatewayCardId;
use card_entry_protocol::origin::Origin;
use serde::de::DeserializeOwned;

pub use checkout::{CheckoutSession, CheckoutUiMode, LineItem, NewCheckout};
pub use error::GatewayError;
pub use object::{Customer, IntentStatus, List, PaymentMethod, SetupIntent};
pub use payment::{NewPayment, PaymentIntent};

use crate::clock::now;
use crate::config::Account;
use crate::secret::generate_token;
use crate::store::owners::OwnerId;
pub(crate) use http::{build_client as http_client, read_body};

use http::StripeHttp;

/// Seconds in which two requests for one owner's customer are one: longer than any race, shorter than an outage.
const CUSTOMER_KEY_WINDOW: i64 = 300;

/// The gateway, for all companies.
#[derive(Debug, Clone)]
pub struct Gateway {
    http: StripeHttp,
    instance: String,
}

impl Gateway {
    /// Prepares a client; nothing is sent yet. `instance` keeps two databases' idempotency keys apart.
    ///
    /// # Errors
    /// When TLS cannot be set up.
    pub fn new(base: &Origin, timeout: Duration, instance: &str) -> Result<Self, GatewayError> {
        Ok(Self {
            http: StripeHttp::new(base, timeout)?,
            instance: instance.to_owned(),
        })
    }

    /// The gateway as one company sees it.
    #[must_use]
    pub fn for_account<'a>(&'a self, account: &'a Account) -> AccountGateway<'a> {
        AccountGateway {
            gateway: self,
            account,
        }
    }
}

/// The gateway with one company's key.
#[derive(Debug, Clone, Copy)]
pub struct AccountGateway<'a> {
    gateway: &'a Gateway,
    account: &'a Account,
}

impl AccountGateway<'_> {
    fn key(&self, purpose: &str) -> String {
        format!("{}:{}:{purpose}", self.gateway.instance, self.account.id)
    }

    /// A key for a call that may be done twice without harm.
    fn fresh_key(&self, purpose: &str) -> Result<String, GatewayError> {
        let drawn = generate_token().map_err(|e| GatewayError::Internal(e.to_string()))?;
        Ok(self.key(&format!("{purpose}:{}", drawn.reveal())))
    }

    /// Creates an object that does nothing by itself. Stripe keeps its own failures under the key for a day, see
    /// <https://docs.stripe.com/api/idempotent_requests>; such a call is made again under the next key. What the failed
    /// call may have left behind is known to nobody, so nobody can use it. A repeat walks the same keys and gets the
    /// same object.
    async fn create<T: DeserializeOwned>(
        &self,
        path: &str,
        form: &[(&str, &str)],
        key: &str,
    ) -> Result<T, GatewayError> {
        let http = &self.gateway.http;
        let next = format!("{key}:next");
        for key in [key, next.as_str()] {
            match http.post(self.account, path, form, key).await {
                Err(GatewayError::ReplayedFailure(status)) => {
                    tracing::warn!(path, status, "gateway keeps a failure, next key is used");
                }
                other => return other,
            }
        }
        http.post(self.account, path, form, &self.fresh_key("create")?)
            .await
    }

    /// Makes the owner's customer, in place of one that the gateway has lost if that is so. Asked twice within
    /// `CUSTOMER_KEY_WINDOW`, the gateway answers with the first one.
    ///
    /// # Errors
    /// As any call: see [`GatewayError`].
    pub async fn create_customer(
        &self,
        owner: OwnerId,
        lost: Option<&str>,
    ) -> Result<Customer, GatewayError> {
        let number = owner.0.to_string();
        let form = [("metadata[card_entry_owner]", number.as_str())];
        // The answer to the first call is kept, though its customer is gone.
        let after = lost.unwrap_or("first");
        let key = format!("customer:{number}:{}:{after}", now() / CUSTOMER_KEY_WINDOW);
        self.create("/v1/customers", &form, &self.key(&key)).await
    }

    /// Reads a customer; one that was deleted says so.
    ///
    /// # Errors
    /// [`GatewayError::NotFound`] when there is none; else as any call.
    pub async fn customer(&self, id: &str) -> Result<Customer, GatewayError> {
        let path = format!("/v1/customers/{id}");
        self.gateway.http.get(self.account, &path).await
    }

    /// Lists the cards attached to a customer, newest first, as far as a wallet goes.
    ///
    /// # Errors
    /// As any call: see [`GatewayError`].
    pub async fn cards_of(&self, customer: &str) -> Result<Vec<PaymentMethod>, GatewayError> {
        let path = format!("/v1/payment_methods?customer={customer}&type=card&limit=100");
        let list: List<PaymentMethod> = self.gateway.http.get(self.account, &path).await?;
        Ok(list.data)
    }

    /// Makes an intent, for use of its card while the person is away. The same key makes no second one for a customer.
    ///
    /// # Errors
    /// [`GatewayError::CustomerNotFound`] when the customer is gone; else as any call.
    pub async fn create_intent(
        &self,
        customer: &str,
        key: &str,
    ) -> Result<SetupIntent, GatewayError> {
        let form = [
            ("customer", customer),
            ("usage", "off_session"),
            ("payment_method_types[]", "card"),
        ];
        let key = self.key(&format!("{key}:{customer}"));
        self.create("/v1/setup_intents", &form, &key).await
    }

    /// Confirms an intent with a payment method the browser only made.
    ///
    /// # Errors
    /// [`GatewayError::Declined`] when the bank refuses; [`GatewayError::NotFound`] when there is no such payment method,
    /// or the gateway wants it attached first; else as any call.
    pub async fn confirm_intent(
        &self,
        intent: &str,
        method: &GatewayCardId,
        key: &str,
    ) -> Result<SetupIntent, GatewayError> {
        let form = [
            ("payment_method", method.as_str()),
            // A challenge then comes as one Stripe.js can show, not as a redirect.
            ("use_stripe_sdk", "true"),
        ];
        let path = format!("/v1/setup_intents/{intent}/confirm");
        let http = &self.gateway.http;
        match http.post(self.account, &path, &form, &self.key(key)).await {
            Err(GatewayError::ReplayedFailure(_)) => {}
            other => return other,
        }
        // Whether it was confirmed when the gateway failed, the intent says.
        let now = self.intent(intent).await?;
        match now.status {
            IntentStatus::RequiresPaymentMethod | IntentStatus::RequiresConfirmation => {
                let key = self.fresh_key("confirm")?;
                http.post(self.account, &path, &form, &key).await
            }
            _ => Ok(now),
        }
    }

    /// Reads an intent.
    ///
    /// # Errors
    /// [`GatewayError::NotFound`] when there is none; else as any call.
    pub async fn intent(&self, id: &str) -> Result<SetupIntent, GatewayError> {
        self.gateway
            .http
            .get(self.account, &format!("/v1/setup_intents/{id}"))
            .await
    }

    /// Cancels an intent that nobody confirmed.
    ///
    /// # Errors
    /// [`GatewayError::UnexpectedState`] when it is past cancelling; else as any call.
    pub async fn cancel_intent(&self, id: &str) -> Result<SetupIntent, GatewayError> {
        let path = format!("/v1/setup_intents/{id}/cancel");
        self.gateway
            .http
            .post(self.account, &path, &[], &self.fresh_key("cancel")?)
            .await
    }

    /// Reads a payment method.
    ///
    /// # Errors
    /// [`GatewayError::NotFound`] when there is none; else as any call.
    pub async fn payment_method(&self, id: &GatewayCardId) -> Result<PaymentMethod, GatewayError> {
        self.gateway
            .http
            .get(self.account, &format!("/v1/payment_methods/{id}"))
            .await
    }

    /// Tells the gateway a card's new expiry.
    ///
    /// # Errors
    /// [`GatewayError::NotFound`] when there is no such payment method; else as any call.
    pub async fn update_expiry(
        &self,
        id: &str,
        month: u16,
        year: u16,
    ) -> Result<PaymentMethod, GatewayError> {
        let (month, year) = (month.to_string(), year.to_string());
        let form = [
            ("card[exp_month]", month.as_str()),
            ("card[exp_year]", year.as_str()),
        ];
        let path = format!("/v1/payment_methods/{id}");
        self.gateway
            .http
            .post(self.account, &path, &form, &self.fresh_key("expiry")?)
            .await
    }

    /// Detaches a payment method from its customer: it can never be charged again.
    ///
    /// # Errors
    /// [`GatewayError::NotFound`] or [`GatewayError::InvalidRequest`] when it is attached to nobody; else as any call.
    pub async fn detach(&self, id: &str) -> Result<PaymentMethod, GatewayError> {
        let path = format!("/v1/payment_methods/{id}/detach");
        self.gateway
            .http
            .post(self.account, &path, &[], &self.fresh_key("detach")?)
            .await
    }
}
