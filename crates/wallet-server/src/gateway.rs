//! The clients of the gateways: Stripe's API here and Braintree's in [`braintree`], or the sandbox in their place.
//!
//! Called by the wallet and the outbox. Every POST carries an idempotency key, the API version is pinned, a call is
//! limited in time and size, and a retry repeats the same key. It must never show a person a text of the gateway.
//! See <https://docs.stripe.com/api>.

pub mod braintree;
mod checkout;
mod customer_profile;
mod error;
mod http;
mod metrics;
mod object;
mod payment;

use std::time::Duration;

use card_entry_protocol::card::GatewayCardId;
use card_entry_protocol::origin::Origin;
use serde::de::DeserializeOwned;

pub use checkout::{CheckoutSession, CheckoutUiMode, LineItem, NewCheckout};
pub use customer_profile::CustomerProfile;
pub use error::GatewayError;
pub use object::{Customer, IntentStatus, List, PaymentMethod, SetupIntent};
pub use payment::{NewPayment, PaymentIntent};

use crate::clock::{Seconds, now};
use crate::config::Account;
use crate::secret::generate_token;
pub(crate) use braintree::API_VERSION as BRAINTREE_API_VERSION;
pub(crate) use http::API_VERSION as STRIPE_API_VERSION;
pub(crate) use http::{MAX_ATTEMPTS, MAX_RETRY_AFTER, build_client as http_client, read_body};
use wallet_store::owners::OwnerId;

pub(crate) use metrics::GatewayMetrics;

use http::StripeHttp;

/// Two requests for one owner's customer in the same window use the same idempotency key. Longer than any race, shorter
/// than an outage.
const CUSTOMER_KEY_WINDOW: Seconds = 300;

/// Stripe's API, for all accounts.
#[derive(Debug, Clone)]
pub struct Gateway {
    http: StripeHttp,
    instance: String,
}

impl Gateway {
    /// Creates a client; nothing is sent. `instance` keeps the idempotency keys of two databases apart. Fails if TLS
    /// cannot be set up.
    pub fn new(base: &Origin, timeout: Duration, instance: &str) -> Result<Self, GatewayError> {
        Ok(Self {
            http: StripeHttp::new(base, timeout)?,
            instance: instance.to_owned(),
        })
    }

    pub(crate) fn metrics(&self) -> &GatewayMetrics {
        &self.http.metrics
    }

    pub fn for_account<'a>(&'a self, account: &'a Account) -> AccountGateway<'a> {
        AccountGateway {
            gateway: self,
            account,
        }
    }
}

/// Stripe's API, with the key of one account.
#[derive(Debug, Clone, Copy)]
pub struct AccountGateway<'a> {
    gateway: &'a Gateway,
    account: &'a Account,
}

