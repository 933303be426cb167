//! Serves the requests of one connection with hyper, and closes it when it waits too long.
//!
//! Spawned for each accepted connection. It must never close a connection whose request is in progress: at a stop the
//! request is finished first.

use std::future::poll_fn;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tower::ServiceExt;

use super::handshake::accept_tls;
use super::registry::RegisteredConnection;
use super::tracked_stream::TrackedStream;
use crate::config::{ConnectionLimits, TlsCertificate};

/// A connection within the bounds, and what serves it.
#[derive(Debug)]
pub(super) struct ClientConnection {
    pub(super) stream: TcpStream,
    pub(super) peer: SocketAddr,
    pub(super) registered: RegisteredConnection,
    pub(super) router: Router,
    pub(super) limits: ConnectionLimits,
    pub(super) stopped: watch::Receiver<bool>,
    /// `None`: plain HTTP.
    pub(super) tls: Option<TlsCertificate>,
}

/// The stream of a connection, encrypted or not.
trait ByteStream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<S: AsyncRead + AsyncWrite + Send + Unpin> ByteStream for S {}

/// Serves the connection to its end.
pub(super) async fn serve_connection(connection: ClientConnection) {
    let ClientConnection {
        stream,
        peer,
        registered,
        router,
        limits,
        mut stopped,
        tls,
    } = connection;
    let activity = registered.activity();
    let stream = TrackedStream::new(stream, Arc::clone(activity));
    let stream: Box<dyn ByteStream> = match tls {
        None => Box::new(stream),
        Some(tls) => {
            match accept_tls(&tls.acceptor(), stream, activity, &limits, &mut stopped).await {
                Some(stream) => Box::new(stream),
                None => return,
            }
        }
    };
    let of_service = Arc::clone(activity);
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let (router, activity) = (router.clone(), Arc::clone(&of_service));
        async move {
            activity.on_request();
            let mut request = request.map(Body::new);
            request.extensions_mut().insert(ConnectInfo(peer));
            let response = router.oneshot(request).await;
            activity.on_response();
            response
        }
    });
    let mut http = pin!(http1::Builder::new().serve_connection(TokioIo::new(stream), service));
    let mut timer = pin!(tokio::time::sleep(limits.header_timeout));
    let mut closing = false;
    loop {
        // The phase changes only while hyper is polled, so that the timer always has the deadline of the current phase.
        let ended = poll_fn(|task| {
            if let Poll::Ready(served) = http.as_mut().poll(task) {
                if let Err(error) = served {
                    tracing::debug!(%error, "connection closed early");
                }
                return Poll::Ready(());
            }
            let Some(deadline) = activity.deadline(&limits) else {
                return Poll::Pending;
            };
            if timer.deadline() != deadline {
                timer.as_mut().reset(deadline);
            }
            timer.as_mut().poll(task)
        });
        tokio::select! {
            biased;
            () = ended => break,
            () = activity.close_requested(), if !closing => {}
            _ = stopped.changed(), if !closing => {}
        }
        closing = true;
        // hyper reads once more, so that a request that has arrived is not taken for a connection that waits.
        activity.begin_closing();
        let served = poll_fn(|task| Poll::Ready(http.as_mut().poll(task))).await;
        // hyper closes an idle connection at once, but it would wait for the rest of a first head.
        if served.is_ready() || activity.expects_head() {
            break;
        }
        http.as_mut().graceful_shutdown();
    }
}
