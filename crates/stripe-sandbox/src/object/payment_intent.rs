//! A PaymentIntent and its status. Changed by `api/payment_confirm.rs`, `api/payment_outcome.rs` and
//! `api/challenge_end.rs`. A browser must never get its customer or its metadata.

use super::method_types::MethodTypes;
use super::role_view::RoleView;
use super::{Challenge, payment_card_options};
use crate::key::Rights;
use serde_json::{Map, Value, json};

/// The status of a PaymentIntent. The last two are final.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PaymentStatus {
    /// Waits for a payment method; also after a failed attempt.
    RequiresPaymentMethod,
    /// Has a payment method and waits to be confirmed.
    RequiresConfirmation,
    /// Waits for the 3D Secure challenge.
    RequiresAction(Challenge),
    /// Only a fault sets this status.
    Processing,
    /// Authorized; waits for the merchant to capture it.
    RequiresCapture,
    Succeeded,
    Canceled,
}

impl PaymentStatus {
    /// The value in the API's JSON.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::RequiresPaymentMethod => "requires_payment_method",
            Self::RequiresConfirmation => "requires_confirmation",
            Self::RequiresAction(_) => "requires_action",
            Self::Processing => "processing",
            Self::RequiresCapture => "requires_capture",
            Self::Succeeded => "succeeded",
            Self::Canceled => "canceled",
        }
    }
}

#[derive(Clone, Debug)]
pub struct PaymentIntent {
    pub id: String,
    pub client_secret: String,
    pub created: i64,
    pub status: PaymentStatus,
    pub amount: u64,
    /// The part of `amount` that was added as a tip at a reader, in minor units.
    pub tip: Option<u64>,
    /// The captured amount in minor units.
    pub amount_received: u64,
    pub currency: String,
    pub customer: Option<String>,
    pub payment_method: Option<String>,
    pub capture_method: String,
    /// `automatic`, or `manual`: only a server may confirm, also after 3D Secure.
    pub confirmation_method: String,
    /// `off_session`, `on_session` or none; with either the payment method is saved.
    pub setup_future_usage: Option<String>,
    pub description: Option<String>,
    pub receipt_email: Option<String>,
    pub shipping: Value,
    /// The end of the text on the bank statement.
    pub statement_descriptor_suffix: Option<String>,
    pub metadata: Map<String, Value>,
    pub types: MethodTypes,
    pub request_three_d_secure: String,
    /// The error of the last confirmation, if it failed.
    pub last_error: Option<RoleView>,
    pub cancellation_reason: Option<String>,
    pub canceled_at: Option<i64>,
    /// `ch_…` of the last attempt.
    pub latest_charge: Option<String>,
    /// With manual confirmation: the payment method whose challenge was completed.
    pub authenticated: Option<String>,
    /// How many attempts have failed.
    pub refusals: u32,
    /// The `expand` paths of the browser whose confirmation led to a challenge.
    pub expand: Vec<String>,
}

impl PaymentIntent {
    /// The JSON object. A browser gets no customer and no metadata.
    #[must_use]
    pub fn to_json(&self, rights: Rights) -> Value {
        let next_action = match &self.status {
            PaymentStatus::RequiresAction(challenge) => challenge.next_action(),
            _ => Value::Null,
        };
        let tip = match self.tip {
            Some(amount) => json!({ "amount": amount }),
            None => json!({}),
        };
        let mut object = json!({
            "id": self.id,
            "object": "payment_intent",
            "amount": self.amount,
            "amount_details": { "tip": tip },
            "automatic_payment_methods": self.types.automatic(),
            "canceled_at": self.canceled_at,
            "cancellation_reason": self.cancellation_reason,
            "capture_method": self.capture_method,
            "client_secret": self.client_secret,
            "confirmation_method": self.confirmation_method,
            "created": self.created,
            "currency": self.currency,
            "description": self.description,
            "last_payment_error": self.last_error.as_ref().map(|error| error.for_rights(rights)),
            "livemode": false,
            "next_action": next_action,
            "payment_method": self.payment_method,
            "payment_method_types": self.types.names(),
            "processing": null,
            "receipt_email": self.receipt_email,
            "setup_future_usage": self.setup_future_usage,
            "shipping": self.shipping,
            "source": null,
            "status": self.status.as_str(),
        });
        if let (Rights::Secret, Some(members), Value::Object(private)) =
            (rights, object.as_object_mut(), self.private())
        {
            members.extend(private);
        }
        object
    }

    fn private(&self) -> Value {
        let capturable = match self.status {
            PaymentStatus::RequiresCapture => self.amount,
            _ => 0,
        };
        json!({
            "allowed_payment_method_types": self.types.allowed(),
            "amount_capturable": capturable,
            "amount_received": self.amount_received,
            "application": null,
            "application_fee_amount": null,
            "customer": self.customer,
            "customer_account": null,
            "excluded_payment_method_types": null,
            "latest_charge": self.latest_charge,
            "managed_payments": null,
            "metadata": self.metadata,
            "on_behalf_of": null,
            "payment_method_configuration_details": null,
            "payment_method_options": payment_card_options(&self.request_three_d_secure),
            "payment_record": null,
            "review": null,
            "statement_descriptor": null,
            "statement_descriptor_suffix": self.statement_descriptor_suffix,
            "transfer_data": null,
            "transfer_group": null,
        })
    }
}
