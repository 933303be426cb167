//! Turns the errors of other modules into [`ApiError`].
//!
//! It must never turn an unknown result of a gateway call into a final error.

use card_entry_protocol::member::{InvalidMember, JsonError};

use super::ApiError;
use crate::gateway::GatewayError;
use crate::password::HashingError;
use crate::rate_limiter::RateLimited;
use wallet_store::StoreError;

impl From<JsonError> for ApiError {
    fn from(error: JsonError) -> Self {
        match error {
            JsonError::Syntax => Self::BadRequest("The request isn’t valid JSON."),
            JsonError::Member(member) => Self::InvalidMember(member),
        }
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        if matches!(error, StoreError::InvalidText) {
            Self::InvalidMember(InvalidMember {
                path: String::new(),
                problem: "must not contain the character U+0000".to_owned(),
            })
        } else if error.is_full() {
            Self::StorageFull(error.to_string())
        } else {
            Self::StorageBusy(error.to_string())
        }
    }
}

impl From<GatewayError> for ApiError {
    fn from(error: GatewayError) -> Self {
        match error {
            GatewayError::Declined(reason) => Self::Declined(reason),
            GatewayError::IdempotencyConflict => {
                Self::Unprocessable("This key was already used for another request.".to_owned())
            }
            GatewayError::InvalidRequest { ref code, .. } if code == "amount_too_small" => {
                Self::InvalidAmount("The amount is less than the payment service takes.".to_owned())
            }
            GatewayError::InvalidRequest { ref code, .. } if code == "amount_too_large" => {
                Self::InvalidAmount("The amount is more than the payment service takes.".to_owned())
            }
            ref forbidden if forbidden.is_forbidden() => Self::GatewayForbidden(error.to_string()),
            GatewayError::InvalidRequest { .. }
            | GatewayError::NotFound
            | GatewayError::CustomerNotFound => Self::GatewayRefused(error.to_string()),
            GatewayError::UnexpectedState => {
                Self::Conflict("This has changed in the meantime. Please look again.")
            }
            GatewayError::Internal(cause) => Self::Internal(cause),
            GatewayError::Indeterminate(_)
            | GatewayError::ReplayedFailure(_)
            | GatewayError::MalformedResponse(_) => Self::GatewayUnreachable(error.to_string()),
        }
    }
}

impl From<HashingError> for ApiError {
    fn from(error: HashingError) -> Self {
        match error {
            HashingError::Busy(seconds) => Self::Overloaded(seconds),
            HashingError::Failed(_) => Self::Internal(error.to_string()),
        }
    }
}

impl From<RateLimited> for ApiError {
    fn from(error: RateLimited) -> Self {
        Self::RateLimited(error)
    }
}

impl From<getrandom::Error> for ApiError {
    fn from(error: getrandom::Error) -> Self {
        Self::Internal(error.to_string())
    }
}
