//! Turns an error into a response, and writes its cause to the log.
//!
//! The body is `{message}`, and `code` where there is one. It must never contain a cause.

use std::sync::Arc;

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

use super::ApiError;

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        match &self {
            Self::Internal(cause) => {
                tracing::error!(cause, "request failed: defect of this server")
            }
            Self::GatewayRefused(cause) | Self::GatewayForbidden(cause) => {
                tracing::error!(
                    cause,
                    "request failed: the gateway refused the call for good"
                );
            }
            Self::StorageFull(cause) => tracing::error!(
                cause,
                "request failed: the database cannot be written, because the disk is full or fails"
            ),
            Self::GatewayUnreachable(cause) | Self::StorageBusy(cause) => {
                tracing::warn!(
                    cause,
                    "request failed for now: gateway or database does not respond"
                );
            }
            Self::TimedOut => {
                tracing::warn!("request timed out: answered 503 with Retry-After");
            }
            _ => {}
        }
        let mut body = serde_json::json!({"message": self.sentence()});
        if let (Some(code), Some(body)) = (self.code(), body.as_object_mut()) {
            body.insert("code".to_owned(), code.into());
        }
        let mut response = (self.status(), axum::Json(body)).into_response();
        if let Some(seconds) = self.retry_after() {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        // The vendor's layer reads the error here and writes its own body.
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}
