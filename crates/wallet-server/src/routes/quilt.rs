//! Quilt's payment API, `/v1`: a site's server takes a payment at a reader, captures it, keeps the card, and charges
//! it later.
//!
//! For servers only: whoever has the account key charges people's cards, so no page may hold it.

mod caller;
mod cards;
mod connection_token;
mod payments;
mod view;

use axum::Router;
use axum::http::StatusCode;
use card_entry_protocol::decline::DeclineReason;
use card_entry_protocol::dialect::quilt::{BASE, QuiltError, QuiltErrorBody, QuiltErrorCode};

use super::answer::Answer;
use super::dialect::Dialect;
use crate::app::App;
use crate::config::Kind;
use crate::cors::Rules;
use crate::error::ApiError;
use crate::words::Locale;

/// Quilt on the wire. No preflight allows the key's header: it is refused in a browser before it is sent.
pub(super) const DIALECT: Dialect = Dialect {
    base: BASE,
    shape,
    cors: Rules {
        kind: Kind::Quilt,
        headers: "content-type",
        methods: "GET, POST, DELETE",
    },
};

pub(super) fn router() -> Router<App> {
    Router::new()
        .merge(payments::router())
        .merge(cards::router())
        .merge(connection_token::router())
}

/// `{error:{code, message}}`: with 200 for what payments are like, with 4xx for what a program got wrong.
fn shape(refusal: &ApiError, locale: Locale) -> Answer {
    let code = match refusal {
        ApiError::NotSignedIn | ApiError::WrongPassword => QuiltErrorCode::Unauthorized,
        ApiError::ForeignPage | ApiError::Forbidden(_) => QuiltErrorCode::Unauthorized,
        ApiError::NotFound(_) | ApiError::NoRoute => QuiltErrorCode::NotFound,
        ApiError::TooMany(_) | ApiError::Paused(_) | ApiError::Busy(_) => {
            QuiltErrorCode::RateLimited
        }
        ApiError::Amount(_) => QuiltErrorCode::InvalidAmount,
        ApiError::NotCaptured => QuiltErrorCode::NotCaptured,
        ApiError::NoReusableCard => QuiltErrorCode::NoReusableCard,
        ApiError::Held(_) => QuiltErrorCode::CardInUse,
        ApiError::Conflict(_) | ApiError::UnderWay(_) => QuiltErrorCode::WrongState,
        ApiError::Challenge(_) | ApiError::Declined(DeclineReason::NotVerified) => {
            QuiltErrorCode::AuthenticationRequired
        }
        ApiError::Declined(_) => QuiltErrorCode::CardDeclined,
        ApiError::GatewayRefused(_) => QuiltErrorCode::GatewayRefused,
        ApiError::GatewayForbidden(_) => QuiltErrorCode::GatewayForbidden,
        ApiError::StorageFull(_) => QuiltErrorCode::StorageFull,
        ApiError::Broken(_)
        | ApiError::Unavailable(_)
        | ApiError::StorageBusy(_)
        | ApiError::TimedOut => QuiltErrorCode::ServerError,
        ApiError::Asked(status) if status.is_server_error() => QuiltErrorCode::ServerError,
        _ => QuiltErrorCode::InvalidRequest,
    };
    let status = match code {
        // As it is, where it says more than the code does: 403, 405, 413, 415, 503.
        QuiltErrorCode::InvalidRequest if refusal.status() == StatusCode::UNPROCESSABLE_ENTITY => {
            None
        }
        QuiltErrorCode::InvalidRequest
        | QuiltErrorCode::ServerError
        | QuiltErrorCode::Unauthorized => Some(refusal.status()),
        _ => None,
    };
    let status = status.or_else(|| StatusCode::from_u16(code.status()).ok());
    let english = match refusal {
        ApiError::NotCaptured => QuiltError::not_captured(),
        ApiError::NoReusableCard => QuiltError::no_reusable_card(),
        ApiError::NotSignedIn => QuiltError::new(code, "The account key is missing or wrong."),
        // The wallet may be untouched; whether the payment went through is another question.
        ApiError::Unavailable(_) => QuiltError::new(
            code,
            "We can’t reach the payment service just now. Please ask again with the same key.",
        ),
        other => QuiltError::new(code, other.sentence()),
    };
    let said = match (refusal, &english.message) {
        (ApiError::NotCaptured | ApiError::NoReusableCard | ApiError::NotSignedIn, Some(words))
        | (ApiError::Unavailable(_), Some(words)) => locale.say(words),
        _ => refusal.say(locale),
    };
    let failure = QuiltError::new(english.code, said.text);
    // Words are always written.
    let body = serde_json::to_string(&QuiltErrorBody { error: failure }).unwrap_or_default();
    Answer {
        status: status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
        body,
        language: Some(said.locale),
    }
}
