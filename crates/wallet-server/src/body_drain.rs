//! Reads and discards the rest of a request body before the response is sent.
//!
//! A layer around every route. If the server closes a connection while the client still writes the body, TCP resets it,
//! and the client can lose the response: it then sees "broken pipe" and not the 413. It must never store the bytes, and
//! never read more than `MAX_DRAINED_BYTES` or for longer than `DRAIN_TIMEOUT`.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use http_body::{Body as _, Frame, SizeHint};

/// No real client sends more after its response is ready.
const MAX_DRAINED_BYTES: usize = 8 * 1024 * 1024;

/// The server does not wait longer for a slow client.
const DRAIN_TIMEOUT: Duration = Duration::from_secs(2);

/// Runs the route, then discards the rest of the body, then returns the response.
pub async fn drain_request_body(request: Request, next: Next) -> Response {
    if request.body().is_end_stream() {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let mut body = SharedBody(Arc::new(Mutex::new(body)));
    let response = next
        .run(Request::from_parts(parts, Body::new(body.clone())))
        .await;
    // The response is sent even if the body broke off or took too long.
    let _ = tokio::time::timeout(DRAIN_TIMEOUT, body.discard()).await;
    response
}

/// A body that the route reads first and the layer reads after it.
#[derive(Debug, Clone)]
struct SharedBody(Arc<Mutex<Body>>);

impl SharedBody {
    async fn discard(&mut self) {
        let mut read = 0;
        while read < MAX_DRAINED_BYTES && !self.is_end_stream() {
            match std::future::poll_fn(|task| Pin::new(&mut *self).poll_frame(task)).await {
                Some(Ok(frame)) => read += frame.data_ref().map_or(0, Bytes::len),
                Some(Err(_)) | None => return,
            }
        }
    }
}

impl http_body::Body for SharedBody {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        task: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let mut body = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Pin::new(&mut *body).poll_frame(task)
    }

    fn is_end_stream(&self) -> bool {
        let body = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        let body = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use axum::Router;
    use axum::middleware::from_fn;
    use axum::routing::post;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::{TcpListener, TcpStream};

    /// Sends a whole body of this length before it reads the response.
    async fn response_to_body_of(length: usize) -> std::io::Result<String> {
        let app = Router::new()
            .route("/", post(async || "unread"))
            .layer(from_fn(super::drain_request_body));
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let mut caller = TcpStream::connect(listener.local_addr()?).await?;
        let server = tokio::spawn(async move { axum::serve(listener, app).await });
        let head = format!(
            "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n"
        );
        caller.write_all(head.as_bytes()).await?;
        for _ in 0..length / 1024 {
            caller.write_all(&[b'a'; 1024]).await?;
        }
        let mut response = String::new();
        caller.read_to_string(&mut response).await?;
        server.abort();
        Ok(response)
    }

    #[tokio::test]
    async fn a_client_that_sends_its_whole_body_first_gets_the_response() {
        for _ in 0..20 {
            assert!(
                response_to_body_of(5 * 1024 * 1024)
                    .await
                    .unwrap()
                    .ends_with("unread")
            );
        }
    }

    #[tokio::test]
    async fn a_body_that_is_too_large_is_not_read_to_its_end() {
        assert!(response_to_body_of(64 * 1024 * 1024).await.is_err());
    }
}
