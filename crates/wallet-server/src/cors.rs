//! Which pages may call a wallet API: the exact origins of the parents of its accounts, and nobody by wildcard.
//!
//! Around the wallet APIs only. Tokens travel in headers, so no cookies are allowed along; a request from a page that
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
use crate::config::{Account, Kind};
use crate::error::ApiError;

/// Whose pages may call, and what they may send.
#[derive(Debug, Clone, Copy)]
pub struct Rules {
    /// The system whose accounts' pages are listed.
    pub kind: Kind,
    /// `Access-Control-Allow-Headers`.
    pub headers: &'static str,
    /// `Access-Control-Allow-Methods`.
    pub methods: &'static str,
}

const EXPOSED: HeaderValue = HeaderValue::from_static("retry-after, x-request-id");
/// Two hours, the most Chromium keeps a preflight for.
const MAX_AGE: HeaderValue = HeaderValue::from_static("7200");

/// Answers preflights, refuses foreign pages, lets listed ones read the answer.
pub async fn check(
    State((app, rules)): State<(App, Rules)>,
    request: Request,
    next: Next,
) -> Response {
    let origin = request.headers().get(ORIGIN).cloned();
    let allowed = origin.filter(|origin| is_listed(&app, rules.kind, origin));
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
        open(headers, origin, preflight.then_some(rules));
    }
    response
}

fn is_listed(app: &App, kind: Kind, origin: &HeaderValue) -> bool {
    let Ok(origin) = origin.to_str() else {
        return false;
    };
    app.config
        .accounts
        .of(kind)
        .any(|account| account.has_page(origin))
}

/// Refuses a listed page that is another account's: every account's wallets are its own pages' only.
///
/// # Errors
/// [`ApiError::ForeignPage`].
pub fn check_page(headers: &HeaderMap, account: &Account) -> Result<(), ApiError> {
    let own = |origin: &HeaderValue| origin.to_str().is_ok_and(|text| account.has_page(text));
    match headers.get(ORIGIN) {
        Some(origin) if !own(origin) => Err(ApiError::ForeignPage),
        _ => Ok(()),
    }
}

fn open(headers: &mut HeaderMap, origin: HeaderValue, preflight: Option<Rules>) {
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    if let Some(rules) = preflight {
        let allowed = HeaderValue::from_static(rules.headers);
        headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, allowed);
        let methods = HeaderValue::from_static(rules.methods);
        headers.insert(ACCESS_CONTROL_ALLOW_METHODS, methods);
        headers.insert(ACCESS_CONTROL_MAX_AGE, MAX_AGE);
    } else {
        headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
    }
}
