//! How Quilt says no: `{error:{code, message}}`, with status 200 as well as with 4xx.

use serde::{Deserialize, Serialize};

use crate::text::open_words;
use crate::tree::{FromTree, Tree};

open_words!(
    /// Why it failed, for programs.
    QuiltErrorCode, "not a code", {
        /// Something is missing, or does not go together.
        InvalidRequest = "invalid_request",
        /// The amount is none of the account's currency.
        InvalidAmount = "invalid_amount",
        /// No key, or not the account's.
        Unauthorized = "unauthorized",
        /// No such payment or card, or not this customer's.
        NotFound = "not_found",
        /// Too much at once.
        RateLimited = "rate_limited",
        /// The card cannot be kept before the payment is captured.
        NotCaptured = "not_captured",
        /// The payment is not where this step begins: not authorized yet, captured before, given up.
        WrongState = "wrong_state",
        /// The card cannot be used again, as with a telephone held to the reader.
        NoReusableCard = "no_reusable_card",
        /// The bank said no.
        CardDeclined = "card_declined",
        /// The bank wants to hear from the person first.
        AuthenticationRequired = "authentication_required",
        /// The card cannot be removed now.
        CardInUse = "card_in_use",
        /// The gateway says no to what the server asked, however often it is repeated.
        GatewayRefused = "gateway_refused",
        /// The gateway does not let the account's key do it.
        GatewayForbidden = "gateway_forbidden",
        /// The server has no room to write anything down: later.
        StorageFull = "storage_full",
        /// Something broke: it may have happened or not.
        ServerError = "server_error",
        /// Nothing was said, or nothing that could be read.
        Unknown = "unknown",
    }
);

impl QuiltErrorCode {
    /// The HTTP status our server sends it with: 4xx for what a program got wrong, 200 for what payments are like.
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

/// A no.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuiltError {
    /// For programs.
    pub code: QuiltErrorCode,
    /// A sentence for the person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

impl QuiltError {
    /// A no with its sentence.
    #[must_use]
    pub fn new(code: QuiltErrorCode, message: impl Into<String>) -> Self {
        Self {
            code,
            message: Some(message.into()),
        }
    }

    /// Step 4 before step 3.
    #[must_use]
    pub fn not_captured() -> Self {
        Self::new(
            QuiltErrorCode::NotCaptured,
            "This payment isn’t captured yet. The card can be saved after that.",
        )
    }

    /// A payment of which no card can be kept.
    #[must_use]
    pub fn no_reusable_card() -> Self {
        Self::new(
            QuiltErrorCode::NoReusableCard,
            "The payment worked, but this card can’t be saved: a phone or watch was used. Please insert or tap the \
             card itself to save it.",
        )
    }
}

/// The body of a no.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuiltErrorBody {
    /// Why.
    pub error: QuiltError,
}

/// How a call ended, whatever status it came with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QuiltResult<T> {
    /// It was done.
    Done(T),
    /// It was not done.
    Failed(QuiltError),
    /// It may have happened or not: ask again before saying anything.
    Indeterminate,
}

impl<T: FromTree> QuiltResult<T> {
    /// Reads an answer. An `error` is a failure as the page's own snippets test it: anything a script finds true.
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
        // Only a sentence.
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
