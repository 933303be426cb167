//! BokaMera's checkout API, `/payment/stripe/v1`: a company's server creates a checkout session and reads its status.
//!
//! The server authenticates with its API key. A browser must never have that key.

mod caller;
mod checkout;
mod error;
mod format;
mod gateway_checkout;
mod status;

use axum::Router;
use axum::middleware::from_fn;
use card_entry_protocol::dialect::bokamera::BASE;

use super::vendor_api::VendorApi;
use crate::app::App;
use crate::config::WalletSystem;
use crate::cors::CorsRules;

pub(super) const API: VendorApi = VendorApi {
    base: BASE,
    render_error: error::render_error,
    cors: CorsRules {
        system: WalletSystem::BokaMera,
        // Not `x-api-key`: only servers have it, and a preflight must refuse it before a browser sends it.
        headers: "content-type",
        methods: "POST",
    },
};

/// The routes, each also with ServiceStack's suffix `.json`.
pub(super) fn router() -> Router<App> {
    Router::new()
        .merge(checkout::router())
        .merge(status::router())
        .route_layer(from_fn(format::check))
}
