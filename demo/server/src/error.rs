//! The errors of the site's API: the status, code and message of each. A cause is logged and must never be sent.

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use booking_page::api::{SiteErrorBody, SiteErrorCode};
use booking_page::messages::ENGLISH;

use crate::store::StoreError;

/// An error of the site's API. Each has one status and one code.
#[derive(Debug, thiserror::Error)]
pub enum SiteError {
    /// No token, or one that the wallet server does not accept.
    #[error("no valid token")]
    Unauthenticated,
    /// The object does not exist or is another person's; both give the same response.
    #[error("not found")]
    NotFound,
    /// The person has no card to book with.
    #[error("no card in the wallet")]
    CardRequired,
    #[error("the time is taken")]
    TimeTaken,
    #[error("too many upcoming appointments")]
    TooManyAppointments,
    #[error("not an offered time")]
    NotOffered,
    /// The request is malformed; the status says how.
    #[error("invalid request: {0}")]
    InvalidRequest(StatusCode),
    /// The wallet server did not respond, or refused this site.
    #[error("wallet server: {0}")]
    WalletUnavailable(String),
    #[error("{0}")]
    Internal(String),
}

impl SiteError {
    fn status_and_code(&self) -> (StatusCode, SiteErrorCode) {
        match self {
            Self::Unauthenticated => (StatusCode::UNAUTHORIZED, SiteErrorCode::SignIn),
            Self::NotFound => (StatusCode::NOT_FOUND, SiteErrorCode::NotFound),
            Self::CardRequired => (StatusCode::CONFLICT, SiteErrorCode::CardNeeded),
            Self::TimeTaken => (StatusCode::CONFLICT, SiteErrorCode::Taken),
            Self::TooManyAppointments => (StatusCode::CONFLICT, SiteErrorCode::TooMany),
            Self::NotOffered => (StatusCode::UNPROCESSABLE_ENTITY, SiteErrorCode::NotOffered),
            Self::InvalidRequest(status) => (*status, SiteErrorCode::BadRequest),
            Self::WalletUnavailable(_) => {
                (StatusCode::SERVICE_UNAVAILABLE, SiteErrorCode::WalletAway)
            }
            Self::Internal(_) => (StatusCode::INTERNAL_SERVER_ERROR, SiteErrorCode::Broken),
        }
    }
}

impl IntoResponse for SiteError {
    fn into_response(self) -> Response {
        match &self {
            Self::Internal(cause) => tracing::error!(cause, "request failed"),
            Self::WalletUnavailable(cause) => {
                tracing::warn!(cause, "wallet server call failed");
            }
            _ => {}
        }
        let (status, code) = self.status_and_code();
        let message = ENGLISH.error(code).unwrap_or(ENGLISH.went_wrong).to_owned();
        (status, Json(SiteErrorBody { code, message })).into_response()
    }
}

impl From<StoreError> for SiteError {
    fn from(error: StoreError) -> Self {
        Self::Internal(error.to_string())
    }
}

impl From<JsonRejection> for SiteError {
    fn from(rejection: JsonRejection) -> Self {
        Self::InvalidRequest(rejection.status())
    }
}
