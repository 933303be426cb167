//! What is left of a request's body when its answer is ready: read and thrown away, within bounds.
//!
//! Wrapped around every route. A connection closed on a body that is still being written is reset, and the reset can
//! overtake the answer: the caller then reads "broken pipe" in place of the 413 that was meant for it. It must never
//! keep a byte, and never read more than `MOST` or for longer than `LONGEST`.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use http_body::{Body as _, Frame, SizeHint};

/// Past this the caller is not honest, and may read what it will.
const MOST: usize = 8 * 1024 * 1024;

/// A body that drips is not waited for.
const LONGEST: Duration = Duration::from_secs(2);

/// Answers, then reads the rest of the body before the answer is sent.
pub async fn drain(request: Request, next: Next) -> Response {
    if request.body().is_end_stream() {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let mut body = Shared(Arc::new(Mutex::new(body)));
    let response = next
        .run(Request::from_parts(parts, Body::new(body.clone())))
        .await;
    // Whether it ended, broke or took too long: the answer goes out all the same.
    let _ = tokio::time::timeout(LONGEST, body.throw_away()).await;
    response
}

/// One body in two hands: the route's, and after it ours.
#[derive(Debug, Clone)]
struct Shared(Arc<Mutex<Body>>);

impl Shared {
    async fn throw_away(&mut self) {
        let mut read = 0;
        while read < MOST && !self.is_end_stream() {
            match std::future::poll_fn(|task| Pin::new(&mut *self).poll_frame(task)).await {
                Some(Ok(frame)) => read += frame.data_ref().map_or(0, Bytes::len),
                Some(Err(_)) | None => return,
            }
        }
    }
}

impl http_body::Body for Shared {
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

    /// Bytes written before the answer is read, as a client does that sends its whole body first.
    async fn answer_to(length: usize) -> std::io::Result<String> {
        let app = Router::new()
            .route("/", post(async || "unread"))
            .layer(from_fn(super::drain));
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
        let mut answer = String::new();
        caller.read_to_string(&mut answer).await?;
        server.abort();
        Ok(answer)
    }

    #[tokio::test]
    async fn who_writes_all_before_reading_gets_the_answer() {
        for _ in 0..20 {
            assert!(
                answer_to(5 * 1024 * 1024)
                    .await
                    .unwrap()
                    .ends_with("unread")
            );
        }
    }

    #[tokio::test]
    async fn what_never_ends_is_not_read_to_the_end() {
        assert!(answer_to(64 * 1024 * 1024).await.is_err());
    }
}
