//! Ticket Evolution's API, `/v9`: signed requests of a seller's server for its clients' cards in Braintree's vault.
//!
//! It must never run a route before the signature of the request is verified.

mod addresses;
mod card_errors;
mod cards;
mod clients;
mod create_cards;
mod deprecation;
mod phones;
mod presenter;
mod replay_protection;
mod request_signature;

use axum::Router;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use card_entry_protocol::dialect::ticket_evolution::{BASE, ErrorBody};

use super::json_response::JsonResponse;
use super::vendor_api::VendorApi;
use crate::app::App;
use crate::config::WalletSystem;
use crate::cors::CorsRules;
use crate::error::ApiError;
use crate::locale::Locale;

/// Ticket Evolution's API. No page may call it, because the signing secret belongs to the seller's server.
pub(super) const API: VendorApi = VendorApi {
    base: BASE,
    render_error,
    cors: CorsRules {
        system: WalletSystem::TicketEvolution,
        headers: "",
        methods: "",
    },
};

/// The routes. The last layer runs first: the signature is verified before anything else.
pub(super) fn router(app: &App) -> Router<App> {
    Router::new()
        .merge(clients::router())
        .merge(addresses::router())
        .merge(phones::router())
        .merge(cards::router())
        .merge(create_cards::router())
        .layer(from_fn_with_state(
            app.clone(),
            replay_protection::replay_or_run,
        ))
        .layer(from_fn_with_state(
            app.clone(),
            request_signature::check_format,
        ))
        .layer(from_fn_with_state(app.clone(), deprecation::add_headers))
        .layer(from_fn_with_state(app.clone(), request_signature::verify))
}

/// Renders `{error}`. The vendor has 503 for too many requests, and no status for a required authentication.
fn render_error(error: &ApiError, locale: Locale) -> JsonResponse {
    let status = match error {
        ApiError::RateLimited(_) | ApiError::AccountPaused(_) | ApiError::Overloaded(_) => {
            StatusCode::SERVICE_UNAVAILABLE
        }
        ApiError::AuthenticationRequired(_) => StatusCode::UNPROCESSABLE_ENTITY,
        other => other.status(),
    };
    // A text always serializes.
    let translated = error.localized(locale);
    let body = serde_json::to_string(&ErrorBody::new(translated.text)).unwrap_or_default();
    JsonResponse {
        status,
        body,
        language: Some(translated.locale),
    }
}
