//! MikroCloud's account API, `/v1/account`: a signed token identifies the owner, whose wallet can have several cards.
//!
//! It must never store a token.

mod caller;
mod payment_methods;
mod presenter;
mod setup_intent;

use axum::Router;
use axum::http::StatusCode;
use card_entry_protocol::dialect::fields::FieldErrors;
use card_entry_protocol::dialect::mikrocloud::{BASE, ErrorBody};

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
        system: WalletSystem::MikroCloud,
        headers: "authorization, content-type, idempotency-key, challenge-token",
        methods: "GET, POST, DELETE",
    },
};

pub(super) fn router() -> Router<App> {
    Router::new()
        .merge(setup_intent::router())
        .merge(payment_methods::router())
}

/// Renders `message`, and `errors` for invalid fields. A missing object is 410, because the vendor has 404 for unknown
/// routes. The vendor has no status for a required or pending authentication: both are 422, a card that is not accepted.
fn render_error(error: &ApiError, locale: Locale) -> JsonResponse {
    let translated = error.localized(locale);
    let mut language = translated.locale;
    let (status, body) = match error {
        ApiError::InvalidFields(fields) => {
            let fields = ApiError::localize_fields(fields, locale);
            language = fields.1;
            let body = ErrorBody::with_errors(FieldErrors(fields.0));
            (StatusCode::UNPROCESSABLE_ENTITY, body)
        }
        ApiError::NotFound(_) => (StatusCode::GONE, ErrorBody::with_message(translated.text)),
        ApiError::AuthenticationRequired(_) | ApiError::Conflict(_) => (
            StatusCode::UNPROCESSABLE_ENTITY,
            ErrorBody::with_message(translated.text),
        ),
        other => (other.status(), ErrorBody::with_message(translated.text)),
    };
    // Texts and maps of texts always serialize.
    let body = serde_json::to_string(&body).unwrap_or_default();
    JsonResponse {
        status,
        body,
        language: Some(language),
    }
}
