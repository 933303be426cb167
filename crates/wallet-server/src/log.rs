//! Writes one log line per request: method, route, status, duration and request id, or that the client disconnected. The
//! same values are counted for the metrics.
//!
//! A layer around everything. It must never log a query, a path parameter, a header or a body: they contain tokens, card
//! ids and people's addresses.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument;

use crate::audit;
use crate::config::{IpRange, ServerConfig};
use crate::monitor::{FinishedRequest, Monitor};
use crate::request_id::RequestId;

/// The route in the log of a request that matches none.
const NO_ROUTE: &str = "-";

/// What the layer needs of the server.
#[derive(Debug, Clone)]
pub struct RequestObserver {
    trusted_proxies: Arc<[IpRange]>,
    monitor: Monitor,
    system_of: fn(&str) -> &'static str,
}

impl RequestObserver {
    /// Makes an observer of the requests of a server. `system_of` is the wallet system of a route, for the metrics.
    #[must_use]
    pub fn new(config: &ServerConfig, system_of: fn(&str) -> &'static str) -> Self {
        Self {
            trusted_proxies: config.trusted_proxies.as_slice().into(),
            monitor: config.monitor.clone(),
            system_of,
        }
    }
}

/// Gives a request its id, returns it with the response, and writes the log line.
pub async fn log_request(
    State(observer): State<RequestObserver>,
    mut request: Request,
    next: Next,
) -> Response {
    let started = Instant::now();
    let id = RequestId::of(&request, &observer.trusted_proxies);
    request.extensions_mut().insert(id.clone());
    let route = request.extensions().get::<MatchedPath>();
    let route = route.map(|route| route.as_str().to_owned());
    let account = tracing::field::Empty;
    // At the level of errors, so that warnings have the id even if only they are logged.
    let span = tracing::error_span!("request", id = id.as_str(), account);
    let mut line = RequestLogLine {
        span: span.clone(),
        observer,
        method: request.method().clone(),
        route,
        started,
        status: None,
    };
    let response = next.run(request).instrument(span).await;
    let response = id.add_to(response).await;
    line.status = Some(response.status().as_u16());
    response
}

/// Adds the account of the current request to its log lines and audit events. Call it once the caller is authenticated.
pub fn record_account(id: i64) {
    tracing::Span::current().record("account", id);
    audit::record_account(id);
}

/// The log line of a request. It is written when it is dropped: after the response, when the client disconnects, or when
/// a layer panics.
#[derive(Debug)]
struct RequestLogLine {
    span: tracing::Span,
    observer: RequestObserver,
    method: Method,
    route: Option<String>,
    started: Instant,
    status: Option<u16>,
}

impl Drop for RequestLogLine {
    fn drop(&mut self) {
        let duration = self.started.elapsed();
        let template = self.route.as_deref();
        let metrics = self.observer.monitor.metrics();
        metrics.count_request(&FinishedRequest {
            system: (self.observer.system_of)(template.unwrap_or_default()),
            route: template,
            method: self.method.as_str(),
            status: self.status,
            duration,
        });
        let (method, route) = (&self.method, template.unwrap_or(NO_ROUTE));
        let ms = u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
        self.span.in_scope(|| match self.status {
            Some(status) => tracing::info!(%method, route, status, ms, "request answered"),
            None if std::thread::panicking() => {
                tracing::error!(%method, route, ms, "request panicked without a response");
            }
            None => tracing::info!(%method, route, ms, "client disconnected before the response"),
        });
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::io::{Result, Write};
    use std::sync::{Arc, Mutex};

    use axum::Router;
    use axum::middleware::from_fn_with_state;
    use axum::routing::get;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::{TcpListener, TcpStream};

    #[derive(Clone, Default)]
    struct Log(Arc<Mutex<Vec<u8>>>);

    impl Log {
        fn text(&self) -> String {
            String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
        }
    }

    impl Write for Log {
        fn write(&mut self, bytes: &[u8]) -> Result<usize> {
            Write::write(&mut *self.0.lock().unwrap(), bytes)
        }
        fn flush(&mut self) -> Result<()> {
            Ok(())
        }
    }

    #[tokio::test]
    async fn each_request_has_one_line_even_if_its_client_disconnects() {
        let log = Log::default();
        let writer = log.clone();
        let lines = tracing_subscriber::fmt()
            .with_ansi(false)
            .with_writer(move || writer.clone())
            .finish();
        let _here = tracing::subscriber::set_default(lines);
        let observer = super::RequestObserver {
            trusted_proxies: [].into(),
            monitor: crate::monitor::Monitor::default(),
            system_of: |_| "server",
        };
        let app = Router::new()
            .route("/quick/{id}", get(async || "done"))
            .route("/slow", get(std::future::pending::<()>))
            .layer(from_fn_with_state(observer, super::log_request));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move { axum::serve(listener, app).await });
        for path in ["/quick/secret", "/slow"] {
            let mut caller = TcpStream::connect(address).await.unwrap();
            let head = format!("GET {path} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n");
            caller.write_all(head.as_bytes()).await.unwrap();
            if path == "/slow" {
                tokio::task::yield_now().await;
                caller.shutdown().await.unwrap();
            }
            let mut answer = Vec::new();
            // A reset also ends the connection.
            let _ = caller.read_to_end(&mut answer).await;
        }
        let log = log.text();
        assert_eq!(log.matches("request answered").count(), 1, "{log}");
        assert_eq!(
            log.matches("client disconnected before the response")
                .count(),
            1,
            "{log}"
        );
        assert!(
            log.contains("/quick/{id}") && log.contains("/slow"),
            "{log}"
        );
        assert!(!log.contains("secret"), "{log}");
    }
}
