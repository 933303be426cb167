//! A finished JSON answer: what is sent, and what is kept for the same idempotency key.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::error::ApiError;

/// Status and body.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    pub status: StatusCode,
    /// JSON, or nothing.
    pub body: String,
}

impl Answer {
    /// Writes a value as it is shown.
    pub fn new(status: StatusCode, value: &impl Serialize) -> Result<Self, ApiError> {
        let body = serde_json::to_string(value).map_err(|e| ApiError::Broken(e.to_string()))?;
        Ok(Self { status, body })
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let kind = [(header::CONTENT_TYPE, "application/json")];
        (self.status, kind, self.body).into_response()
    }
}
