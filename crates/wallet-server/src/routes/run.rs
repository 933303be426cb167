//! Runs each request in a task of its own, to its end, even if its client disconnects. Handles timeouts and panics.
//!
//! A layer around every route, inside of the error and CORS layers. A write must not stop half-way because the connection
//! was lost; its response is stored for a repeat. It must never start a request whose body has not arrived whole.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tokio::sync::oneshot;
use tokio::time::timeout;
use tracing::Instrument;

use super::request_body;
use crate::app::App;
use crate::error::ApiError;

/// Returns the response, or 503 when the request times out. The request still runs to its end.
pub(super) async fn to_completion(
    State((app, max_body_bytes)): State<(App, usize)>,
    request: Request,
    next: Next,
) -> Response {
    let response = run(&app, max_body_bytes, request, next);
    match timeout(app.config.request_timeout, response).await {
        Ok(Ok(response)) => response,
        Ok(Err(error)) => error.into_response(),
        Err(_) => ApiError::TimedOut.into_response(),
    }
}

async fn run(
    app: &App,
    max_body_bytes: usize,
    request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    let (parts, body) = request.into_parts();
    let body = request_body::read(body, max_body_bytes).await?;
    let request = Request::from_parts(parts, Body::from(body));
    let task = app.tasks.start()?;
    let (send, response) = oneshot::channel();
    let work = async move {
        let response = next.run(request).await;
        let status = response.status().as_u16();
        if send.send(response).is_err() {
            tracing::info!(
                status,
                "request completed after its client disconnected or it timed out"
            );
        }
        drop(task);
    };
    tokio::spawn(work.instrument(tracing::Span::current()));
    // Only a panic drops the sender unused. The runtime caught it and the panic hook logged it.
    let response = response.await;
    response.map_err(|_| ApiError::Internal("the request panicked".to_owned()))
}
