//! Whether the server can serve requests: it is not stopping, the database responds, and the frame was found.
//!
//! Called by `GET /readyz`, of the server and of the metrics address. It must never write to the database, and never wait
//! longer than [`TIMEOUT`].

use std::time::Duration;

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;
use tokio::time::timeout;

use crate::app::App;

/// The time that the database has to answer. Load balancers give up after a few seconds.
const TIMEOUT: Duration = Duration::from_secs(2);

/// The parts that are not ready. None means that the server is ready.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Readiness(Vec<&'static str>);

impl Readiness {
    /// A server that does not run yet or no longer.
    pub(super) fn stopped() -> Self {
        Self(vec!["server"])
    }

    /// Checks the parts, each for itself.
    pub async fn check(app: &App) -> Self {
        let mut missing = Vec::new();
        if app.config.monitor.is_stopping() {
            missing.push("server");
        }
        match timeout(TIMEOUT, app.store.ping()).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => {
                tracing::warn!(%error, "not ready: the database does not respond");
                missing.push("database");
            }
            Err(_) => {
                tracing::warn!("not ready: the database does not respond in time");
                missing.push("database");
            }
        }
        let braintree_dist = app.braintree_dist.as_ref();
        if !app.dist.is_built() || braintree_dist.is_some_and(|dist| !dist.is_built()) {
            missing.push("frame");
        }
        Self(missing)
    }
}

impl IntoResponse for Readiness {
    fn into_response(self) -> Response {
        let (status, text) = if self.0.is_empty() {
            (StatusCode::OK, "ready")
        } else {
            (StatusCode::SERVICE_UNAVAILABLE, "not_ready")
        };
        (status, Json(json!({"status": text, "not_ready": self.0}))).into_response()
    }
}
