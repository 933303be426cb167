//! A SetupIntent and its status. Changed by `api/setup_confirm.rs`, `api/setup_outcome.rs` and `api/challenge_end.rs`.
//! A browser must never get its customer or its metadata.

use super::method_types::MethodTypes;
use super::role_view::RoleView;
use super::{Challenge, setup_card_options};
use crate::key::Rights;
use serde_json::{Map, Value, json};

/// The status of a SetupIntent. The last two are final.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SetupStatus {
    /// Waits for a payment method; also after a failed attempt.
    RequiresPaymentMethod,
    /// Has a payment method and waits to be confirmed.
    RequiresConfirmation,
    /// Waits for the 3D Secure challenge.
    RequiresAction(Challenge),
    /// Only a fault sets this status.
    Processing,
    Succeeded,
    Canceled,
}

impl SetupStatus {
    /// The value in the API's JSON.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::RequiresPaymentMethod => "requires_payment_method",
            Self::RequiresConfirmation => "requires_confirmation",
            Self::RequiresAction(_) => "requires_action",
            Self::Processing => "processing",
            Self::Succeeded => "succeeded",
            Self::Canceled => "canceled",
        }
    }
}

#[derive(Clone, Debug)]
pub struct SetupIntent {
    pub id: String,
    /// `seti_…_secret_…`: a browser that has it may confirm.
    pub client_secret: String,
    pub created: i64,
    pub status: SetupStatus,
    /// `cus_…`: the payment method is attached to this customer.
    pub customer: Option<String>,
    pub payment_method: Option<String>,
    pub usage: String,
    pub description: Option<String>,
    pub metadata: Map<String, Value>,
    pub types: MethodTypes,
    pub request_three_d_secure: String,
    /// `inbound`, `outbound`, both, or none.
    pub flow_directions: Vec<String>,
    /// The error of the last confirmation, if it failed.
    pub last_error: Option<RoleView>,
    pub cancellation_reason: Option<String>,
    /// `setatt_…` of the last confirmation.
    pub latest_attempt: Option<String>,
    /// How many attempts have failed.
    pub refusals: u32,
    /// The `expand` paths of the browser whose confirmation led to a challenge.
    pub expand: Vec<String>,
}

impl SetupIntent {
    /// The JSON object. A browser gets no customer and no metadata.
    #[must_use]
    pub fn to_json(&self, rights: Rights) -> Value {
        let next_action = match &self.status {
            SetupStatus::RequiresAction(challenge) => challenge.next_action(),
            _ => Value::Null,
        };
        let mut object = json!({
            "id": self.id,
            "object": "setup_intent",
            "automatic_payment_methods": self.types.automatic(),
            "cancellation_reason": self.cancellation_reason,
            "client_secret": self.client_secret,
            "created": self.created,
            "description": self.description,
            "last_setup_error": self.last_error.as_ref().map(|error| error.for_rights(rights)),
            "livemode": false,
            "next_action": next_action,
            "payment_method": self.payment_method,
            "payment_method_types": self.types.names(),
            "status": self.status.as_str(),
            "usage": self.usage,
        });
        let directions = Some(&self.flow_directions).filter(|directions| !directions.is_empty());
        let private = json!({
            "allowed_payment_method_types": self.types.allowed(),
            "application": null,
            "customer": self.customer,
            "customer_account": null,
            "excluded_payment_method_types": null,
            "flow_directions": directions,
            "latest_attempt": self.latest_attempt,
            "mandate": null,
            "metadata": self.metadata,
            "on_behalf_of": null,
            "payment_method_configuration_details": null,
            "payment_method_options": setup_card_options(&self.request_three_d_secure),
            "single_use_mandate": null,
        });
        if let (Rights::Secret, Some(members), Value::Object(private)) =
            (rights, object.as_object_mut(), private)
        {
            members.extend(private);
        }
        object
    }
}
