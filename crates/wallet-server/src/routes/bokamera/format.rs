//! Refuses requests for another format than JSON, in each of the ways that ServiceStack has to ask for one.
//!
//! A layer around every BokaMera route. It must never allow JSONP: any site can load a script, and would get client
//! secrets.

use axum::extract::{Query, Request};
use axum::http::Uri;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use card_entry_protocol::dialect::bokamera::ResponseStatus;

use super::error::BokaMeraError;
use crate::error::ApiError;
use crate::extract::accepts_json;

/// Refuses a request for another format before its route runs.
pub(super) async fn check(request: Request, next: Next) -> Response {
    if !accepts_json(request.headers()) {
        return ApiError::NotAcceptable.into_response();
    }
    match unsupported_format(request.uri()) {
        Some(sentence) => {
            BokaMeraError::from(ResponseStatus::new("NotSupported", sentence)).into_response()
        }
        None => next.run(request).await,
    }
}

fn unsupported_format(uri: &Uri) -> Option<&'static str> {
    let Ok(Query(pairs)) = Query::<Vec<(String, String)>>::try_from_uri(uri) else {
        return Some("The address cannot be read.");
    };
    for (name, value) in pairs {
        let format = name.eq_ignore_ascii_case("format");
        if name.eq_ignore_ascii_case("callback") || format && value.eq_ignore_ascii_case("jsonp") {
            return Some(
                "JSONP is not offered: any site could read the answer. Please ask for JSON.",
            );
        }
        if format && !value.eq_ignore_ascii_case("json") {
            return Some("The answer is JSON. Please leave `format` out, or say `format=json`.");
        }
    }
    None
}
