//! Runs each request in a task of its own, to its end, even if its client disconnects. Handles timeouts and panics.
//!
//! A layer around every route, inside of the error and CORS layers. A write must not stop half-way because the connection
//! was lost; its response is stored for a repeat. It must never start a request whose body has not arrived whole.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{FromRequestParts, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tokio::sync::oneshot;
use tokio::time::timeout;
use tracing::Instrument;
use wallet_store::audit_events::Actor;

use super::request_body;
use crate::app::App;
use crate::audit::{self, RequestOrigin};
use crate::client_network::ClientNetwork;
use crate::error::ApiError;
use crate::request_id::RequestId;

/// What the layer needs to know of its routes.
#[derive(Debug, Clone)]
pub(super) struct RunLimits {
    pub app: App,
    pub max_body_bytes: usize,
    /// Who sends the requests, for the audit trail.
    pub actor: Actor,
}

/// Returns the response, or 503 when the request times out. The request still runs to its end.
pub(super) async fn to_completion(
    State(limits): State<RunLimits>,
    request: Request,
    next: Next,
) -> Response {
    let app = limits.app.clone();
    let response = run(&limits, request, next);
    match timeout(app.config.request_timeout, response).await {
        Ok(Ok(response)) => response,
        Ok(Err(error)) => error.into_response(),
        Err(_) => ApiError::TimedOut.into_response(),
    }
}

async fn run(limits: &RunLimits, request: Request, next: Next) -> Result<Response, ApiError> {
    let app = &limits.app;
    let (mut parts, body) = request.into_parts();
    let body = request_body::read(body, limits.max_body_bytes).await?;
    let network = ClientNetwork::from_request_parts(&mut parts, app)
        .await
        .ok();
    let id = parts.extensions.get::<RequestId>();
    let instance = app.store.instance();
    let origin = RequestOrigin::of_request(limits.actor, id, network.as_ref(), instance);
    let request = Request::from_parts(parts, Body::from(body));
    let task = app.tasks.start()?;
    let (send, response) = oneshot::channel();
    let app = app.clone();
    let work = async move {
        let response = next.run(request).await;
        if let Some(error) = response.extensions().get::<Arc<ApiError>>() {
            audit::record_refusal(&app, error).await;
        }
        let status = response.status().as_u16();
        if send.send(response).is_err() {
            tracing::info!(
                status,
                "request completed after its client disconnected or it timed out"
            );
        }
        drop(task);
    };
    tokio::spawn(origin.scope(work).instrument(tracing::Span::current()));
    // Only a panic drops the sender unused. The runtime caught it and the panic hook logged it.
    let response = response.await;
    response.map_err(|_| ApiError::Internal("the request panicked".to_owned()))
}
