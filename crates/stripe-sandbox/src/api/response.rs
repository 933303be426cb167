//! The headers of every response, and the response to a CORS preflight. Used by `dispatch.rs`.

use super::Call;
use crate::idempotency::StatusAndBody;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::Value;

/// The response to a CORS preflight. Every origin is allowed, as at Stripe; the call itself checks what its key may do.
pub fn preflight(origin: Option<&HeaderValue>, request: &HeaderMap) -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    let headers = response.headers_mut();
    allow_origin(headers, origin);
    headers.insert(
        header::ACCESS_CONTROL_ALLOW_METHODS,
        HeaderValue::from_static("GET, POST, HEAD, OPTIONS, DELETE"),
    );
    if let Some(names) = request.get(header::ACCESS_CONTROL_REQUEST_HEADERS) {
        headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, names.clone());
    }
    headers.insert(
        header::ACCESS_CONTROL_MAX_AGE,
        HeaderValue::from_static("300"),
    );
    response
}

fn allow_origin(headers: &mut HeaderMap, origin: Option<&HeaderValue>) {
    if let Some(origin) = origin {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
        headers.insert(header::VARY, HeaderValue::from_static("Origin"));
    }
}

/// The id of the request with this number in the journal.
#[must_use]
pub fn request_id(number: u64) -> String {
    format!("req_{number:014}")
}

/// The response with all its headers. `replayed` is the id of the first request with the same idempotency key.
pub fn respond(
    (status, body): StatusAndBody,
    number: u64,
    call: Option<&Call>,
    replayed: Option<&str>,
    origin: Option<&HeaderValue>,
) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let is_lock_timeout =
        body.pointer("/error/code").and_then(Value::as_str) == Some("lock_timeout");
    let mut response = (status, body.to_string()).into_response();
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json"),
    );
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("no-cache, no-store"),
    );
    headers.insert(
        header::ACCESS_CONTROL_EXPOSE_HEADERS,
        HeaderValue::from_static(
            "Request-Id, Stripe-Manage-Version, Stripe-Version, Idempotent-Replayed, Stripe-Should-Retry",
        ),
    );
    allow_origin(headers, origin);
    let mut add = |name: &'static str, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    };
    add("request-id", &request_id(number));
    if let Some(call) = call {
        if let Some(version) = call.version {
            add("stripe-version", version.as_str());
        }
        call.idempotency_key
            .iter()
            .for_each(|key| add("idempotency-key", key));
        call.connected
            .iter()
            .for_each(|account| add("stripe-account", account));
    }
    if let Some(first) = replayed {
        add("idempotent-replayed", "true");
        add("original-request", first);
    }
    match status {
        StatusCode::CONFLICT => add("stripe-should-retry", "true"),
        StatusCode::TOO_MANY_REQUESTS if !is_lock_timeout => {
            add("stripe-rate-limited-reason", "global-rate")
        }
        StatusCode::TOO_MANY_REQUESTS => {}
        status if status.is_client_error() => add("stripe-should-retry", "false"),
        _ => {}
    }
    if status == StatusCode::UNAUTHORIZED {
        add("www-authenticate", "Bearer realm=\"Stripe\"");
    }
    response
}
