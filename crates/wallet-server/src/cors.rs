//! Which pages may call the wallet API: the exact origins of the companies' parents, and nobody by wildcard.
//!
//! Around the wallet API only. Tokens travel in headers, so no cookies are allowed along; a request from a page that
//! is not listed is refused before anything is done.

use axum::extract::{Request, State};
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_METHOD, ORIGIN,
    VARY,
};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::app::App;
use crate::config::Account;
use crate::error::ApiError;

const HEADERS: HeaderValue =
    HeaderValue::from_static("authorization, gauthorization, content-type, idempotency-key");
const METHODS: HeaderValue = HeaderValue::from_static("GET, POST, DELETE");
const EXPOSED: HeaderValue = HeaderValue::from_static("retry-after, x-request-id");
/// Two hours, the most Chromium keeps a preflight for.
const MAX_AGE: HeaderValue = HeaderValue::from_static("7200");

/// Answers preflights, refuses foreign pages, lets listed ones read the answer.
pub async fn check(State(app): State<App>, request: Request, next: Next) -> Response {
    let origin = request.headers().get(ORIGIN).cloned();
    let allowed = origin.filter(|origin| is_listed(&app, origin));
    let foreign = allowed.is_none() && request.headers().contains_key(ORIGIN);
    let preflight = request.method() == Method::OPTIONS
        && request
            .headers()
            .contains_key(ACCESS_CONTROL_REQUEST_METHOD);
    let mut response = match (foreign, preflight) {
        (true, _) => ApiError::ForeignPage.into_response(),
        (false, true) => StatusCode::NO_CONTENT.into_response(),
        (false, false) => next.run(request).await,
    };
    let headers = response.headers_mut();
    headers.append(VARY, HeaderValue::from_static("origin"));
    if let Some(origin) = allowed {
        open(headers, origin, preflight);
    }
    response
}

fn is_listed(app: &App, origin: &HeaderValue) -> bool {
    app.config.accounts.iter().any(|account| {
        account
            .parents
            .iter()
            .any(|parent| origin == parent.as_str())
    })
}

/// Refuses a listed page that is another company's: every company's wallets are its own pages' only.
///
/// # Errors
/// [`ApiError::ForeignPage`].
pub fn check_page(headers: &HeaderMap, account: &Account) -> Result<(), ApiError> {
    match headers.get(ORIGIN) {
        Some(origin)
            if !account
                .parents
                .iter()
                .any(|parent| origin == parent.as_str()) =>
        {
            Err(ApiError::ForeignPage)
        }
        _ => Ok(()),
    }
}

fn open(headers: &mut HeaderMap, origin: HeaderValue, preflight: bool) {
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    if preflight {
        headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, HEADERS);
        headers.insert(ACCESS_CONTROL_ALLOW_METHODS, METHODS);
        headers.insert(ACCESS_CONTROL_MAX_AGE, MAX_AGE);
    } else {
        headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
    }
}
