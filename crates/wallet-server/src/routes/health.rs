//! The health of the server, for monitoring and load balancers: `GET /livez`, `GET /readyz`, `GET /healthz`.
//!
//! `/livez` answers while the process runs. `/readyz` answers 200 when requests can be served. `/healthz` is the older
//! call, with the version. `/healthz/client` is for `wallet-server doctor`. None of them is counted as a request in progress, so that they answer under load too. They
//! must never call the gateway, and `/livez` must never touch the database.

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};

use crate::app::App;
use crate::client_ip::ClientIp;
use crate::monitor::Readiness;

/// The older call, which runs like the other routes of this server.
pub(super) fn router() -> Router<App> {
    Router::new().route("/healthz", get(check))
}

/// Where `wallet-server doctor` asks whether an address that it invents is believed.
pub(crate) const CLIENT_CHECK_PATH: &str = "/healthz/client";

/// An address that no client has: RFC 5737.
pub(crate) const DOCUMENTATION_ADDRESS: &str = "192.0.2.77";

pub(super) fn probes() -> Router<App> {
    Router::new()
        .route(CLIENT_CHECK_PATH, get(check_client))
        .route("/livez", get(live))
        .route("/readyz", get(ready))
}

/// Whether the client is taken for the address that no client has. It shows no address, not even the client's own.
async fn check_client(ClientIp(ip): ClientIp) -> Json<Value> {
    Json(json!({"documentation_address": ip.to_string() == DOCUMENTATION_ADDRESS}))
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
