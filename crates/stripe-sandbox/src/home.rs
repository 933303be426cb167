//! The page for people at the root of the API origin: the cards, the faults, the last requests.

use crate::world::World;
use axum::extract::State;
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use std::sync::Arc;

const HOME: &str = include_str!("../script/home/home.html");
const SCRIPT: &str = include_str!("../script/home/home.js");
const STYLE: &str = include_str!("../script/home/home.css");

/// The page draws what came over the wire, so it may run nothing but its own script.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; \
                      form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

/// `GET /`.
pub async fn show(State(world): State<Arc<World>>) -> Response {
    let headers = [
        (header::CACHE_CONTROL, "no-store"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
    ];
    (headers, Html(world.origins.fill(HOME))).into_response()
}

/// `GET /sandbox/home.js`.
pub async fn script() -> Response {
    (
        [
            (header::CONTENT_TYPE, "text/javascript"),
            (header::CACHE_CONTROL, "no-store"),
        ],
        SCRIPT,
    )
        .into_response()
}

/// `GET /sandbox/home.css`.
pub async fn style() -> Response {
    (
        [
            (header::CONTENT_TYPE, "text/css"),
            (header::CACHE_CONTROL, "no-store"),
        ],
        STYLE,
    )
        .into_response()
}
