//! Serves one router on one listener until the sandbox stops. Used by [`crate::sandbox`].
//!
//! It uses hyper directly instead of axum, because a fault must be able to close a connection without a response.

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use hyper::body::{Frame, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::time::Sleep;
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt as _;

/// How long running requests may take after the stop signal. Requests that a fault lets hang never end.
const SHUTDOWN_GRACE: Duration = Duration::from_secs(1);

const TLS_HANDSHAKE_TIMEOUT: Duration = Duration::from_secs(10);

/// How long to wait after a connection could not be accepted.
const ACCEPT_RETRY_INTERVAL: Duration = Duration::from_millis(100);

/// Marks a response that must not be sent.
#[derive(Clone, Copy, Debug)]
struct ConnectionDropped;

/// A response that is not sent; its connection is closed instead.
#[must_use]
pub fn drop_connection() -> Response {
    let mut response = ().into_response();
    response.extensions_mut().insert(ConnectionDropped);
    response
}

/// The response with half of its body; then the connection is closed. `Content-Length` is that of the whole body, so
/// that the client detects the missing half.
pub async fn truncate_body(response: Response) -> Response {
    let (parts, body) = response.into_parts();
    let Ok(whole) = to_bytes(body, usize::MAX).await else {
        return drop_connection();
    };
    let half = whole.slice(..whole.len() / 2);
    let mut response = Response::from_parts(parts, Body::new(HalfBody::new(half)));
    let length = HeaderValue::from(whole.len());
    response
        .headers_mut()
        .insert(header::CONTENT_LENGTH, length);
    response
}

/// How long the connection stays open after the half body, so that it is sent.
const TRUNCATION_DELAY: Duration = Duration::from_millis(50);

/// A body that sends its bytes and then fails.
struct HalfBody {
    half: Option<Bytes>,
    end: Pin<Box<Sleep>>,
}

impl HalfBody {
    fn new(half: Bytes) -> Self {
        Self {
            half: Some(half),
            end: Box::pin(tokio::time::sleep(TRUNCATION_DELAY)),
        }
    }
}

impl hyper::body::Body for HalfBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if let Some(half) = self.half.take() {
            return Poll::Ready(Some(Ok(Frame::data(half))));
        }
        self.end
            .as_mut()
            .poll(context)
            .map(|()| Some(Err(io::Error::from(io::ErrorKind::ConnectionReset))))
    }
}

#[derive(Clone)]
pub enum Transport {
    Plain,
    Tls(TlsAcceptor),
}

/// Serves `router` until `stop` changes or its sender is dropped.
pub async fn serve(
    listener: TcpListener,
    transport: Transport,
    router: Router,
    mut stop: watch::Receiver<bool>,
) {
    let graceful = GracefulShutdown::new();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stop.changed() => break,
        };
        let stream = match accepted {
            Ok((stream, _)) => stream,
            Err(error) => {
                tracing::warn!(%error, "accepting a connection failed");
                // The process is probably out of file descriptors, so an immediate retry would fail again.
                tokio::time::sleep(ACCEPT_RETRY_INTERVAL).await;
                continue;
            }
        };
        let (router, watcher) = (router.clone(), graceful.watcher());
        match &transport {
            Transport::Plain => {
                tokio::spawn(serve_connection(stream, router, watcher));
            }
            Transport::Tls(acceptor) => {
                let handshake = acceptor.accept(stream);
                tokio::spawn(async move {
                    match tokio::time::timeout(TLS_HANDSHAKE_TIMEOUT, handshake).await {
                        Ok(Ok(stream)) => serve_connection(stream, router, watcher).await,
                        Ok(Err(error)) => tracing::debug!(%error, "TLS handshake failed"),
                        Err(_) => tracing::debug!("TLS handshake timed out"),
                    }
                });
            }
        }
    }
    // Requests that still run after the grace period end with the runtime.
    let _ = tokio::time::timeout(SHUTDOWN_GRACE, graceful.shutdown()).await;
}

async fn serve_connection<S>(stream: S, router: Router, watcher: Watcher)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let router = router.clone();
        async move {
            let response = match router.oneshot(request.map(Body::new)).await {
                Ok(response) => response,
                Err(never) => match never {},
            };
            match response.extensions().get::<ConnectionDropped>() {
                Some(ConnectionDropped) => Err(io::Error::from(io::ErrorKind::ConnectionAborted)),
                None => Ok(response),
            }
        }
    });
    let connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
    if let Err(error) = watcher.watch(connection).await {
        tracing::debug!(%error, "connection closed early");
    }
}