impl AccountGateway<'_> {
    fn key(&self, purpose: &str) -> String {
        format!("{}:{}:{purpose}", self.gateway.instance, self.account.id)
    }

    /// A new idempotency key, for a call that may run twice without harm.
    fn fresh_key(&self, purpose: &str) -> Result<String, GatewayError> {
        let drawn = generate_token().map_err(|e| GatewayError::Internal(e.to_string()))?;
        Ok(self.key(&format!("{purpose}:{}", drawn.reveal())))
    }

    /// Creates an object that has no effect by itself. Stripe replays its own failures under a key for one day, see
    /// <https://docs.stripe.com/api/idempotent_requests>; then the call is made again under the next key. Nobody knows
    /// the id of an object that the failed call may have created, so nobody can use it. A repeat uses the same keys in
    /// the same order and gets the same object.
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
                    tracing::warn!(
                        path,
                        status,
                        "gateway replays a failure, retrying under the next key"
                    );
                }
                other => return other,
            }
        }
        http.post(self.account, path, form, &self.fresh_key("create")?)
            .await
    }

    /// Creates the owner's customer, with the profile by which an operator finds it. `lost` is the customer it replaces, if
    /// the gateway no longer has that one. A second call within `CUSTOMER_KEY_WINDOW` returns the same customer.
    pub async fn create_customer(
        &self,
        owner: OwnerId,
        profile: &CustomerProfile,
        lost: Option<&str>,
    ) -> Result<Customer, GatewayError> {
        let number = owner.0.to_string();
        let mut form = vec![
            ("metadata[card_entry_owner]", number.as_str()),
            ("metadata[card_entry_database]", &self.gateway.instance),
        ];
        form.extend(profile.stripe_form());
        // Stripe replays the response to the first call, even if its customer was deleted.
        let after = lost.unwrap_or("first");
        let (window, profile) = (now() / CUSTOMER_KEY_WINDOW, profile.key_part());
        let key = format!("customer:{number}:{window}:{after}:{profile}");
        self.create("/v1/customers", &form, &self.key(&key)).await
    }

    /// Reads a customer. A deleted one is returned with `deleted` set.
    pub async fn customer(&self, id: &str) -> Result<Customer, GatewayError> {
        let path = format!("/v1/customers/{id}");
        self.gateway.http.get(self.account, &path).await
    }

    /// Lists at most a hundred customers, newest first, from the one after `after`.
    pub async fn customers_after(
        &self,
        after: Option<&str>,
    ) -> Result<Vec<Customer>, GatewayError> {
        let after = after.map(|id| format!("&starting_after={id}"));
        let path = format!("/v1/customers?limit=100{}", after.unwrap_or_default());
        let list: List<Customer> = self.gateway.http.get(self.account, &path).await?;
        Ok(list.data)
    }

    /// Deletes a customer. Its cards can never be charged again.
    ///
    /// # Errors
    /// [`GatewayError::NotFound`] if it was deleted before.
    pub async fn delete_customer(&self, id: &str) -> Result<(), GatewayError> {
        let path = format!("/v1/customers/{id}");
        let deleted: Customer = self.gateway.http.delete(self.account, &path).await?;
        match deleted.deleted {
            true => Ok(()),
            false => Err(GatewayError::Indeterminate(
                "the customer is not deleted yet".to_owned(),
            )),
        }
    }

    /// Lists the cards attached to a customer, newest first. A wallet never has more than one page of them.
    pub async fn cards_of(&self, customer: &str) -> Result<Vec<PaymentMethod>, GatewayError> {
        let path = format!("/v1/payment_methods?customer={customer}&type=card&limit=100");
        let list: List<PaymentMethod> = self.gateway.http.get(self.account, &path).await?;
        Ok(list.data)
    }

    /// Creates a setup intent for charges without the owner. The same key creates one intent for a customer.
    ///
    /// # Errors
    /// [`GatewayError::CustomerNotFound`] if the customer was deleted.
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

    /// Confirms an intent with a payment method that the browser created and did not confirm.
    ///
    /// # Errors
    /// [`GatewayError::Declined`] if the issuer declines; [`GatewayError::NotFound`] if there is no such payment
    /// method, or the gateway requires that it is attached first.
    pub async fn confirm_intent(
        &self,
        intent: &str,
        method: &GatewayCardId,
        key: &str,
    ) -> Result<SetupIntent, GatewayError> {
        let form = [
            ("payment_method", method.as_str()),
            // The authentication is then one that Stripe.js can show, and not a redirect.
            ("use_stripe_sdk", "true"),
        ];
        let path = format!("/v1/setup_intents/{intent}/confirm");
        let http = &self.gateway.http;
        match http.post(self.account, &path, &form, &self.key(key)).await {
            Err(GatewayError::ReplayedFailure(_)) => {}
            other => return other,
        }
        // The intent shows whether it was confirmed before the gateway failed.
        let now = self.intent(intent).await?;
        match now.status {
            IntentStatus::RequiresPaymentMethod | IntentStatus::RequiresConfirmation => {
                let key = self.fresh_key("confirm")?;
                http.post(self.account, &path, &form, &key).await
            }
            _ => Ok(now),
        }
    }

    pub async fn intent(&self, id: &str) -> Result<SetupIntent, GatewayError> {
        self.gateway
            .http
            .get(self.account, &format!("/v1/setup_intents/{id}"))
            .await
    }

    /// Cancels an intent.
    ///
    /// # Errors
    /// [`GatewayError::UnexpectedState`] if it succeeded or was canceled before.
    pub async fn cancel_intent(&self, id: &str) -> Result<SetupIntent, GatewayError> {
        let path = format!("/v1/setup_intents/{id}/cancel");
        self.gateway
            .http
            .post(self.account, &path, &[], &self.fresh_key("cancel")?)
            .await
    }

    pub async fn payment_method(&self, id: &GatewayCardId) -> Result<PaymentMethod, GatewayError> {
        self.gateway
            .http
            .get(self.account, &format!("/v1/payment_methods/{id}"))
            .await
    }

    /// Updates the expiry of a card at the gateway.
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

    /// Detaches a payment method from its customer. It can never be charged again.
    ///
    /// # Errors
    /// [`GatewayError::NotFound`] or [`GatewayError::InvalidRequest`] if it is not attached.
    pub async fn detach(&self, id: &str) -> Result<PaymentMethod, GatewayError> {
        let path = format!("/v1/payment_methods/{id}/detach");
        self.gateway
            .http
            .post(self.account, &path, &[], &self.fresh_key("detach")?)
            .await
    }
}
