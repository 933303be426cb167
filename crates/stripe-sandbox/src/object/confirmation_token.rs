//! A confirmation token: the data that a browser collected for one confirmation. Created by
//! `api/confirmation_tokens.rs`, used by one intent. It must never be used twice.

use super::PaymentMethod;
use crate::key::Rights;
use serde_json::{Value, json};

/// How long a token is valid: twelve hours, as at Stripe.
const LIFETIME_SECONDS: i64 = 12 * 60 * 60;

#[derive(Clone, Debug)]
pub struct ConfirmationToken {
    pub id: String,
    pub created: i64,
    /// The payment method without an id, or a copy of a saved one.
    pub draft: PaymentMethod,
    /// The id of the saved payment method it was created from.
    pub saved: Option<String>,
    pub return_url: Option<String>,
    pub setup_future_usage: Option<String>,
    pub shipping: Value,
    /// `seti_…` or `pi_…`: the intent that used it.
    pub used_by: Option<String>,
    pub use_stripe_sdk: bool,
}

impl ConfirmationToken {
    /// Whether it has not expired at `now` (Unix seconds).
    #[must_use]
    pub fn is_valid_at(&self, now: i64) -> bool {
        now < self.created + LIFETIME_SECONDS
    }

    /// The JSON object. A browser gets no fingerprint.
    #[must_use]
    pub fn to_json(&self, rights: Rights) -> Value {
        let object = self.draft.to_json(rights);
        let part = |name: &str| object.get(name).cloned().unwrap_or_default();
        let used = |prefix: &str| self.used_by.as_deref().filter(|id| id.starts_with(prefix));
        // The `shipping` of a confirmation token has no carrier and no tracking number.
        let mut shipping = self.shipping.clone();
        if let Some(members) = shipping.as_object_mut() {
            members.retain(|name, _| matches!(name.as_str(), "address" | "name" | "phone"));
        }
        let mut token = json!({
            "id": self.id,
            "object": "confirmation_token",
            "created": self.created,
            "expires_at": self.created + LIFETIME_SECONDS,
            "livemode": false,
            "mandate_data": null,
            "payment_intent": used("pi_"),
            "payment_method_preview": {
                "allow_redisplay": part("allow_redisplay"),
                "billing_details": part("billing_details"),
                "card": part("card"),
                "customer": part("customer"),
                "customer_account": null,
                "type": "card",
            },
            "return_url": self.return_url,
            "setup_future_usage": self.setup_future_usage,
            "setup_intent": used("seti_"),
            "shipping": shipping,
            "use_stripe_sdk": self.use_stripe_sdk,
        });
        if let (Rights::Secret, Some(members)) = (rights, token.as_object_mut()) {
            members.insert("metadata".to_owned(), json!({}));
            members.insert("payment_method_options".to_owned(), Value::Null);
        }
        token
    }
}
