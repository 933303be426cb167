//! The fields of the form, their errors, and why the form was not submitted.
//!
//! Bodies of the frame's messages. They must never contain what the person typed.

use serde::{Deserialize, Serialize};

/// A validation error that is shown beside a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    /// Stripe's validation code, e.g. `incomplete_number`.
    pub code: String,
    /// The sentence that is shown beside the field.
    pub message: String,
}

/// A field of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldName {
    /// The card number field, `number`.
    Number,
    /// The expiry date field, `expiry`.
    Expiry,
    /// The security code (CVC) field, `cvc`.
    Cvc,
    /// The Payment Element, which contains the card fields.
    Payment,
    /// The cardholder name field, `name`.
    Name,
    /// The postal code field, `postal_code`.
    PostalCode,
    /// The country field, `country`.
    Country,
    /// The checkbox of the consent, `consent`.
    Consent,
}

impl FieldName {
    /// The name in messages, and the id of the field's element, e.g. `postal_code`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Expiry => "expiry",
            Self::Cvc => "cvc",
            Self::Payment => "payment",
            Self::Name => "name",
            Self::PostalCode => "postal_code",
            Self::Country => "country",
            Self::Consent => "consent",
        }
    }
}

/// A field event, body of `focus`, `blur` and `escape`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldEvent {
    /// The field of the event, e.g. `number`.
    pub field: FieldName,
}

/// Why no attempt began when the form was submitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotSubmittedReason {
    /// A field is empty, incomplete or invalid.
    Incomplete,
    /// Too little of the form is in view.
    Unseen,
    /// The card fields have not loaded yet.
    Loading,
    /// Another attempt is still running.
    Busy,
    /// The card is saved already. A `reset` empties the form for another card.
    Saved,
    /// The form cannot work, as its `unusable` message says.
    Unusable,
}

impl NotSubmittedReason {
    /// The value in messages and events, e.g. `incomplete`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Incomplete => "incomplete",
            Self::Unseen => "unseen",
            Self::Loading => "loading",
            Self::Busy => "busy",
            Self::Saved => "saved",
            Self::Unusable => "unusable",
        }
    }
}

/// The form was submitted and no attempt began, body of `not_submitted`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotSubmitted {
    /// Why no attempt began, e.g. `incomplete`.
    pub reason: NotSubmittedReason,
    /// The first field that is empty, incomplete or invalid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<FieldName>,
}
