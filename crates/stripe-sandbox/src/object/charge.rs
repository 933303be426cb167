//! A charge: one attempt to take a payment. Created when a PaymentIntent is confirmed, retrieved through `/v1/charges`.
//! A browser must never get one.

use super::PaymentMethod;
use crate::card::Risk;
use crate::decline::Decline;
use crate::key::Rights;
use serde_json::{Map, Value, json};

/// The members of a charge that are always `null` here.
const ALWAYS_NULL: &[&str] = &[
    "application",
    "application_fee",
    "application_fee_amount",
    "balance_transaction",
    "failure_balance_transaction",
    "on_behalf_of",
    "receipt_number",
    "receipt_url",
    "review",
    "source",
    "source_transfer",
    "statement_descriptor",
    "transfer_data",
    "transfer_group",
];

/// The 3D Secure authentication of a charge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Authentication {
    None,
    /// The person completed a challenge.
    Challenge,
    Frictionless,
}

impl Authentication {
    fn to_json(self, transaction: &str) -> Value {
        let flow = match self {
            Self::None => return Value::Null,
            Self::Challenge => "challenge",
            Self::Frictionless => "frictionless",
        };
        json!({
            "authentication_flow": flow,
            "electronic_commerce_indicator": "05",
            "exemption_indicator": null,
            "result": "authenticated",
            "result_reason": null,
            "transaction_id": transaction,
            "version": "2.2.0",
        })
    }
}

#[derive(Clone, Debug)]
pub struct Charge {
    pub id: String,
    pub created: i64,
    pub amount: u64,
    pub amount_captured: u64,
    /// Minor units that were refunded or released.
    pub amount_refunded: u64,
    pub captured: bool,
    pub currency: String,
    pub customer: Option<String>,
    pub description: Option<String>,
    /// Why it failed; `None` when it succeeded.
    pub failure: Option<Decline>,
    pub metadata: Map<String, Value>,
    pub payment_intent: String,
    pub payment_method: String,
    pub billing_details: Value,
    /// `payment_method_details` at the time of the charge: [`card_details`] for a card, and for a card at a reader
    /// `{"type": "card_present", "card_present": {…, "generated_card": "pm_…"}}`.
    pub details: Value,
    pub receipt_email: Option<String>,
    pub shipping: Value,
    pub brand: &'static str,
    pub risk: Risk,
    /// Whether Radar blocked it before the bank was asked.
    pub blocked: bool,
    /// Whether there is a dispute or an inquiry.
    pub disputed: bool,
    /// The end of the text on the bank statement.
    pub statement_descriptor_suffix: Option<String>,
}

impl Charge {
    /// Whether it was refunded in full.
    #[must_use]
    pub fn is_refunded(&self) -> bool {
        self.failure.is_none() && self.amount_refunded >= self.amount
    }

    #[must_use]
    pub fn to_json(&self) -> Value {
        let paid = self.failure.is_none();
        let mut object = json!({
            "id": self.id,
            "object": "charge",
            "amount": self.amount,
            "amount_captured": self.amount_captured,
            "amount_refunded": self.amount_refunded,
            "billing_details": self.billing_details,
            "calculated_statement_descriptor": "SANDBOX",
            "captured": self.captured,
            "created": self.created,
            "currency": self.currency,
            "customer": self.customer,
            "description": self.description,
            "disputed": self.disputed,
            "failure_code": self.failure.map(Decline::code),
            "failure_message": self.failure.map(Decline::message),
            "fraud_details": {},
            "livemode": false,
            "metadata": self.metadata,
            "outcome": self.outcome(),
            "paid": paid,
            "payment_intent": self.payment_intent,
            "payment_method": self.payment_method,
            "payment_method_details": self.details,
            "receipt_email": self.receipt_email,
            "refunded": self.is_refunded(),
            "shipping": self.shipping,
            "statement_descriptor_suffix": self.statement_descriptor_suffix,
            "status": if paid { "succeeded" } else { "failed" },
        });
        if let Some(members) = object.as_object_mut() {
            members.extend(
                ALWAYS_NULL
                    .iter()
                    .map(|name| ((*name).to_owned(), Value::Null)),
            );
        }
        object
    }

    fn outcome(&self) -> Value {
        let (network, reason, seller_message, kind) = match self.failure {
            Some(decline) if self.blocked => (
                "not_sent_to_network",
                Some(match decline {
                    Decline::Fraudulent if self.risk == Risk::Highest => "highest_risk_level",
                    _ => "rule",
                }),
                "Stripe blocked this payment.",
                "blocked",
            ),
            None => (
                "approved_by_network",
                None,
                "Payment complete.",
                "authorized",
            ),
            Some(decline) => (
                "declined_by_network",
                Some(decline.decline_code().unwrap_or(decline.code())),
                "The bank did not return any further details with this decline.",
                "issuer_declined",
            ),
        };
        json!({
            "advice_code": null,
            "network_advice_code": null,
            "network_decline_code": null,
            "network_status": network,
            "reason": reason,
            "risk_level": self.risk.as_str(),
            "risk_score": self.risk.score(),
            "seller_message": seller_message,
            "type": kind,
        })
    }
}

/// The JSON object `payment_method_details` of a card charge. `authorized_amount` is in minor units, `None` when it
/// failed; `transaction` is the id in the card network.
#[must_use]
pub fn card_details(
    method: &PaymentMethod,
    authorized_amount: Option<u64>,
    authentication: Authentication,
    transaction: &str,
) -> Value {
    let mut card = method.to_json(Rights::Secret);
    let object = card.get_mut("card").map(Value::take).unwrap_or_default();
    let part = |name: &str| object.get(name).cloned().unwrap_or_default();
    let network = part("brand");
    json!({
        "type": "card",
        "card": {
            "amount_authorized": authorized_amount,
            "authorization_code": authorized_amount.map(|_| "123456"),
            "brand": part("brand"),
            "checks": part("checks"),
            "country": part("country"),
            "electronic_commerce_indicator": match authentication {
                Authentication::None => Value::Null,
                _ => "05".into(),
            },
            "exp_month": part("exp_month"),
            "exp_year": part("exp_year"),
            "fingerprint": part("fingerprint"),
            "funding": part("funding"),
            "installments": null,
            "last4": part("last4"),
            "mandate": null,
            "network": network,
            "network_token": { "used": false },
            "network_transaction_id": authorized_amount.map(|_| transaction),
            "regulated_status": part("regulated_status"),
            "three_d_secure": authentication.to_json(transaction),
            "transaction_link_id": null,
            "wallet": null,
        },
    })
}
