//! MikroCloud's account API, `/v1/account`: a signed token speaks for an owner, whose wallet holds several cards.

mod caller;
mod payment_methods;
mod setup_intent;
mod view;

use axum::Router;
use axum::http::StatusCode;
use card_entry_protocol::dialect::fields::FieldErrors;
use card_entry_protocol::dialect::mikrocloud::{BASE, ErrorBody};

use super::answer::Answer;
use super::dialect::Dialect;
use crate::app::App;
use crate::config::Kind;
use crate::cors::Rules;
use crate::error::ApiError;
use crate::words::Locale;

pub(super) const DIALECT: Dialect = Dialect {
    base: BASE,
    shape,
    cors: Rules {
        kind: Kind::MikroCloud,
        headers: "authorization, content-type, idempotency-key",
        methods: "GET, POST, DELETE",
    },
};

pub(super) fn router() -> Router<App> {
    Router::new()
        .merge(setup_intent::router())
        .merge(payment_methods::router())
}

/// `message`, and `errors` where fields are wrong. An object that is not there is gone, 410: 404 is for addresses. The
/// vendor has no status for a bank that asks or is still at it: both are a card that is not accepted now.
fn shape(refusal: &ApiError, locale: Locale) -> Answer {
    let said = refusal.say(locale);
    let mut language = said.locale;
    let (status, body) = match refusal {
        ApiError::Fields(fields) => {
            let fields = ApiError::fields_in(fields, locale);
            language = fields.1;
            let body = ErrorBody::with_errors(FieldErrors(fields.0));
            (StatusCode::UNPROCESSABLE_ENTITY, body)
        }
        ApiError::NotFound(_) => (StatusCode::GONE, ErrorBody::with_message(said.text)),
        ApiError::Challenge(_) | ApiError::Conflict(_) => (
            StatusCode::UNPROCESSABLE_ENTITY,
            ErrorBody::with_message(said.text),
        ),
        other => (other.status(), ErrorBody::with_message(said.text)),
    };
    // Texts and maps of texts are always written.
    let body = serde_json::to_string(&body).unwrap_or_default();
    Answer {
        status,
        body,
        language: Some(language),
    }
}
