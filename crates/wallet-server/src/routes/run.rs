//! Runs each request in a task of its own, to its end, whoever still listens; answers for it when it takes too long or
//! panics.
//!
//! Around every route, inside the layers that give an answer its shape and its CORS headers: what is answered here is
//! read by the caller like any other refusal. What changes something must not stop half-way because a connection was
//! lost: its answer is kept for whoever asks again. It must never begin a request that has not arrived whole.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tokio::sync::oneshot;
use tokio::time::timeout;
use tracing::Instrument;

use super::body;
use crate::app::App;
use crate::error::ApiError;

/// Answers when the request has ended, or when the time for it is over; the request goes on.
pub(super) async fn to_completion(
    State((app, max_body_bytes)): State<(App, usize)>,
    request: Request,
    next: Next,
) -> Response {
    let answered = answer(&app, max_body_bytes, request, next);
    match timeout(app.config.request_timeout, answered).await {
        Ok(Ok(response)) => response,
        Ok(Err(error)) => error.into_response(),
        Err(_) => ApiError::TimedOut.into_response(),
    }
}

async fn answer(
    app: &App,
    max_body_bytes: usize,
    request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    let (parts, body) = request.into_parts();
    let body = body::read(body, max_body_bytes).await?;
    let request = Request::from_parts(parts, Body::from(body));
    let under_way = app.tasks.begin()?;
    let (send, answer) = oneshot::channel();
    let work = async move {
        let response = next.run(request).await;
        let status = response.status().as_u16();
        if send.send(response).is_err() {
            tracing::info!(
                status,
                "request completed after its caller had left or its time was over"
            );
        }
        drop(under_way);
    };
    tokio::spawn(work.instrument(tracing::Span::current()));
    // The sender is dropped unused only by a panic, which the runtime has caught and the hook has written down.
    let answer = answer.await;
    answer.map_err(|_| ApiError::Broken("a request panicked".to_owned()))
}
