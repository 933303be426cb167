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
use card_entry_protocol::decline::Refusal;
use card_entry_protocol::dialect::quilt::{BASE, Code, Failure, FailureBody};

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
        ApiError::NotSignedIn | ApiError::WrongPassword => Code::Unauthorized,
        ApiError::ForeignPage | ApiError::Forbidden(_) => Code::Unauthorized,
        ApiError::NotFound(_) | ApiError::NoRoute => Code::NotFound,
        ApiError::TooMany(_) | ApiError::Paused(_) | ApiError::Busy(_) => Code::RateLimited,
        ApiError::Amount(_) => Code::InvalidAmount,
        ApiError::NotCaptured => Code::NotCaptured,
        ApiError::NoReusableCard => Code::NoReusableCard,
        ApiError::Held(_) => Code::CardInUse,
        ApiError::Conflict(_) | ApiError::UnderWay(_) => Code::WrongState,
        ApiError::Challenge(_) | ApiError::Declined(Refusal::NotVerified) => {
            Code::AuthenticationRequired
        }
        ApiError::Declined(_) => Code::CardDeclined,
        ApiError::GatewayRefused(_) => Code::GatewayRefused,
        ApiError::GatewayForbidden(_) => Code::GatewayForbidden,
        ApiError::StorageFull(_) => Code::StorageFull,
        ApiError::Broken(_)
        | ApiError::Unavailable(_)
        | ApiError::StorageBusy(_)
        | ApiError::TimedOut => Code::ServerError,
        ApiError::Asked(status) if status.is_server_error() => Code::ServerError,
        _ => Code::InvalidRequest,
    };
    let status = match code {
        // As it is, where it says more than the code does: 403, 405, 413, 415, 503.
        Code::InvalidRequest if refusal.status() == StatusCode::UNPROCESSABLE_ENTITY => None,
        Code::InvalidRequest | Code::ServerError | Code::Unauthorized => Some(refusal.status()),
        _ => None,
    };
    let status = status.or_else(|| StatusCode::from_u16(code.status()).ok());
    let english = match refusal {
        ApiError::NotCaptured => Failure::not_captured(),
        ApiError::NoReusableCard => Failure::no_reusable_card(),
        ApiError::NotSignedIn => Failure::new(code, "The account key is missing or wrong."),
        // The wallet may be untouched; whether the payment went through is another question.
        ApiError::Unavailable(_) => Failure::new(
            code,
            "We can’t reach the payment service just now. Please ask again with the same key.",
        ),
        other => Failure::new(code, other.sentence()),
    };
    let said = match (refusal, &english.message) {
        (ApiError::NotCaptured | ApiError::NoReusableCard | ApiError::NotSignedIn, Some(words))
        | (ApiError::Unavailable(_), Some(words)) => locale.say(words),
        _ => refusal.say(locale),
    };
    let failure = Failure::new(english.code, said.text);
    // Words are always written.
    let body = serde_json::to_string(&FailureBody { error: failure }).unwrap_or_default();
    Answer {
        status: status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
        body,
        language: Some(said.locale),
    }
}
