//! `GET /api/config`: where the wallet is; public.

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use booking_page::api::SiteConfig;

use super::Site;

pub(super) fn router() -> Router<Site> {
    Router::new().route("/config", get(show))
}

async fn show(State(site): State<Site>) -> Json<SiteConfig> {
    Json(site.config)
}
