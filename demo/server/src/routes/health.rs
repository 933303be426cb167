//! `GET /healthz`: whether this server can do its work.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;

use super::Site;
use crate::booking::Desk;

pub(super) fn router() -> Router<Site> {
    Router::new().route("/healthz", get(check))
}

async fn check(State(desk): State<Desk>) -> (StatusCode, &'static str) {
    match desk.store.ping().await {
        Ok(()) => (StatusCode::OK, "ok\n"),
        Err(_) => (
            StatusCode::SERVICE_UNAVAILABLE,
            "the database does not answer\n",
        ),
    }
}
