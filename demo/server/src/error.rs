//! Every way the site's API says no: what the visitor reads, and the cause that is logged and never sent.

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use booking_page::api::{Refusal, RefusalCode};
use booking_page::words::ENGLISH;

use crate::store::StoreError;

/// A refusal, by the status it is answered with.
#[derive(Debug, thiserror::Error)]
pub enum SiteError {
    /// 401: no token, or one the wallet does not know.
    #[error("no token the wallet knows")]
    SignIn,
    /// 404: no such thing, or another person's. Both look alike.
    #[error("nothing at this address")]
    NotFound,
    /// 409: there is no card to hold the time with.
    #[error("no card in the wallet")]
    CardNeeded,
    /// 409: somebody else has this time.
    #[error("the time is taken")]
    Taken,
    /// 409: as many visits ahead as one person may book.
    #[error("too many visits ahead")]
    TooMany,
    /// 422: not a time on offer.
    #[error("not a time on offer")]
    NotOffered,
    /// 4xx: the body is not what this API reads; the status says how.
    #[error("unreadable request: {0}")]
    Unreadable(StatusCode),
    /// 503: the wallet could not be asked, or refused this site.
    #[error("the wallet: {0}")]
    WalletAway(String),
    #[error("{0}")]
    Broken(String),
}

impl SiteError {
    fn answer(&self) -> (StatusCode, RefusalCode) {
        match self {
            Self::SignIn => (StatusCode::UNAUTHORIZED, RefusalCode::SignIn),
            Self::NotFound => (StatusCode::NOT_FOUND, RefusalCode::NotFound),
            Self::CardNeeded => (StatusCode::CONFLICT, RefusalCode::CardNeeded),
            Self::Taken => (StatusCode::CONFLICT, RefusalCode::Taken),
            Self::TooMany => (StatusCode::CONFLICT, RefusalCode::TooMany),
            Self::NotOffered => (StatusCode::UNPROCESSABLE_ENTITY, RefusalCode::NotOffered),
            Self::Unreadable(status) => (*status, RefusalCode::BadRequest),
            Self::WalletAway(_) => (StatusCode::SERVICE_UNAVAILABLE, RefusalCode::WalletAway),
            Self::Broken(_) => (StatusCode::INTERNAL_SERVER_ERROR, RefusalCode::Broken),
        }
    }
}

impl IntoResponse for SiteError {
    fn into_response(self) -> Response {
        match &self {
            Self::Broken(cause) => tracing::error!(cause, "a request failed"),
            Self::WalletAway(cause) => tracing::warn!(cause, "the wallet could not be asked"),
            _ => {}
        }
        let (status, code) = self.answer();
        let message = ENGLISH
            .refusal(code)
            .unwrap_or(ENGLISH.went_wrong)
            .to_owned();
        (status, Json(Refusal { code, message })).into_response()
    }
}

impl From<StoreError> for SiteError {
    fn from(error: StoreError) -> Self {
        Self::Broken(error.to_string())
    }
}

impl From<JsonRejection> for SiteError {
    fn from(rejection: JsonRejection) -> Self {
        Self::Unreadable(rejection.status())
    }
}
