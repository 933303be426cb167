//! The health of the server, for monitoring and load balancers: `GET /livez`, `GET /readyz`, `GET /healthz`.
//!
//! `/livez` answers while the process runs. `/readyz` answers 200 when requests can be served. `/healthz` is the older
//! call, with the version. None of them is counted as a request in progress, so that they answer under load too. They
//! must never call the gateway, and `/livez` must never touch the database.

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};

use crate::app::App;
use crate::monitor::Readiness;

/// The older call, which runs like the other routes of this server.
pub(super) fn router() -> Router<App> {
    Router::new().route("/healthz", get(check))
}

pub(super) fn probes() -> Router<App> {
    Router::new()
        .route("/livez", get(live))
        .route("/readyz", get(ready))
}

async fn live() -> Json<Value> {
    Json(json!({"status": "alive"}))
}

async fn ready(State(app): State<App>) -> Readiness {
    Readiness::check(&app).await
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
