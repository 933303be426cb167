//! The sandbox's model of Braintree: Hosted Fields in the browser, GraphQL on the server.
//!
//! - **scripts**, [`script_router`]: `/web/<version>/js/client.min.js` and `hosted-fields.min.js`;
//! - **fields**, [`fields_router`]: one frame per field. The card number never leaves these frames except to be tokenized;
//! - **api**, [`api_router`]: `/graphql`, and the three calls of the older APIs that SDKs start with or fall back to.
//!
//! Each router is mounted below `/braintree` of its origin, and at the root of Braintree's own host names where the sandbox
//! serves those. Merchants, keys and objects are separate from Stripe's; the journal, the faults and the id generator are
//! shared with it.

pub mod authorization;
pub mod card;
pub mod card_on_file;
pub mod client_api;
pub mod client_cards;
pub mod endpoint;
pub mod frames;
pub mod gateway_request;
pub mod global_id;
pub mod graphql;
pub mod merchant;
pub mod nonce;
pub mod object;
pub mod processing;
pub mod request_key;
pub mod resolvers;
pub mod scripts;
pub mod transaction;
pub mod verification;
pub mod xml;

pub use merchant::Merchants;

use crate::state::SandboxState;
use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use std::sync::Arc;

pub fn script_router() -> Router<Arc<SandboxState>> {
    Router::new().route("/web/{version}/js/{file}", get(scripts::script))
}

pub fn fields_router() -> Router<Arc<SandboxState>> {
    Router::new()
        .route("/web/{version}/js/{file}", get(scripts::script))
        .route("/web/{version}/html/{file}", get(frames::frame))
        .route("/web/{version}/frame/{file}", get(frames::part))
}

/// The routes of `payments.sandbox.braintree-api.com` and `api.sandbox.braintreegateway.com`.
pub fn api_router() -> Router<Arc<SandboxState>> {
    Router::new()
        .route("/graphql", any(endpoint::graphql))
        .route(
            "/merchants/{merchant}/client_token",
            any(client_api::client_token),
        )
        .route(
            "/merchants/{merchant}/client_api/v1/configuration",
            any(client_api::configuration),
        )
        .route(
            "/merchants/{merchant}/client_api/v1/payment_methods/credit_cards",
            any(client_cards::create),
        )
        .fallback(not_modelled)
}

async fn not_modelled(request: Request) -> Response {
    let call = format!("{} {}", request.method(), request.uri().path());
    let message = format!("The sandbox does not model {call}.");
    let body = axum::Json(serde_json::json!({ "error": { "message": message } }));
    (StatusCode::NOT_FOUND, body).into_response()
}
