//! A payment method: the details of a card without its number. Created by `api/payment_method_data.rs`. It must never
//! hold the number that was entered.

use super::card_present::CardPresentDetails;
use crate::card::TestCard;
use crate::card::checks::Check;
use crate::card::radar::CheckInputs;
use crate::key::Rights;
use serde_json::{Map, Value, json};

/// Whether a payment method is attached to a customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attachment {
    /// Not attached yet, and not used yet.
    Unattached,
    Attached(String),
    /// Detached, or used without a customer. It can never be used again.
    Unusable,
}

#[derive(Clone, Debug)]
pub struct PaymentMethod {
    pub id: String,
    pub created: i64,
    /// The test card of this number.
    pub card: &'static TestCard,
    pub exp_month: u8,
    pub exp_year: u16,
    /// Whether a security code was given.
    pub cvc_given: bool,
    /// Equal for equal card numbers in one account.
    pub fingerprint: String,
    pub billing: Map<String, Value>,
    pub address: Map<String, Value>,
    pub metadata: Map<String, Value>,
    pub allow_redisplay: String,
    /// The network the person chose for a co-branded card.
    pub preferred_network: Option<String>,
    pub attachment: Attachment,
    /// Whether a setup or a payment with `setup_future_usage` has succeeded.
    pub set_up: bool,
    /// For a card that was presented at a reader.
    pub card_present: Option<CardPresentDetails>,
    /// `card.generated_from`, for a card that was generated from a card at a reader.
    pub generated_from: Option<Value>,
}

impl PaymentMethod {
    /// The customer it is attached to.
    #[must_use]
    pub fn customer(&self) -> Option<&str> {
        match &self.attachment {
            Attachment::Attached(customer) => Some(customer),
            Attachment::Unattached | Attachment::Unusable => None,
        }
    }

    #[must_use]
    pub fn check_inputs(&self) -> CheckInputs {
        CheckInputs {
            cvc: self.cvc_given,
            postal_code: self
                .address
                .get("postal_code")
                .is_some_and(Value::is_string),
        }
    }

    /// The JSON object. A browser gets no fingerprint and no metadata.
    #[must_use]
    pub fn to_json(&self, rights: Rights) -> Value {
        let mut object = json!({
            "id": self.id,
            "object": "payment_method",
            "allow_redisplay": self.allow_redisplay,
            "billing_details": self.billing_details(),
            "card": self.card_json(),
            "created": self.created,
            "customer": self.customer(),
            "customer_account": null,
            "livemode": false,
            "type": "card",
        });
        if let (Rights::Secret, Some(members)) = (rights, object.as_object_mut()) {
            members.insert("metadata".to_owned(), Value::Object(self.metadata.clone()));
            if let Some(card) = members.get_mut("card").and_then(Value::as_object_mut) {
                card.insert("fingerprint".to_owned(), self.fingerprint.as_str().into());
            }
        }
        if let (Some(card_present), Some(members)) = (&self.card_present, object.as_object_mut()) {
            members.remove("card");
            members.insert("card_present".to_owned(), card_present.method_json(self));
            members.insert("type".to_owned(), "card_present".into());
        }
        object
    }

    #[must_use]
    pub fn billing_details(&self) -> Value {
        let line = |name: &str| self.address.get(name).cloned().unwrap_or(Value::Null);
        let text = |name: &str| self.billing.get(name).cloned().unwrap_or(Value::Null);
        json!({
            "address": {
                "city": line("city"), "country": line("country"), "line1": line("line1"),
                "line2": line("line2"), "postal_code": line("postal_code"), "state": line("state"),
            },
            "email": text("email"), "name": text("name"), "phone": text("phone"), "tax_id": text("tax_id"),
        })
    }

    fn card_json(&self) -> Value {
        let bank_checked = self.set_up || self.customer().is_some();
        let checked = |given: bool, check: Check| match (given, bank_checked) {
            (false, _) => Value::Null,
            (true, false) => "unchecked".into(),
            (true, true) => check.as_str().into(),
        };
        let (entered, checks) = (self.check_inputs(), self.card.checks);
        let networks = self.card.all_networks();
        // For a network that the card does not support, Stripe returns `invalid_preference`.
        let preferred = self.preferred_network.as_deref().map(|chosen| {
            if networks.contains(&chosen) {
                chosen
            } else {
                "invalid_preference"
            }
        });
        let display = preferred.filter(|chosen| networks.contains(chosen));
        json!({
            "brand": self.card.brand,
            "checks": {
                "address_line1_check": checked(self.address.get("line1").is_some_and(Value::is_string), checks.line1),
                "address_postal_code_check": checked(entered.postal_code, checks.postal_code),
                "cvc_check": checked(entered.cvc, checks.cvc),
            },
            "country": self.card.country,
            "display_brand": display.unwrap_or(self.card.brand),
            "exp_month": self.exp_month,
            "exp_year": self.exp_year,
            "funding": self.card.funding,
            "generated_from": self.generated_from,
            "last4": self.card.last4(),
            "networks": { "available": networks, "preferred": preferred },
            "regulated_status": "unregulated",
            "three_d_secure_usage": { "supported": self.card.brand != "amex" },
            "wallet": null,
        })
    }
}
