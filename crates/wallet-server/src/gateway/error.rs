//! Every way a call to the gateway can end badly, by what the caller can do about it.

use card_entry_protocol::decline::DeclineReason;
use serde::Deserialize;

/// Why the gateway did not do as asked. Its `Display` is for the log and holds codes, never a message or a secret.
#[derive(Debug, thiserror::Error)]
pub enum GatewayError {
    /// The bank refuses the card.
    #[error("the bank refused: {}", .0.as_str())]
    Declined(DeclineReason),
    /// There is no such object, or not in this account.
    #[error("the gateway has no such object")]
    NotFound,
    /// The customer that the call is for was deleted there, or is another account's.
    #[error("the gateway has no such customer")]
    CustomerNotFound,
    /// The object has moved on and takes this call no more.
    #[error("the object has moved on")]
    UnexpectedState,
    /// The idempotency key came with another request before.
    #[error("the idempotency key belongs to another request")]
    IdempotencyConflict,
    /// The call itself is wrong: a key, a parameter, a setting.
    #[error("the gateway refused the call: {status} {kind} {code} {param}")]
    InvalidRequest {
        /// HTTP status.
        status: u16,
        /// The error's `type`.
        kind: String,
        /// The error's `code`.
        code: String,
        /// The parameter it names.
        param: String,
    },
    /// The outcome is unknown: no answer, or the gateway's own failure, after all retries.
    #[error("the gateway did not answer: {0}")]
    Indeterminate(String),
    /// A failure that the gateway keeps under the idempotency key: it says the same for a day, whatever became of the
    /// call.
    #[error("the gateway repeats status {0}, which it keeps under the key")]
    ReplayedFailure(u16),
    /// An answer that is none of the gateway's.
    #[error("the gateway's answer cannot be read: {0}")]
    MalformedResponse(String),
    /// The HTTP client could not be made.
    #[error("no HTTP client: {0}")]
    Internal(String),
}

impl GatewayError {
    /// Whether the gateway does not let the account's key make the call: it is wrong, expired, or lacks a right.
    #[must_use]
    pub fn is_forbidden(&self) -> bool {
        match self {
            Self::InvalidRequest { status, kind, .. } => {
                matches!(status, 401 | 403)
                    || matches!(kind.as_str(), "AUTHENTICATION" | "AUTHORIZATION")
            }
            _ => false,
        }
    }

    /// Whether it is unknown what became of the call.
    #[must_use]
    pub fn is_indeterminate(&self) -> bool {
        matches!(
            self,
            Self::Indeterminate(_) | Self::ReplayedFailure(_) | Self::MalformedResponse(_)
        )
    }
}

/// `{"error": {…}}`, without the message: people read our own words.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct StripeErrorBody {
    error: StripeErrorFields,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct StripeErrorFields {
    r#type: String,
    code: Option<String>,
    decline_code: Option<String>,
    param: Option<String>,
}

impl StripeErrorBody {
    /// What a refusal of this status means.
    pub(super) fn into_gateway_error(self, status: u16) -> GatewayError {
        let StripeErrorFields {
            r#type: kind,
            code,
            decline_code,
            param,
        } = self.error;
        match (status, kind.as_str(), code.as_deref()) {
            (_, "card_error", code)
            | (
                _,
                _,
                code @ Some("setup_intent_authentication_failure" | "authentication_required"),
            ) => GatewayError::Declined(DeclineReason::from_codes(code, decline_code.as_deref())),
            (_, _, Some("resource_missing")) if param.as_deref() == Some("customer") => {
                GatewayError::CustomerNotFound
            }
            (404, ..) | (_, _, Some("resource_missing")) => GatewayError::NotFound,
            (
                _,
                _,
                Some(
                    "setup_intent_unexpected_state"
                    | "payment_intent_unexpected_state"
                    | "payment_method_unexpected_state",
                ),
            ) => GatewayError::UnexpectedState,
            (_, "idempotency_error", _) => GatewayError::IdempotencyConflict,
            _ => GatewayError::InvalidRequest {
                status,
                kind,
                code: code.unwrap_or_default(),
                param: param.unwrap_or_default(),
            },
        }
    }
}
