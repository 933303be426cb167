//! Writes one log line per request: method, route, status and duration, or that the client disconnected.
//!
//! A layer around everything. It must never log a query, a path parameter, a header or a body: they contain tokens, card
//! ids and people's addresses.

use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderValue, Method};
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument;

/// Generates a request id, returns it as `x-request-id`, and writes the log line.
pub async fn log_request(request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = generate_id();
    let method = request.method().clone();
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("-", MatchedPath::as_str)
        .to_owned();
    let span = tracing::info_span!("request", id);
    let mut line = RequestLogLine {
        span: span.clone(),
        method,
        route,
        started,
        status: None,
    };
    let mut response = next.run(request).instrument(span).await;
    line.status = Some(response.status().as_u16());
    drop(line);
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert("x-request-id", value);
    }
    response
}

/// The log line of a request. It is written when it is dropped: after the response, or when the client disconnects.
#[derive(Debug)]
struct RequestLogLine {
    span: tracing::Span,
    method: Method,
    route: String,
    started: Instant,
    status: Option<u16>,
}

impl Drop for RequestLogLine {
    fn drop(&mut self) {
        let (method, route) = (&self.method, &self.route);
        let ms = self.started.elapsed().as_millis();
        self.span.in_scope(|| match self.status {
            Some(status) => tracing::info!(%method, route, status, ms, "request answered"),
            None => tracing::info!(%method, route, ms, "client disconnected before the response"),
        });
    }
}

/// Letters only: a hexadecimal id can contain thirteen digits that look like a card number, and a search of the log for
/// card numbers must have no false hits.
fn generate_id() -> String {
    let mut bytes = [0u8; 16];
    // Without randomness two requests have the same id. Nothing else depends on it.
    let _ = getrandom::fill(&mut bytes);
    bytes
        .iter()
        .map(|byte| char::from(b'a' + byte % 26))
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::io::{Result, Write};
    use std::sync::{Arc, Mutex};

    use axum::Router;
    use axum::middleware::from_fn;
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
        let app = Router::new()
            .route("/quick/{id}", get(async || "done"))
            .route("/slow", get(std::future::pending::<()>))
            .layer(from_fn(super::log_request));
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
