//! How this API says no: ServiceStack's `ResponseStatus`, with 400 for whatever is wrong in the request.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use card_entry_protocol::dialect::bokamera::{ErrorResponse, ResponseStatus, member_name};
use card_entry_protocol::member::InvalidMember;

use super::super::answer::Answer;
use crate::error::ApiError;
use crate::words::Locale;

/// A no: the dialect's own, member by member, or any of this server's.
#[derive(Debug)]
pub(super) enum No {
    /// Something in the request is wrong.
    Request(ResponseStatus),
    /// Something else is.
    Other(ApiError),
}

impl From<ResponseStatus> for No {
    fn from(refusal: ResponseStatus) -> Self {
        Self::Request(refusal)
    }
}

impl From<ApiError> for No {
    fn from(error: ApiError) -> Self {
        Self::Other(error)
    }
}

impl IntoResponse for No {
    fn into_response(self) -> Response {
        match self {
            Self::Request(refusal) => {
                write(StatusCode::BAD_REQUEST, refusal, Locale::En).into_response()
            }
            Self::Other(error) => error.into_response(),
        }
    }
}

/// A refusal of the layers and of the domain. Its code is the status's name, as ServiceStack's are.
pub(super) fn shape(refusal: &ApiError, locale: Locale) -> Answer {
    let status = match refusal.status() {
        StatusCode::UNPROCESSABLE_ENTITY => StatusCode::BAD_REQUEST,
        other => other,
    };
    if let ApiError::Member(member) = refusal {
        return write(status, wrong_member(member), Locale::En);
    }
    let code = match refusal {
        ApiError::GatewayRefused(_) => "GatewayRefused",
        ApiError::GatewayForbidden(_) => "GatewayForbidden",
        ApiError::StorageFull(_) => "StorageFull",
        _ => status.canonical_reason().unwrap_or_default(),
    };
    let said = match refusal {
        ApiError::NotSignedIn => locale.say("The API key is missing or not right."),
        ApiError::ForeignPage => locale.say("This page may not open checkouts."),
        ApiError::Unavailable(_) => locale.say(
            "We can’t reach the payment service just now. Nothing was charged. Please try again in a moment.",
        ),
        other => other.say(locale),
    };
    let refusal = ResponseStatus::new(code.replace(' ', ""), said.text);
    write(status, refusal, said.locale)
}

/// A member that could not be read, named as the vendor writes it.
fn wrong_member(member: &InvalidMember) -> ResponseStatus {
    let name = member_name(&member.path);
    let sentence = match name.as_str() {
        "" => member.sentence(),
        name => format!("{name} {}.", member.problem),
    };
    let mut refusal = ResponseStatus::default();
    refusal.add("Invalid", &name, sentence);
    refusal
}

fn write(status: StatusCode, refusal: ResponseStatus, language: Locale) -> Answer {
    let body = ErrorResponse {
        response_status: refusal,
    };
    // Texts and lists of texts are always written.
    let body = serde_json::to_string(&body).unwrap_or_default();
    Answer {
        status,
        body,
        language: Some(language),
    }
}
