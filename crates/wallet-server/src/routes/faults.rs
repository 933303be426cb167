//! `POST /__faults` and `DELETE /__faults`: inject faults into this server's responses.
//!
//! For tests in development. The routes must never exist unless `allow_faults` is set.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;

use crate::app::App;
use crate::extract::Json;
use crate::fault::InjectedFault;

pub(super) fn router(allowed: bool) -> Router<App> {
    if allowed {
        Router::new().route("/__faults", post(add).delete(clear))
    } else {
        Router::new()
    }
}

async fn add(State(app): State<App>, Json(fault): Json<InjectedFault>) -> StatusCode {
    app.faults.add(fault);
    StatusCode::NO_CONTENT
}

async fn clear(State(app): State<App>) -> StatusCode {
    app.faults.clear();
    StatusCode::NO_CONTENT
}
