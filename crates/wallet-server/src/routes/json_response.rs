//! A finished JSON response: it is sent, and it can be stored for its idempotency key.
//!
//! Made by the routes of the wallet systems. It must never hold a client secret if it is stored.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::error::ApiError;
use crate::locale::Locale;

#[derive(Debug, Clone)]
pub(super) struct JsonResponse {
    pub status: StatusCode,
    /// JSON text, or an empty text.
    pub body: String,
    /// The language of its sentence, if it has one.
    pub language: Option<Locale>,
}

impl JsonResponse {
    pub fn new(status: StatusCode, value: &impl Serialize) -> Result<Self, ApiError> {
        let body = serde_json::to_string(value).map_err(|e| ApiError::Internal(e.to_string()))?;
        Ok(Self {
            status,
            body,
            language: None,
        })
    }
}

impl IntoResponse for JsonResponse {
    fn into_response(self) -> Response {
        let kind = [(header::CONTENT_TYPE, "application/json")];
        let language = self
            .language
            .map(|locale| [(header::CONTENT_LANGUAGE, locale.as_str())]);
        (self.status, kind, language, self.body).into_response()
    }
}
