//! The page for people at the root of the API origin: the cards, the faults, the last requests.

use crate::world::World;
use axum::extract::State;
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use std::sync::Arc;

const HOME: &str = include_str!("../script/home/home.html");

/// `GET /`.
pub async fn show(State(world): State<Arc<World>>) -> Response {
    (
        [(header::CACHE_CONTROL, "no-store")],
        Html(world.origins.fill(HOME)),
    )
        .into_response()
}
