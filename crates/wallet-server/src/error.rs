//! Every error that a request can be answered with, whatever the wallet system.
//!
//! Made by routes and wallet. `response.rs` turns it into a response; the vendor's layer then gives that response its own
//! format (see [`crate::routes`]). A variant's cause is for the log only: it must never be sent. Sentences for people are
//! short, blame nobody, and tell an attacker nothing.

mod api_sentences;
mod convert;
mod response;

use std::collections::BTreeMap;

use axum::http::StatusCode;
use card_entry_protocol::decline::DeclineReason;
use card_entry_protocol::member::InvalidMember;
use card_entry_protocol::secret::ClientSecret;

use crate::locale::CardInUse;
use crate::rate_limiter::RateLimited;

/// The time after which a full disk may have room again, in seconds.
const STORAGE_FULL_RETRY_SECONDS: i64 = 60;

/// The time after which a request that could not be served may be repeated, in seconds.
const UNAVAILABLE_RETRY_SECONDS: i64 = 2;

/// Sentences by the name of the field they are about.
pub type ErrorsByField = BTreeMap<String, Vec<String>>;

/// An error of a request. Each variant names its status, which a vendor's API can replace with its own.
///
/// ```
/// use wallet_server::error::ApiError;
///
/// let error = ApiError::NotFound("There is no such client.");
/// assert_eq!(error.status(), 404);
/// assert_eq!(error.sentence(), "There is no such client.");
/// ```
#[derive(Debug)]
pub enum ApiError {
    /// 400: the request is malformed. The sentence says how.
    BadRequest(&'static str),
    /// 401: no valid token. A missing, wrong, expired, revoked or foreign token gets the same response.
    NotSignedIn,
    /// 401: wrong e-mail address or password.
    WrongPassword,
    /// 402: the bank requires authentication (3D Secure). Nothing is saved.
    AuthenticationRequired(ClientSecret),
    /// 403: the `Origin` is not one of the account's parents.
    OriginNotAllowed,
    /// 403: the caller is known but not allowed to do this.
    Forbidden(&'static str),
    /// 404: the object does not exist or belongs to another owner. Both get the same response.
    NotFound(&'static str),
    /// 404: no route has this path.
    RouteNotFound,
    /// 405: the route does not have this method.
    MethodNotAllowed,
    /// 406: the `Accept` header excludes JSON.
    NotAcceptable,
    /// 409: the state of the object does not allow this now.
    Conflict(&'static str),
    /// 409: the same request is in progress. The value is the time to wait, in seconds.
    RequestInProgress(i64),
    /// 413: the body is larger than the limit.
    BodyTooLarge,
    /// 415: the `Content-Type` is not JSON.
    UnsupportedMediaType,
    /// 422: fields that a person can correct.
    InvalidFields(ErrorsByField),
    /// 422: a member of the body or query is missing or has a wrong type or value.
    InvalidMember(InvalidMember),
    /// 422: the bank declined the card.
    Declined(DeclineReason),
    /// 422: the request is well formed but not allowed. The sentence says why.
    Unprocessable(String),
    /// 422: the card has a deletion block.
    CardInUse(CardInUse),
    /// 422: the amount is out of the allowed range.
    InvalidAmount(String),
    /// 422: the payment is not captured yet, so its card cannot be saved.
    NotCaptured,
    /// 422: the payment has no card that can be saved, such as one of a phone.
    NoReusableCard,
    /// 429: a rate limit is reached.
    RateLimited(RateLimited),
    /// 429: the account accepts no new cards. The value is the time left, in seconds.
    AccountPaused(i64),
    /// 424: the gateway refused the call for good. The value is the cause.
    GatewayRefused(String),
    /// 424: the gateway rejected the account's key: it is wrong, expired, or lacks a permission. The value is the cause.
    GatewayForbidden(String),
    /// 429: too many requests of this kind run at once. The value is the time to wait, in seconds.
    Overloaded(i64),
    /// 500: a defect of this server. The value is the cause.
    Internal(String),
    /// 503: the gateway does not respond, and the result of the call is unknown. The value is the cause.
    GatewayUnreachable(String),
    /// 503: the database does not respond in time. The value is the cause.
    StorageBusy(String),
    /// 503: the disk is full or fails. The value is the cause.
    StorageFull(String),
    /// 503: the request took too long.
    TimedOut,
    /// A fault that was injected in development, with its status.
    InjectedFault(StatusCode),
}

impl ApiError {
    /// The HTTP status, unless the vendor's API has another.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Self::BadRequest(_) => StatusCode::BAD_REQUEST,
            Self::NotSignedIn | Self::WrongPassword => StatusCode::UNAUTHORIZED,
            Self::AuthenticationRequired(_) => StatusCode::PAYMENT_REQUIRED,
            Self::OriginNotAllowed | Self::Forbidden(_) => StatusCode::FORBIDDEN,
            Self::NotFound(_) | Self::RouteNotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::NotAcceptable => StatusCode::NOT_ACCEPTABLE,
            Self::Conflict(_) | Self::RequestInProgress(_) => StatusCode::CONFLICT,
            Self::BodyTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::InvalidFields(_)
            | Self::InvalidMember(_)
            | Self::Declined(_)
            | Self::Unprocessable(_)
            | Self::CardInUse(_)
            | Self::InvalidAmount(_)
            | Self::NotCaptured
            | Self::NoReusableCard => StatusCode::UNPROCESSABLE_ENTITY,
            Self::RateLimited(_) | Self::AccountPaused(_) | Self::Overloaded(_) => {
                StatusCode::TOO_MANY_REQUESTS
            }
            Self::GatewayRefused(_) | Self::GatewayForbidden(_) => StatusCode::FAILED_DEPENDENCY,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
            Self::GatewayUnreachable(_)
            | Self::StorageBusy(_)
            | Self::StorageFull(_)
            | Self::TimedOut => StatusCode::SERVICE_UNAVAILABLE,
            Self::InjectedFault(status) => *status,
        }
    }

    /// The stable code for programs. `None` where the status says enough.
    #[must_use]
    pub fn code(&self) -> Option<&'static str> {
        match self {
            Self::GatewayRefused(_) => Some("gateway_refused"),
            Self::GatewayForbidden(_) => Some("gateway_forbidden"),
            Self::GatewayUnreachable(_) => Some("gateway_unreachable"),
            Self::StorageBusy(_) => Some("storage_busy"),
            Self::StorageFull(_) => Some("storage_full"),
            _ => None,
        }
    }

    /// The value of `Retry-After`, in seconds. `None` means that a repeat would get the same error.
    #[must_use]
    pub fn retry_after(&self) -> Option<i64> {
        match self {
            Self::RateLimited(RateLimited(seconds))
            | Self::AccountPaused(seconds)
            | Self::Overloaded(seconds)
            | Self::RequestInProgress(seconds) => Some(*seconds),
            Self::StorageFull(_) => Some(STORAGE_FULL_RETRY_SECONDS),
            Self::GatewayUnreachable(_) | Self::StorageBusy(_) | Self::TimedOut => {
                Some(UNAVAILABLE_RETRY_SECONDS)
            }
            _ => None,
        }
    }

    /// Whether the same request always gets this error, so that it can be stored under its idempotency key.
    #[must_use]
    pub fn is_final(&self) -> bool {
        matches!(
            self,
            Self::Declined(_) | Self::Unprocessable(_) | Self::CardInUse(_) | Self::NoReusableCard
        )
    }
}
