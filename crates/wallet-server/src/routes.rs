//! The table of contents: every address this server answers.

mod asset;
mod company;
mod credit_cards;
mod faults;
mod frame;
mod guests;
mod health;
mod holds;
mod payment_session;
mod reports;
mod sessions;
mod user;
mod users;
mod view;

use std::time::Duration;

use axum::extract::{DefaultBodyLimit, Request};
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::{Json, Router};
use card_entry_protocol::dialect::mytime::{BASE, ErrorBody};

use crate::app::App;
use crate::read::LARGEST_BODY;
use crate::{cors, fault, headers, leftover, log};

/// The longest a request may take, its body included: three tries at the gateway and some air.
const LONGEST_REQUEST: Duration = Duration::from_secs(30);

/// Everything.
pub fn router(app: App) -> Router {
    // Each fallback is set before the layers around it: a preflight is a wrong method until `cors` has answered it.
    let wallet = Router::new()
        .merge(users::router())
        .merge(sessions::router())
        .merge(guests::router())
        .merge(user::router())
        .merge(company::router())
        .merge(payment_session::router())
        .merge(credit_cards::router())
        .method_not_allowed_fallback(wrong_method)
        .layer(from_fn_with_state(app.clone(), fault::strike))
        .layer(from_fn_with_state(app.clone(), cors::check))
        .layer(from_fn(headers::seal_api));
    let site = Router::new()
        .merge(holds::router())
        .merge(health::router())
        .merge(reports::router())
        .merge(faults::router(app.config.allow_faults))
        .method_not_allowed_fallback(wrong_method)
        .layer(from_fn(headers::seal_api));
    let page = Router::new()
        .merge(frame::router())
        .merge(asset::router())
        .method_not_allowed_fallback(wrong_method);
    Router::new()
        .nest(BASE, wallet)
        .merge(site)
        .merge(page)
        .fallback(nothing_here)
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(from_fn(bound))
        .layer(from_fn(leftover::drain))
        .layer(from_fn(headers::seal_all))
        .layer(from_fn(log::request))
        .with_state(app)
}

async fn nothing_here() -> (StatusCode, Json<ErrorBody>) {
    (
        StatusCode::NOT_FOUND,
        Json(ErrorBody::with_message("There is nothing at this address.")),
    )
}

async fn wrong_method() -> (StatusCode, Json<ErrorBody>) {
    (
        StatusCode::METHOD_NOT_ALLOWED,
        Json(ErrorBody::with_message(
            "This address doesn’t take that kind of request.",
        )),
    )
}

/// Gives up on a request that takes too long: a body that drips in, a gateway that hangs.
async fn bound(request: Request, next: Next) -> Response {
    match tokio::time::timeout(LONGEST_REQUEST, next.run(request)).await {
        Ok(response) => response,
        Err(_) => {
            let words = "That took too long. Please try again in a moment.";
            (
                StatusCode::SERVICE_UNAVAILABLE,
                Json(ErrorBody::with_message(words)),
            )
                .into_response()
        }
    }
}
