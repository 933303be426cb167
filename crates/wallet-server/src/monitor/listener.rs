//! Serves `GET /metrics`, and the two probes, at an address of their own.
//!
//! Started by `main` before the server, and stopped with the process, so that the probes answer while the server stops. It
//! has no authentication: it must never serve anything of a person, an account or a card.

use std::io;
use std::net::SocketAddr;

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::{Monitor, Readiness, scrape};

/// The address of the metrics cannot be listened on.
#[derive(Debug, thiserror::Error)]
#[error("metrics_listen: {0} cannot be listened on ({1}); choose another address")]
pub struct MetricsListenFailed(SocketAddr, io::Error);

/// The running listener. It stops when this is dropped.
#[derive(Debug)]
pub struct MetricsServer {
    address: SocketAddr,
    serving: JoinHandle<()>,
}

impl Drop for MetricsServer {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl MetricsServer {
    /// Binds the address and serves the metrics of the monitor's server.
    ///
    /// # Errors
    /// The address is in use, or is not an address of this machine.
    pub async fn start(listen: SocketAddr, monitor: Monitor) -> Result<Self, MetricsListenFailed> {
        let failed = |error| MetricsListenFailed(listen, error);
        let listener = TcpListener::bind(listen).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let router = Router::new()
            .route("/metrics", get(metrics))
            .route("/livez", get(live))
            .route("/readyz", get(ready))
            .with_state(monitor);
        let serving = tokio::spawn(async move {
            if let Err(error) = axum::serve(listener, router).await {
                tracing::error!(%error, "metrics are no longer served");
            }
        });
        tracing::info!(metrics = %address, "serving metrics");
        Ok(Self { address, serving })
    }

    /// The address that the metrics are served at.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

async fn metrics(State(monitor): State<Monitor>) -> Response {
    match scrape::text(&monitor).await {
        Ok(text) => ([(header::CONTENT_TYPE, prometheus::TEXT_FORMAT)], text).into_response(),
        Err(error) => {
            tracing::error!(%error, "metrics cannot be written");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

async fn live() -> StatusCode {
    StatusCode::OK
}

async fn ready(State(monitor): State<Monitor>) -> Readiness {
    match monitor.app() {
        Some(app) => Readiness::check(&app).await,
        None => Readiness::stopped(),
    }
}
