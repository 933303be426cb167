//! The form of the answer: JSON, whichever of ServiceStack's ways a caller asks for it in, and never JSONP.
//!
//! Around every BokaMera route. JSONP is a script any site may load: it would hand client secrets to all of them.

use axum::extract::{Query, Request};
use axum::http::Uri;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use card_entry_protocol::dialect::bokamera::ResponseStatus;

use super::no::No;
use crate::error::ApiError;
use crate::read::takes_json;

/// Refuses whatever asks for another form, before anything is done.
pub(super) async fn check(request: Request, next: Next) -> Response {
    if !takes_json(request.headers()) {
        return ApiError::NotAcceptable.into_response();
    }
    match wrong(request.uri()) {
        Some(words) => No::from(ResponseStatus::new("NotSupported", words)).into_response(),
        None => next.run(request).await,
    }
}

fn wrong(uri: &Uri) -> Option<&'static str> {
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
