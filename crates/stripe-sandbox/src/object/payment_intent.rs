//! A PaymentIntent and its status machine. Driven by `api/payment_intents.rs` and the bank's page.

use super::method_types::MethodTypes;
use super::role_view::RoleView;
use super::{Challenge, payment_card_options};
use crate::key::Rights;
use serde_json::{Map, Value, json};

/// Where a PaymentIntent stands. The two last are final.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PaymentStatus {
    /// Waits for a card, also after a refusal.
    RequiresPaymentMethod,
    /// Has a card, waits to be confirmed.
    RequiresConfirmation,
    /// Waits for the person at the bank's page.
    RequiresAction(Challenge),
    /// The bank is still at it; only a fault brings this about.
    Processing,
    /// Authorised; waits for the merchant to take the money.
    RequiresCapture,
    Succeeded,
    Canceled,
}

impl PaymentStatus {
    /// As the API spells it.
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
    /// Minor units of `amount` that were added at a reader.
    pub tip: Option<u64>,
    /// Minor units taken so far.
    pub amount_received: u64,
    pub currency: String,
    pub customer: Option<String>,
    pub payment_method: Option<String>,
    pub capture_method: String,
    /// `automatic`, or `manual`: only a server confirms, also after 3D Secure.
    pub confirmation_method: String,
    /// `off_session`, `on_session` or none: whether the card is kept.
    pub setup_future_usage: Option<String>,
    pub description: Option<String>,
    pub receipt_email: Option<String>,
    pub shipping: Value,
    /// Ends what stands on the person's statement.
    pub statement_descriptor_suffix: Option<String>,
    pub metadata: Map<String, Value>,
    pub types: MethodTypes,
    pub request_three_d_secure: String,
    /// The error of the last confirmation, if it was refused.
    pub last_error: Option<RoleView>,
    pub cancellation_reason: Option<String>,
    pub canceled_at: Option<i64>,
    /// `ch_…` of the last try.
    pub latest_charge: Option<String>,
    /// With manual confirmation: the card the person has answered for.
    pub authenticated: Option<String>,
    /// How often it was refused.
    pub refusals: u32,
    /// What a browser asked to see expanded when its confirmation met a challenge.
    pub expand: Vec<String>,
}

impl PaymentIntent {
    /// As the caller may see it: a browser gets no customer and no metadata.
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
        let mut shown = json!({
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
            "last_payment_error": self.last_error.as_ref().map(|error| error.to(rights)),
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
            (rights, shown.as_object_mut(), self.private())
        {
            members.extend(private);
        }
        shown
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
