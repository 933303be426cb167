//! Adds `Deprecation` and `Sunset` headers to every response to a raw card number.
//!
//! A layer around every route, outside of the replay protection, so that a replayed response has the headers, too. It must
//! never copy the body, which contains the number.

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderValue, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use card_entry_protocol::dialect::ticket_evolution::create::sends_card_number;
use time::OffsetDateTime;
use time::macros::format_description;

use super::request_signature::SignedCaller;
use crate::clock::{Seconds, now};
use crate::error::ApiError;
use crate::extract::MAX_BODY_BYTES;

/// The vendor deprecated raw numbers "as of January 2024". The format is that of RFC 9745.
const DEPRECATED_SINCE: HeaderValue = HeaderValue::from_static("@1704067200");

pub(super) async fn add_headers(caller: SignedCaller, request: Request, next: Next) -> Response {
    let saves_cards = request.uri().path().ends_with("/credit_cards");
    if !saves_cards || *request.method() != Method::POST {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    // The body is in one piece already, so that this does not copy it.
    let Ok(body) = axum::body::to_bytes(body, MAX_BODY_BYTES).await else {
        return ApiError::BodyTooLarge.into_response();
    };
    let by_number = sends_card_number(&body);
    let request = Request::from_parts(parts, Body::from(body));
    let mut response = next.run(request).await;
    if by_number {
        let headers = response.headers_mut();
        headers.insert("deprecation", DEPRECATED_SINCE);
        if let Some(sunset) = sunset(caller.raw_numbers_end().unwrap_or_else(now)) {
            headers.insert("sunset", sunset);
        }
    }
    response
}

/// The time from which raw numbers are refused, in the format of RFC 8594.
fn sunset(end: Seconds) -> Option<HeaderValue> {
    let format = format_description!(
        "[weekday repr:short], [day] [month repr:short] [year] [hour]:[minute]:[second] GMT"
    );
    let end = OffsetDateTime::from_unix_timestamp(end).ok()?;
    HeaderValue::from_str(&end.format(&format).ok()?).ok()
}
