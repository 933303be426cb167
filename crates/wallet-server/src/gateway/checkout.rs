//! Checkout sessions at the gateway: made, read, expired. See <https://docs.stripe.com/api/checkout/sessions>.
//!
//! Called by [`crate::wallet`] and the outbox.

use card_entry_protocol::money::MinorUnits;
use serde::Deserialize;

use super::{AccountGateway, GatewayError};

/// A session, as far as this server reads it.
#[derive(Clone, Deserialize)]
pub struct CheckoutSession {
    /// `cs_…`.
    pub id: String,
    /// `open`, `complete`, `expired`, or one that came later.
    pub status: String,
    /// Stripe's page; of hosted ones, as long as they are open.
    #[serde(default)]
    pub url: Option<String>,
    /// What it is mounted with; of embedded ones.
    #[serde(default)]
    pub client_secret: Option<String>,
    /// The customer, when there is one.
    #[serde(default)]
    pub customer: Option<String>,
    /// The payment, when there is one.
    #[serde(default)]
    pub payment_intent: Option<String>,
    /// Who pays, once they said so.
    #[serde(default)]
    pub customer_details: Option<CustomerDetails>,
}

/// Who pays.
#[derive(Clone, Deserialize)]
pub struct CustomerDetails {
    /// Their e-mail address.
    #[serde(default)]
    pub email: Option<String>,
}

impl core::fmt::Debug for CheckoutSession {
    /// Neither the secret nor the page, whose address alone opens it, nor the person.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("CheckoutSession")
            .field("id", &self.id)
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

/// A row of what is paid for.
#[derive(Debug, Clone)]
pub struct LineItem {
    /// As the person reads it.
    pub name: String,
    /// What one costs.
    pub price: MinorUnits,
    /// How many; not zero.
    pub quantity: u32,
}

/// Where the person pays, and where they go from there.
#[derive(Debug, Clone)]
pub enum CheckoutUiMode {
    /// On Stripe's page.
    Hosted {
        /// When it is paid.
        success: String,
        /// When they change their mind; none: no way back is offered.
        cancel: Option<String>,
    },
    /// In the site's own page.
    Embedded {
        /// When it is paid; none: they stay.
        back: Option<String>,
    },
}

/// A session to make.
#[derive(Debug, Clone)]
pub struct NewCheckout {
    /// What is paid for; not empty.
    pub line_items: Vec<LineItem>,
    /// Where.
    pub ui_mode: CheckoutUiMode,
    /// What the account's own books say of it, kept with the session and its payment.
    pub metadata: Vec<(&'static str, String)>,
}

impl NewCheckout {
    fn form(self, currency: &str) -> Vec<(String, String)> {
        let mut form: Vec<(String, String)> = Vec::new();
        let mut put = |name: &str, value: String| form.push((name.to_owned(), value));
        put("mode", "payment".to_owned());
        put("payment_method_types[]", "card".to_owned());
        match self.ui_mode {
            CheckoutUiMode::Hosted { success, cancel } => {
                put("ui_mode", "hosted_page".to_owned());
                put("success_url", success);
                if let Some(cancel) = cancel {
                    put("cancel_url", cancel);
                }
            }
            CheckoutUiMode::Embedded { back: Some(back) } => {
                put("ui_mode", "embedded_page".to_owned());
                put("return_url", back);
            }
            CheckoutUiMode::Embedded { back: None } => {
                put("ui_mode", "embedded_page".to_owned());
                put("redirect_on_completion", "never".to_owned());
            }
        }
        for (at, line) in self.line_items.into_iter().enumerate() {
            let of = |member: &str| format!("line_items[{at}]{member}");
            put(&of("[price_data][currency]"), currency.to_owned());
            put(
                &of("[price_data][unit_amount]"),
                line.price.get().to_string(),
            );
            put(&of("[price_data][product_data][name]"), line.name);
            put(&of("[quantity]"), line.quantity.to_string());
        }
        for (name, value) in self.metadata {
            put(&format!("metadata[{name}]"), value.clone());
            put(&format!("payment_intent_data[metadata][{name}]"), value);
        }
        form
    }
}

impl AccountGateway<'_> {
    /// Makes a session, one for a caller's key. A call whose answer was lost is repeated, and makes no second one.
    ///
    /// # Errors
    /// As any call: see [`GatewayError`].
    pub async fn create_checkout(
        &self,
        order: NewCheckout,
        key: Option<&str>,
    ) -> Result<CheckoutSession, GatewayError> {
        let form = order.form(self.account.currency.as_str());
        let form: Vec<(&str, &str)> = form
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        let key = match key {
            Some(key) => self.key(&format!("checkout:{key}")),
            None => self.fresh_key("checkout")?,
        };
        self.create("/v1/checkout/sessions", &form, &key).await
    }

    /// Reads a session.
    ///
    /// # Errors
    /// [`GatewayError::NotFound`] when there is none; else as any call.
    pub async fn checkout(&self, id: &str) -> Result<CheckoutSession, GatewayError> {
        self.gateway
            .http
            .get(self.account, &format!("/v1/checkout/sessions/{id}"))
            .await
    }

    /// Expires an open session: nobody can pay it any more.
    ///
    /// # Errors
    /// [`GatewayError::UnexpectedState`] when it is no longer open; else as any call.
    pub async fn expire_checkout(&self, id: &str) -> Result<CheckoutSession, GatewayError> {
        let path = format!("/v1/checkout/sessions/{id}/expire");
        let told = self
            .gateway
            .http
            .post(self.account, &path, &[], &self.fresh_key("expire")?)
            .await;
        match told {
            // The gateway has no code for "is not open": a 400 without one is that.
            Err(GatewayError::InvalidRequest {
                status: 400, code, ..
            }) if code.is_empty() => Err(GatewayError::UnexpectedState),
            other => other,
        }
    }
}
