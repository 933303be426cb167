//! Braintree's half of the sandbox: Hosted Fields in the browser, GraphQL on the server.
//!
//! - **scripts**, [`script_router`]: `/web/<version>/js/client.min.js` and `hosted-fields.min.js`;
//! - **fields**, [`fields_router`]: one frame per field, where the digits stay;
//! - **api**, [`api_router`]: `/graphql`, and of the older APIs the three calls that other parts begin with or fall back to.
//!
//! Each stands below `/braintree` of the origin it belongs to, and at the root where Braintree's own host names are
//! answered. Merchants, keys and books are its own; the journal, the faults and the ids are the sandbox's.

pub mod authorization;
pub mod calls;
pub mod card;
pub mod card_on_file;
pub mod client_api;
pub mod client_cards;
pub mod endpoint;
pub mod frames;
pub mod graphql;
pub mod merchant;
pub mod nonce;
pub mod object;
pub mod outcome;
pub mod reply;
pub mod request_key;
pub mod scripts;
pub mod transaction;
pub mod xml;

pub use merchant::Gateway;

use crate::world::World;
use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use std::sync::Arc;

pub fn script_router() -> Router<Arc<World>> {
    Router::new().route("/web/{version}/js/{file}", get(scripts::script))
}

pub fn fields_router() -> Router<Arc<World>> {
    Router::new()
        .route("/web/{version}/js/{file}", get(scripts::script))
        .route("/web/{version}/html/{file}", get(frames::frame))
        .route("/web/{version}/frame/{file}", get(frames::part))
}

/// What `payments.sandbox.braintree-api.com` and `api.sandbox.braintreegateway.com` answer.
pub fn api_router() -> Router<Arc<World>> {
    Router::new()
        .route("/graphql", any(endpoint::answer))
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

/// Any other path of Braintree's APIs.
async fn not_modelled(request: Request) -> Response {
    let what = format!("{} {}", request.method(), request.uri().path());
    let words = format!("The sandbox does not model {what}.");
    let body = axum::Json(serde_json::json!({ "error": { "message": words } }));
    (StatusCode::NOT_FOUND, body).into_response()
}
