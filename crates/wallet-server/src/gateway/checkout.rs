//! Stripe's Checkout Sessions: create, retrieve, expire. See <https://docs.stripe.com/api/checkout/sessions>.
//!
//! Called by [`crate::wallet`] and the outbox. The `Debug` output must never show the client secret or the URL.

use card_entry_protocol::money::MinorUnits;
use serde::Deserialize;

use super::{AccountGateway, GatewayError};

/// A checkout session, with the fields that this server reads.
#[derive(Clone, Deserialize)]
pub struct CheckoutSession {
    /// `cs_…`.
    pub id: String,
    /// `open`, `complete`, `expired`, or a status that this version does not know.
    pub status: String,
    /// The URL of Stripe's page. Only a hosted session has it, while it is open.
    #[serde(default)]
    pub url: Option<String>,
    /// Only an embedded session has it.
    #[serde(default)]
    pub client_secret: Option<String>,
    #[serde(default)]
    pub customer: Option<String>,
    #[serde(default)]
    pub payment_intent: Option<String>,
    /// Set once the person has entered it.
    #[serde(default)]
    pub customer_details: Option<CustomerDetails>,
}

#[derive(Clone, Deserialize)]
pub struct CustomerDetails {
    #[serde(default)]
    pub email: Option<String>,
}

impl core::fmt::Debug for CheckoutSession {
    /// Leaves out the client secret, the URL (which opens the page without a sign-in) and personal data.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("CheckoutSession")
            .field("id", &self.id)
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

#[derive(Debug, Clone)]
pub struct LineItem {
    /// As the person reads it on the page.
    pub name: String,
    /// The price of one.
    pub price: MinorUnits,
    /// At least 1.
    pub quantity: u32,
}

/// Stripe's `ui_mode`: where the person pays.
#[derive(Debug, Clone)]
pub enum CheckoutUiMode {
    /// On Stripe's page (`hosted_page`).
    Hosted {
        /// Where the person goes after the payment.
        success_url: String,
        /// Where the person goes without a payment. `None` means that the page has no link back.
        cancel_url: Option<String>,
    },
    /// In the site's own page (`embedded_page`).
    Embedded {
        /// Where the person goes after the payment. `None` means that the person stays on the page.
        return_url: Option<String>,
    },
}

/// A checkout session to create.
#[derive(Debug, Clone)]
pub struct NewCheckout {
    /// At least one.
    pub line_items: Vec<LineItem>,
    pub ui_mode: CheckoutUiMode,
    /// Stored with the session and with its payment.
    pub metadata: Vec<(&'static str, String)>,
}

impl NewCheckout {
    fn form(self, currency: &str) -> Vec<(String, String)> {
        let mut form: Vec<(String, String)> = Vec::new();
        let mut put = |name: &str, value: String| form.push((name.to_owned(), value));
        put("mode", "payment".to_owned());
        put("payment_method_types[]", "card".to_owned());
        match self.ui_mode {
            CheckoutUiMode::Hosted {
                success_url,
                cancel_url,
            } => {
                put("ui_mode", "hosted_page".to_owned());
                put("success_url", success_url);
                if let Some(cancel_url) = cancel_url {
                    put("cancel_url", cancel_url);
                }
            }
            CheckoutUiMode::Embedded {
                return_url: Some(return_url),
            } => {
                put("ui_mode", "embedded_page".to_owned());
                put("return_url", return_url);
            }
            CheckoutUiMode::Embedded { return_url: None } => {
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
    /// Creates a session, one for each `key` of a caller.
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

    pub async fn checkout(&self, id: &str) -> Result<CheckoutSession, GatewayError> {
        self.gateway
            .http
            .get(self.account, &format!("/v1/checkout/sessions/{id}"))
            .await
    }

    /// Expires an open session. It can then no longer be paid.
    ///
    /// # Errors
    /// [`GatewayError::UnexpectedState`] if it is no longer open.
    pub async fn expire_checkout(&self, id: &str) -> Result<CheckoutSession, GatewayError> {
        let path = format!("/v1/checkout/sessions/{id}/expire");
        let result = self
            .gateway
            .http
            .post(self.account, &path, &[], &self.fresh_key("expire")?)
            .await;
        match result {
            // The gateway has no error code for a session that is not open: it is a 400 without a code.
            Err(GatewayError::InvalidRequest {
                status: 400, code, ..
            }) if code.is_empty() => Err(GatewayError::UnexpectedState),
            other => other,
        }
    }
}
