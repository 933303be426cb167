//! Extractors of JSON bodies and query strings, with a limit of size.
//!
//! Used by the routes. It must never buffer more than [`MAX_BODY_BYTES`], and never put a received value into an error.

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use card_entry_protocol::member::{InvalidMember, read_json};
use serde::de::DeserializeOwned;

use crate::app::App;
use crate::error::ApiError;

/// The maximum size of a request body: twenty times the largest real one.
pub const MAX_BODY_BYTES: usize = 64 * 1024;

/// Whether the `Accept` header allows JSON. Without the header it does.
#[must_use]
pub fn accepts_json(headers: &HeaderMap) -> bool {
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

/// The credentials of the `Bearer` scheme, whose case does not matter: RFC 9110, 11.1.
#[must_use]
pub fn bearer_token(header: &str) -> Option<&str> {
    let (scheme, token) = header.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// A JSON body of type `T`. serde_json itself refuses more than 128 levels of nesting.
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
        // Any page could send a form or plain text without a CORS preflight.
        if !kind.eq_ignore_ascii_case("application/json")
            || request.headers().contains_key(header::CONTENT_ENCODING)
        {
            return Err(ApiError::UnsupportedMediaType);
        }
        let bytes = Bytes::from_request(request, app)
            .await
            .map_err(|e| match e.status() {
                StatusCode::PAYLOAD_TOO_LARGE => ApiError::BodyTooLarge,
                _ => ApiError::BadRequest("The request didn’t arrive whole. Please try again."),
            })?;
        Ok(Self(read_json(&bytes)?))
    }
}

/// A query string of type `T`.
#[derive(Debug)]
pub struct QueryParams<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<App> for QueryParams<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, ApiError> {
        let pairs = form_urlencoded::parse(parts.uri.query().unwrap_or("").as_bytes());
        let query = serde_urlencoded::Deserializer::new(pairs);
        serde_path_to_error::deserialize(query)
            .map(Self)
            .map_err(|error| ApiError::InvalidMember(InvalidMember::of(&error)))
    }
}
