//! BokaMera's error format: ServiceStack's `ResponseStatus`, with 400 for every invalid request.
//!
//! It must never contain the cause of an error.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use card_entry_protocol::dialect::bokamera::{ErrorResponse, ResponseStatus, member_name};
use card_entry_protocol::member::InvalidMember;

use crate::error::ApiError;
use crate::locale::Locale;
use crate::routes::json_response::JsonResponse;

/// An error of a BokaMera route.
#[derive(Debug)]
pub(super) enum BokaMeraError {
    /// Members of the request are invalid.
    Request(ResponseStatus),
    Other(ApiError),
}

impl From<ResponseStatus> for BokaMeraError {
    fn from(status: ResponseStatus) -> Self {
        Self::Request(status)
    }
}

impl From<ApiError> for BokaMeraError {
    fn from(error: ApiError) -> Self {
        Self::Other(error)
    }
}

impl IntoResponse for BokaMeraError {
    fn into_response(self) -> Response {
        match self {
            Self::Request(status) => {
                render(StatusCode::BAD_REQUEST, status, Locale::En).into_response()
            }
            Self::Other(error) => error.into_response(),
        }
    }
}

/// Renders an [`ApiError`]. The code is the name of the status, as in ServiceStack.
pub(super) fn render_error(error: &ApiError, locale: Locale) -> JsonResponse {
    let status = match error.status() {
        StatusCode::UNPROCESSABLE_ENTITY => StatusCode::BAD_REQUEST,
        other => other,
    };
    if let ApiError::InvalidMember(member) = error {
        return render(status, invalid_member(member), Locale::En);
    }
    let code = match error {
        ApiError::GatewayRefused(_) => "GatewayRefused",
        ApiError::GatewayForbidden(_) => "GatewayForbidden",
        ApiError::StorageFull(_) => "StorageFull",
        _ => status.canonical_reason().unwrap_or_default(),
    };
    let sentence = match error {
        ApiError::NotSignedIn => locale.translate("The API key is missing or not right."),
        ApiError::OriginNotAllowed => locale.translate("This page may not open checkouts."),
        ApiError::GatewayUnreachable(_) => locale.translate(
            "We can’t reach the payment service just now. Nothing was charged. Please try again in a moment.",
        ),
        other => other.localized(locale),
    };
    let body = ResponseStatus::new(code.replace(' ', ""), sentence.text);
    render(status, body, sentence.locale)
}

/// An invalid member, with its name as the vendor writes it.
fn invalid_member(member: &InvalidMember) -> ResponseStatus {
    let name = member_name(&member.path);
    let sentence = match name.as_str() {
        "" => member.sentence(),
        name => format!("{name} {}.", member.problem),
    };
    let mut status = ResponseStatus::default();
    status.add("Invalid", &name, sentence);
    status
}

fn render(status: StatusCode, body: ResponseStatus, language: Locale) -> JsonResponse {
    let body = ErrorResponse {
        response_status: body,
    };
    // Texts and lists of texts always serialize.
    let body = serde_json::to_string(&body).unwrap_or_default();
    JsonResponse {
        status,
        body,
        language: Some(language),
    }
}
