//! A finished JSON answer: what is sent, and what is kept for the same idempotency key.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::error::ApiError;
use crate::words::Locale;

#[derive(Debug, Clone)]
pub(super) struct Answer {
    pub status: StatusCode,
    /// JSON, or nothing.
    pub body: String,
    /// The language of its sentence, where it has one.
    pub language: Option<Locale>,
}

impl Answer {
    /// Writes a value as it is shown.
    pub fn new(status: StatusCode, value: &impl Serialize) -> Result<Self, ApiError> {
        let body = serde_json::to_string(value).map_err(|e| ApiError::Broken(e.to_string()))?;
        Ok(Self {
            status,
            body,
            language: None,
        })
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let kind = [(header::CONTENT_TYPE, "application/json")];
        let language = self
            .language
            .map(|locale| [(header::CONTENT_LANGUAGE, locale.as_str())]);
        (self.status, kind, language, self.body).into_response()
    }
}
