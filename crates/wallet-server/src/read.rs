//! Requests read with bounds: JSON bodies, query strings.
//!
//! Extracted by the routes. It must never buffer more than [`LARGEST_BODY`] and never put a value into its words.

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use card_entry_protocol::member::{InvalidMember, read_json};
use serde::de::DeserializeOwned;

use crate::app::App;
use crate::error::ApiError;

/// The largest body taken: twenty times the largest honest one.
pub const LARGEST_BODY: usize = 64 * 1024;

/// Whether the caller takes JSON, as far as its `Accept` says.
#[must_use]
pub fn takes_json(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT);
    let accept = accept.and_then(|value| value.to_str().ok());
    accept.is_none_or(|accept| {
        accept.split(',').any(|kind| {
            let kind = kind.split(';').next().unwrap_or("").trim();
            ["application/json", "application/*", "*/*", ""].contains(&kind)
                || kind.ends_with("+json")
        })
    })
}

/// A JSON body of a known shape. serde_json stops at 128 levels of nesting by itself.
#[derive(Debug)]
pub struct Json<T>(pub T);

impl<T: DeserializeOwned> FromRequest<App> for Json<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, app: &App) -> Result<Self, ApiError> {
        let kind = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .unwrap_or("");
        let kind = kind.split(';').next().unwrap_or("").trim();
        // A form or plain text needs no preflight: a foreign page could send it.
        if !kind.eq_ignore_ascii_case("application/json")
            || request.headers().contains_key(header::CONTENT_ENCODING)
        {
            return Err(ApiError::NotJson);
        }
        let bytes = Bytes::from_request(request, app)
            .await
            .map_err(|e| match e.status() {
                StatusCode::PAYLOAD_TOO_LARGE => ApiError::TooLarge,
                _ => ApiError::Unreadable("The request didn’t arrive whole. Please try again."),
            })?;
        Ok(Self(read_json(&bytes)?))
    }
}

/// A query string of a known shape.
#[derive(Debug)]
pub struct Params<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<App> for Params<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, ApiError> {
        let pairs = form_urlencoded::parse(parts.uri.query().unwrap_or("").as_bytes());
        let query = serde_urlencoded::Deserializer::new(pairs);
        serde_path_to_error::deserialize(query)
            .map(Self)
            .map_err(|error| ApiError::Member(InvalidMember::of(&error)))
    }
}
