//! How an attempt ended in the frame: with a payment method to save, or with an error.
//!
//! The frame writes these bodies. They are never proof: the server must never store them without reading the payment
//! method again from the gateway.

use serde::{Deserialize, Serialize};

use super::{Attempt, ConsentProof};
use crate::card::{CardDetails, PaymentMethodId};

/// The final state of a SetupIntent or PaymentIntent, `setup` of a `result` message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IntentResult {
    /// The id of the intent, `seti_…` or `pi_…`.
    pub id: String,
    /// Stripe's status of the intent, e.g. `succeeded`.
    /// See <https://docs.stripe.com/api/setup_intents/object#setup_intent_object-status>.
    pub status: String,
}

/// A payment method to save, body of `result`. It is a hint and not a proof.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttemptResult {
    /// The attempt that ended, counted from 1.
    pub attempt: Attempt,
    /// The payment method id, `pm_…`.
    pub id: PaymentMethodId,
    /// The brand, last four digits and expiry of the card.
    pub card: CardDetails,
    /// The confirmed intent. `None` when the parent gave no client secret; the card is not authenticated then.
    #[serde(default)]
    pub setup: Option<IntentResult>,
    /// The record of the person's consent, when the host requires one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<ConsentProof>,
}

/// The error of an attempt: Stripe's error fields, with our own sentence in `message`.
/// See <https://docs.stripe.com/api/errors>.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttemptError {
    /// Stripe's error type, e.g. `card_error`; `type` on the wire.
    #[serde(rename = "type")]
    pub kind: String,
    /// A stable error code, e.g. `card_declined`.
    pub code: String,
    /// The sentence for the person.
    pub message: String,
    /// The issuer's decline code. It is left out where it would help a thief.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decline_code: Option<String>,
    /// The name of the parameter that Stripe rejected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub param: Option<String>,
}

/// An attempt that failed, body of `failure`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailureReport {
    /// The attempt that failed, counted from 1.
    pub attempt: Attempt,
    /// The error, in Stripe's fields.
    pub error: AttemptError,
    /// Whether the person can try again in the form.
    pub retryable: bool,
}
