//! `GET /healthz`: whether the database responds.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;

use super::AppState;
use crate::booking::BookingService;

pub(super) fn router() -> Router<AppState> {
    Router::new().route("/healthz", get(check))
}

async fn check(State(bookings): State<BookingService>) -> (StatusCode, &'static str) {
    match bookings.store.ping().await {
        Ok(()) => (StatusCode::OK, "ok\n"),
        Err(_) => (
            StatusCode::SERVICE_UNAVAILABLE,
            "the database does not answer\n",
        ),
    }
}
