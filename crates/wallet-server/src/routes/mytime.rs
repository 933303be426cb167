//! MyTime's marketplace API, `/api/mkp/v1`: people sign up, and each has a wallet with one card.
//!
//! It must never send a client secret except to the owner of its intent.

mod caller;
mod company;
mod credit_cards;
mod guests;
mod passwords;
mod payment_session;
mod presenter;
mod sessions;
mod user;
mod users;

use axum::Router;
pub(crate) use passwords::NewPassword;
pub(crate) use user::CompanyQuery;

use card_entry_protocol::dialect::mytime::{BASE, ErrorBody, FieldErrors};

use super::json_response::JsonResponse;
use super::vendor_api::VendorApi;
use crate::app::App;
use crate::config::WalletSystem;
use crate::cors::CorsRules;
use crate::error::ApiError;
use crate::locale::Locale;

pub(super) const API: VendorApi = VendorApi {
    base: BASE,
    render_error,
    cors: CorsRules {
        system: WalletSystem::MyTime,
        headers: "authorization, gauthorization, content-type, idempotency-key, challenge-token",
        methods: "GET, POST, DELETE",
    },
};

/// This server's own call beside the vendor's, for the same pages.
pub(super) const PASSWORDS: VendorApi = VendorApi {
    base: "/passwords",
    render_error: passwords::render_error,
    cors: CorsRules {
        headers: "content-type",
        methods: "POST",
        ..API.cors
    },
};

pub(super) fn passwords_router() -> Router<App> {
    passwords::router()
}

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

/// Renders `message`; for 401 `error`; field errors under `user`; with 402 also the client secret to confirm.
fn render_error(error: &ApiError, locale: Locale) -> JsonResponse {
    let translated = error.localized(locale);
    let (sentence, mut language) = (translated.text, translated.locale);
    let body = match error {
        ApiError::NotSignedIn | ApiError::WrongPassword => ErrorBody::with_error(sentence),
        ApiError::InvalidFields(fields) => {
            let fields = ApiError::localize_fields(fields, locale);
            language = fields.1;
            ErrorBody::with_user_errors(FieldErrors(fields.0))
        }
        ApiError::AuthenticationRequired(secret) => ErrorBody {
            client_secret: Some(secret.clone()),
            ..ErrorBody::with_message(sentence)
        },
        _ => ErrorBody::with_message(sentence),
    };
    // Texts and maps of texts always serialize.
    let body = serde_json::to_string(&body).unwrap_or_default();
    JsonResponse {
        status: error.status(),
        body,
        language: Some(language),
    }
}
