//! `GET /healthz`: whether the database responds, whether the frame is built, and the server's version.
//!
//! Called by monitoring. It must never call the gateway.

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};

use crate::app::App;

pub(super) fn router() -> Router<App> {
    Router::new().route("/healthz", get(check))
}

async fn check(State(app): State<App>) -> (StatusCode, Json<Value>) {
    let version = env!("CARGO_PKG_VERSION");
    let frame = app.dist.is_built();
    match app.store.ping().await {
        Ok(()) => (
            StatusCode::OK,
            Json(json!({"status": "ok", "database": true, "frame": frame, "version": version})),
        ),
        Err(error) => {
            tracing::warn!(%error, "health check failed: the database does not respond");
            let body = json!({"status": "unavailable", "database": false, "frame": frame, "version": version});
            (StatusCode::SERVICE_UNAVAILABLE, Json(body))
        }
    }
}
