//! Errors of calls to a gateway, by what the caller can do about them. It must never hold a message of the gateway:
//! that may repeat what was sent.

use card_entry_protocol::decline::DeclineReason;
use serde::Deserialize;

/// Why a call to a gateway failed. Its `Display` is for the log.
#[derive(Debug, thiserror::Error)]
pub enum GatewayError {
    /// The issuer declined the card.
    #[error("the issuer declined: {}", .0.as_str())]
    Declined(DeclineReason),
    /// The object does not exist, or belongs to another account.
    #[error("the gateway has no such object")]
    NotFound,
    /// The customer of the call was deleted, or belongs to another account.
    #[error("the gateway has no such customer")]
    CustomerNotFound,
    /// The state of the object does not allow the call.
    #[error("the object is in an unexpected state")]
    UnexpectedState,
    /// The idempotency key was used for another request.
    #[error("the idempotency key was used for another request")]
    IdempotencyConflict,
    /// The request is wrong: a key, a parameter, a setting of the account.
    #[error("the gateway refused the call: {status} {kind} {code} {param}")]
    InvalidRequest {
        status: u16,
        /// The error's `type`.
        kind: String,
        code: String,
        /// The parameter it names.
        param: String,
    },
    /// The result is not known: no response or a failure of the gateway, after all retries.
    #[error("the result of the call is not known: {0}")]
    Indeterminate(String),
    /// The gateway replays a failure of its own under the idempotency key, for one day. The result of the call is not
    /// known.
    #[error("the gateway replays status {0} under the idempotency key")]
    ReplayedFailure(u16),
    /// The response is not one of the gateway's.
    #[error("the gateway's response is malformed: {0}")]
    MalformedResponse(String),
    /// This server cannot make the call: no HTTP client, a wrong configuration, or a failure of the database.
    #[error("the call was not made: {0}")]
    Internal(String),
}

impl GatewayError {
    /// Whether the gateway rejected the account's key: it is wrong, expired, or lacks a permission.
    pub fn is_forbidden(&self) -> bool {
        match self {
            Self::InvalidRequest { status, kind, .. } => {
                matches!(status, 401 | 403)
                    || matches!(kind.as_str(), "AUTHENTICATION" | "AUTHORIZATION")
            }
            _ => false,
        }
    }

    /// Whether the result of the call is not known.
    pub fn is_indeterminate(&self) -> bool {
        matches!(
            self,
            Self::Indeterminate(_) | Self::ReplayedFailure(_) | Self::MalformedResponse(_)
        )
    }
}

/// The body of an error: `{"error": {…}}`, without its message.
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
