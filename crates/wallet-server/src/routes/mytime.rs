//! MyTime's marketplace API, `/api/mkp/v1`: people sign up, and each has a wallet of one card.

mod caller;
mod company;
mod credit_cards;
mod guests;
mod payment_session;
mod sessions;
mod user;
mod users;
mod view;

use axum::Router;
use card_entry_protocol::dialect::mytime::{BASE, ErrorBody, FieldErrors};

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
        kind: Kind::MyTime,
        headers: "authorization, gauthorization, content-type, idempotency-key",
        methods: "GET, POST, DELETE",
    },
};

pub(super) fn router() -> Router<App> {
    Router::new()
        .merge(users::router())
        .merge(sessions::router())
        .merge(guests::router())
        .merge(user::router())
        .merge(company::router())
        .merge(payment_session::router())
        .merge(credit_cards::router())
}

/// `message`; `error` for 401; fields under `user`; with 402 the intent to confirm.
fn shape(refusal: &ApiError, locale: Locale) -> Answer {
    let said = refusal.say(locale);
    let (sentence, mut language) = (said.text, said.locale);
    let body = match refusal {
        ApiError::NotSignedIn | ApiError::WrongPassword => ErrorBody::with_error(sentence),
        ApiError::Fields(fields) => {
            let fields = ApiError::fields_in(fields, locale);
            language = fields.1;
            ErrorBody::with_user_errors(FieldErrors(fields.0))
        }
        ApiError::Challenge(secret) => ErrorBody {
            client_secret: Some(secret.clone()),
            ..ErrorBody::with_message(sentence)
        },
        _ => ErrorBody::with_message(sentence),
    };
    // Texts and maps of texts are always written.
    let body = serde_json::to_string(&body).unwrap_or_default();
    Answer {
        status: refusal.status(),
        body,
        language: Some(language),
    }
}
