//! Quilt's payment API, `/v1`: a site's server takes a card-present payment, captures it, saves the card, and charges it
//! later.
//!
//! For servers only. A page must never have the account key, because the key charges people's cards.

mod caller;
mod cards;
mod connection_token;
mod payments;
mod presenter;

use axum::Router;
use axum::http::StatusCode;
use card_entry_protocol::decline::DeclineReason;
use card_entry_protocol::dialect::quilt::{BASE, QuiltError, QuiltErrorBody, QuiltErrorCode};

use super::json_response::JsonResponse;
use super::vendor_api::VendorApi;
use crate::app::App;
use crate::config::WalletSystem;
use crate::cors::CorsRules;
use crate::error::ApiError;
use crate::locale::Locale;

/// Quilt's API. No preflight allows the `Authorization` header, so that a browser never sends the key.
pub(super) const API: VendorApi = VendorApi {
    base: BASE,
    render_error,
    cors: CorsRules {
        system: WalletSystem::Quilt,
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

/// Renders `{error:{code, message}}`: with 200 for failures of payments, with 4xx for errors of the calling program.
fn render_error(error: &ApiError, locale: Locale) -> JsonResponse {
    let code = match error {
        ApiError::NotSignedIn | ApiError::WrongPassword => QuiltErrorCode::Unauthorized,
        ApiError::OriginNotAllowed | ApiError::Forbidden(_) => QuiltErrorCode::Unauthorized,
        ApiError::NotFound(_) | ApiError::RouteNotFound => QuiltErrorCode::NotFound,
        ApiError::RateLimited(_) | ApiError::AccountPaused(_) | ApiError::Overloaded(_) => {
            QuiltErrorCode::RateLimited
        }
        ApiError::InvalidAmount(_) => QuiltErrorCode::InvalidAmount,
        ApiError::NotCaptured => QuiltErrorCode::NotCaptured,
        ApiError::NoReusableCard => QuiltErrorCode::NoReusableCard,
        ApiError::CardInUse(_) => QuiltErrorCode::CardInUse,
        ApiError::Conflict(_) => QuiltErrorCode::WrongState,
        ApiError::AuthenticationRequired(_) | ApiError::Declined(DeclineReason::NotVerified) => {
            QuiltErrorCode::AuthenticationRequired
        }
        ApiError::Declined(_) => QuiltErrorCode::CardDeclined,
        ApiError::GatewayRefused(_) => QuiltErrorCode::GatewayRefused,
        ApiError::GatewayForbidden(_) => QuiltErrorCode::GatewayForbidden,
        ApiError::StorageFull(_) => QuiltErrorCode::StorageFull,
        // The result is not known yet: 409 with `Retry-After`, and the same call returns it.
        ApiError::RequestInProgress(_)
        | ApiError::Internal(_)
        | ApiError::GatewayUnreachable(_)
        | ApiError::StorageBusy(_)
        | ApiError::TimedOut => QuiltErrorCode::ServerError,
        ApiError::InjectedFault(status) if status.is_server_error() => QuiltErrorCode::ServerError,
        _ => QuiltErrorCode::InvalidRequest,
    };
    let status = match code {
        // The status stays where it says more than the code: 403, 405, 413, 415, 503.
        QuiltErrorCode::InvalidRequest if error.status() == StatusCode::UNPROCESSABLE_ENTITY => {
            None
        }
        QuiltErrorCode::InvalidRequest
        | QuiltErrorCode::ServerError
        | QuiltErrorCode::Unauthorized => Some(error.status()),
        _ => None,
    };
    let status = status.or_else(|| StatusCode::from_u16(code.status()).ok());
    let english = match error {
        ApiError::NotCaptured => QuiltError::not_captured(),
        ApiError::NoReusableCard => QuiltError::no_reusable_card(),
        ApiError::NotSignedIn => QuiltError::new(code, "The account key is missing or wrong."),
        // The general sentence says that the wallet is unchanged. The result of a payment is unknown.
        ApiError::GatewayUnreachable(_) => QuiltError::new(
            code,
            "We can’t reach the payment service just now. Please ask again with the same key.",
        ),
        other => QuiltError::new(code, other.sentence()),
    };
    let translated = match (error, &english.message) {
        (
            ApiError::NotCaptured | ApiError::NoReusableCard | ApiError::NotSignedIn,
            Some(sentence),
        )
        | (ApiError::GatewayUnreachable(_), Some(sentence)) => locale.translate(sentence),
        _ => error.localized(locale),
    };
    let body_error = QuiltError::new(english.code, translated.text);
    // Texts always serialize.
    let body = serde_json::to_string(&QuiltErrorBody { error: body_error }).unwrap_or_default();
    JsonResponse {
        status: status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
        body,
        language: Some(translated.locale),
    }
}
