//! Quilt's error responses, `{error:{code, message}}`, with status 200 as well as with 4xx.
//!
//! A response that was not understood must never count as a failure: the payment may have happened.

use serde::{Deserialize, Serialize};

use crate::text::open_words;
use crate::tree::{FromTree, Tree};

open_words!(
    /// The error code of a response, for programs.
    QuiltErrorCode, "not a code", {
        /// A member is missing, or two members contradict each other.
        InvalidRequest = "invalid_request",
        /// The amount is not valid in the account's currency.
        InvalidAmount = "invalid_amount",
        /// The account key is missing, or belongs to another account.
        Unauthorized = "unauthorized",
        /// The payment or card does not exist, or belongs to another customer.
        NotFound = "not_found",
        /// There were too many requests.
        RateLimited = "rate_limited",
        /// The card cannot be saved before the payment is captured.
        NotCaptured = "not_captured",
        /// The status of the payment does not allow this step: not authorized yet, captured, or canceled.
        WrongState = "wrong_state",
        /// The card cannot be used again, e.g. because a phone was held to the reader.
        NoReusableCard = "no_reusable_card",
        /// The issuer declined the card.
        CardDeclined = "card_declined",
        /// The issuer requires the person to authenticate first.
        AuthenticationRequired = "authentication_required",
        /// The card cannot be removed now, because a booking needs it.
        CardInUse = "card_in_use",
        /// The gateway rejected the server's request. A retry does not help.
        GatewayRefused = "gateway_refused",
        /// The account's key has no permission at the gateway.
        GatewayForbidden = "gateway_forbidden",
        /// The server's disk is full. A later retry may succeed.
        StorageFull = "storage_full",
        /// An internal error. The call may have been executed or not.
        ServerError = "server_error",
        /// The response had no error code, or none that could be read.
        Unknown = "unknown",
    }
);

impl QuiltErrorCode {
    /// The HTTP status with which our server sends the code: 4xx for an error of the calling program, 200 for a declined
    /// payment and the like.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Self::InvalidRequest | Self::InvalidAmount => 400,
            Self::Unauthorized => 401,
            Self::NotFound => 404,
            Self::GatewayRefused | Self::GatewayForbidden => 424,
            Self::RateLimited => 429,
            Self::StorageFull => 503,
            Self::ServerError => 500,
            _ => 200,
        }
    }
}

/// An error: its code, and a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
pub struct QuiltError {
    /// The error code for programs, e.g. `card_declined`.
    pub code: QuiltErrorCode,
    /// A sentence for the person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

impl QuiltError {
    /// Creates an error with its sentence.
    #[must_use]
    pub fn new(code: QuiltErrorCode, message: impl Into<String>) -> Self {
        Self {
            code,
            message: Some(message.into()),
        }
    }

    /// The error of a card that is saved before its payment is captured.
    #[must_use]
    pub fn not_captured() -> Self {
        Self::new(
            QuiltErrorCode::NotCaptured,
            "This payment isn’t captured yet. The card can be saved after that.",
        )
    }

    /// The error of a payment whose card cannot be saved.
    #[must_use]
    pub fn no_reusable_card() -> Self {
        Self::new(
            QuiltErrorCode::NoReusableCard,
            "The payment worked, but this card can’t be saved: a phone or watch was used. Please insert or tap the \
             card itself to save it.",
        )
    }
}

/// The body of an error response, `{error}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
pub struct QuiltErrorBody {
    /// The code and the sentence.
    pub error: QuiltError,
}

/// The result of a call, from the status and the body of its response.
///
/// ```
/// use card_entry_protocol::dialect::quilt::{DeletedCard, QuiltErrorCode, QuiltResult};
/// use card_entry_protocol::tree::Tree;
///
/// // An error counts with status 200, too.
/// let error = Tree::map(&mut [("code", Tree::text("card_in_use"))]);
/// let body = Tree::map(&mut [("error", error)]);
/// let result = QuiltResult::<DeletedCard>::read(200, &body);
/// assert!(matches!(result, QuiltResult::Failed(error) if error.code == QuiltErrorCode::CardInUse));
///
/// // After an internal error the card may be removed or not.
/// assert_eq!(QuiltResult::<DeletedCard>::read(500, &Tree::Null), QuiltResult::Indeterminate);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QuiltResult<T> {
    /// The call was executed, with this response.
    Done(T),
    /// The call was not executed.
    Failed(QuiltError),
    /// The call may have been executed or not. Read the state before showing anything to the person.
    Indeterminate,
}

impl<T: FromTree> QuiltResult<T> {
    /// Reads a response. An `error` counts as the vendor's own snippets test it: every value that JavaScript takes as true.
    #[must_use]
    pub fn read(status: u16, body: &Tree) -> Self {
        match (status, error(body.get("error"))) {
            (500.., _) => Self::Indeterminate,
            (_, Some(failure)) => Self::Failed(failure),
            (200..=299, None) => T::from_tree(body).map_or(Self::Indeterminate, Self::Done),
            (400.., None) => Self::Failed(QuiltError {
                code: of_status(status),
                message: None,
            }),
            _ => Self::Indeterminate,
        }
    }
}

fn error(error: &Tree) -> Option<QuiltError> {
    match error {
        Tree::Null | Tree::Flag(false) => None,
        Tree::Number(number) if *number == 0.0 || number.is_nan() => None,
        Tree::Text(text) if text.is_empty() => None,
        // The error is a sentence only.
        Tree::Text(text) => Some(QuiltError::new(QuiltErrorCode::Unknown, text.clone())),
        error => Some(QuiltError {
            code: error.read("code").unwrap_or(QuiltErrorCode::Unknown),
            message: error.read("message"),
        }),
    }
}

fn of_status(status: u16) -> QuiltErrorCode {
    match status {
        401 | 403 => QuiltErrorCode::Unauthorized,
        404 | 410 => QuiltErrorCode::NotFound,
        429 => QuiltErrorCode::RateLimited,
        _ => QuiltErrorCode::Unknown,
    }
}
