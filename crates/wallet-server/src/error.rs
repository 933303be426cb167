//! Every way the wallet API says no: what the person reads, and the cause that is logged and never sent.
//!
//! Made by routes and wallet, turned into a response here only. The words are short and blameless, and tell a thief
//! nothing.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use card_entry_protocol::decline::Refusal;
use card_entry_protocol::dialect::mytime::{ErrorBody, FieldErrors};
use card_entry_protocol::secret::ClientSecret;

use crate::gateway::GatewayError;
use crate::limiter::TooMany;
use crate::password::HashingFailed;
use crate::store::StoreError;

/// A refusal, by the status it is answered with.
#[derive(Debug)]
pub enum ApiError {
    /// 400: the request cannot be read.
    Unreadable(&'static str),
    /// 401: no token, or one that is wrong, over, revoked or of another company. All look alike.
    NotSignedIn,
    /// 401: e-mail and password do not belong together.
    WrongPassword,
    /// 402: the bank wants to see the person first; nothing is saved.
    Challenge(ClientSecret),
    /// 403: a page that is not on the company's list.
    ForeignPage,
    /// 404: no such thing, or not this owner's. Both look alike.
    NotFound(&'static str),
    /// 409: it cannot be done now; looking again helps.
    Conflict(&'static str),
    /// 413: the body is too large.
    TooLarge,
    /// 415: the body is not JSON.
    NotJson,
    /// 422: fields to correct.
    Fields(FieldErrors),
    /// 422: the bank refused the card.
    Declined(Refusal),
    /// 422: understood, and not done, with the reason.
    Refused(String),
    /// 429: too often.
    TooMany(TooMany),
    /// 500: ours to mend.
    Broken(String),
    /// 503: the gateway or the database does not answer.
    Unavailable(String),
}

impl ApiError {
    /// The status it is answered with.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Self::Unreadable(_) => StatusCode::BAD_REQUEST,
            Self::NotSignedIn | Self::WrongPassword => StatusCode::UNAUTHORIZED,
            Self::Challenge(_) => StatusCode::PAYMENT_REQUIRED,
            Self::ForeignPage => StatusCode::FORBIDDEN,
            Self::NotFound(_) => StatusCode::NOT_FOUND,
            Self::Conflict(_) => StatusCode::CONFLICT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::NotJson => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Fields(_) | Self::Declined(_) | Self::Refused(_) => {
                StatusCode::UNPROCESSABLE_ENTITY
            }
            Self::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// What the person reads.
    #[must_use]
    pub fn body(&self) -> ErrorBody {
        match self {
            Self::Unreadable(words) | Self::NotFound(words) | Self::Conflict(words) => {
                ErrorBody::with_message(*words)
            }
            Self::NotSignedIn => ErrorBody::with_error("Please sign in again."),
            Self::WrongPassword => ErrorBody::with_error(
                "E-mail and password don’t match. Please check them and try again.",
            ),
            Self::Challenge(secret) => ErrorBody {
                client_secret: Some(secret.clone()),
                ..ErrorBody::with_message(
                    "Your bank wants to check that it’s you. The card is not saved yet.",
                )
            },
            Self::ForeignPage => ErrorBody::with_message("This page may not use the wallet."),
            Self::TooLarge => ErrorBody::with_message("That was too much text. Please shorten it."),
            Self::NotJson => ErrorBody::with_message(
                "The request must be JSON (content-type: application/json).",
            ),
            Self::Fields(errors) => ErrorBody::with_user_errors(errors.clone()),
            Self::Declined(refusal) => ErrorBody::with_message(refusal.sentence()),
            Self::Refused(words) => ErrorBody::with_message(words.clone()),
            Self::TooMany(TooMany(seconds)) => ErrorBody::with_message(format!(
                "That was tried too often. Please wait {} and try again.",
                wait(*seconds)
            )),
            Self::Broken(_) => ErrorBody::with_message(
                "Something went wrong on our side. Please try again in a moment.",
            ),
            Self::Unavailable(_) => ErrorBody::with_message(
                "We can’t reach the card service just now. Your wallet is unchanged. Please try again in a moment.",
            ),
        }
    }

    /// The same refusal for the same key: those that name a reason in the request itself.
    #[must_use]
    pub fn is_final(&self) -> bool {
        matches!(self, Self::Declined(_) | Self::Refused(_))
    }
}

fn wait(seconds: i64) -> String {
    match seconds {
        ..=1 => "a second".to_owned(),
        2..=90 => format!("{seconds} seconds"),
        _ => format!("{} minutes", (seconds + 59) / 60),
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        match &self {
            Self::Broken(cause) => tracing::error!(cause, "a request failed"),
            Self::Unavailable(cause) => tracing::warn!(cause, "a request could not be served"),
            _ => {}
        }
        let mut response = (self.status(), axum::Json(self.body())).into_response();
        if let Self::TooMany(TooMany(seconds)) = self {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        Self::Unavailable(error.to_string())
    }
}

impl From<sqlx::Error> for ApiError {
    fn from(error: sqlx::Error) -> Self {
        StoreError::from(error).into()
    }
}

impl From<GatewayError> for ApiError {
    fn from(error: GatewayError) -> Self {
        match error {
            GatewayError::Declined(refusal) => Self::Declined(refusal),
            other => Self::Unavailable(other.to_string()),
        }
    }
}

impl From<HashingFailed> for ApiError {
    fn from(error: HashingFailed) -> Self {
        Self::Broken(error.to_string())
    }
}

impl From<TooMany> for ApiError {
    fn from(error: TooMany) -> Self {
        Self::TooMany(error)
    }
}

impl From<getrandom::Error> for ApiError {
    fn from(error: getrandom::Error) -> Self {
        Self::Broken(error.to_string())
    }
}
