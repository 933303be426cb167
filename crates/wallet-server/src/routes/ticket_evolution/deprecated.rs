//! Card numbers are deprecated: every answer to a request that sends one says so, and until when they are taken.
//!
//! Around every route, outside of what answers a repeat: an answer that is given again says it again.

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderValue, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use card_entry_protocol::dialect::ticket_evolution::create::sends_card_number;
use time::OffsetDateTime;
use time::macros::format_description;

use super::seal::Signer;
use crate::clock::{Seconds, now};
use crate::error::ApiError;
use crate::read::LARGEST_BODY;

/// The vendor deprecated numbers "as of January 2024": RFC 9745.
const DEPRECATED_SINCE: HeaderValue = HeaderValue::from_static("@1704067200");

/// Marks the answer to a number.
pub(super) async fn mark(signer: Signer, request: Request, next: Next) -> Response {
    let keeps = request.uri().path().ends_with("/credit_cards");
    if !keeps || *request.method() != Method::POST {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    // It is one piece already, and not copied.
    let Ok(body) = axum::body::to_bytes(body, LARGEST_BODY).await else {
        return ApiError::TooLarge.into_response();
    };
    let by_number = sends_card_number(&body);
    let request = Request::from_parts(parts, Body::from(body));
    let mut response = next.run(request).await;
    if by_number {
        let headers = response.headers_mut();
        headers.insert("deprecation", DEPRECATED_SINCE);
        if let Some(sunset) = sunset(signer.numbers_end().unwrap_or_else(now)) {
            headers.insert("sunset", sunset);
        }
    }
    response
}

/// When numbers are taken no more, as RFC 8594 writes it.
fn sunset(end: Seconds) -> Option<HeaderValue> {
    let form = format_description!(
        "[weekday repr:short], [day] [month repr:short] [year] [hour]:[minute]:[second] GMT"
    );
    let end = OffsetDateTime::from_unix_timestamp(end).ok()?;
    HeaderValue::from_str(&end.format(&form).ok()?).ok()
}
