//! One line per request: what was asked by its route, never by its address, and how it went.
//!
//! Around everything. No query, no path parameter, no header and no body is logged: they hold tokens, card ids and
//! addresses of people.

use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::http::HeaderValue;
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument;

/// Draws an id, hands it out as `x-request-id`, and writes the line.
pub async fn request(request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = draw_id();
    let method = request.method().clone();
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("-", MatchedPath::as_str)
        .to_owned();
    let span = tracing::info_span!("request", id);
    let mut response = next.run(request).instrument(span.clone()).await;
    let (status, ms) = (response.status().as_u16(), started.elapsed().as_millis());
    span.in_scope(|| tracing::info!(%method, route, status, ms, "answered"));
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert("x-request-id", value);
    }
    response
}

/// Letters only: hexadecimal ids now and then hold thirteen digits that pass for a card number, and a search of the log
/// for card numbers must find nothing but card numbers.
fn draw_id() -> String {
    let mut bytes = [0u8; 16];
    // Without randomness the lines of two requests look alike; nothing else depends on it.
    let _ = getrandom::fill(&mut bytes);
    bytes
        .iter()
        .map(|byte| char::from(b'a' + byte % 26))
        .collect()
}
