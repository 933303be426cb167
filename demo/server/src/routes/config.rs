//! `GET /api/config`: the wallet server's addresses; public.

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use booking_page::api::SiteConfig;

use super::AppState;

pub(super) fn router() -> Router<AppState> {
    Router::new().route("/config", get(show))
}

async fn show(State(state): State<AppState>) -> Json<SiteConfig> {
    Json(state.config)
}
