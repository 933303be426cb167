//! CORS of the wallet APIs: only the exact origins of the accounts' parents may call them.
//!
//! A layer around the wallet APIs. Tokens are in headers, so credentials (cookies) are not allowed. A request from
//! another origin is refused before its route runs. It must never allow an origin by a wildcard.

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
use crate::config::{Account, WalletSystem};
use crate::error::ApiError;

/// The CORS rules of one wallet system.
#[derive(Debug, Clone, Copy)]
pub struct CorsRules {
    /// The wallet system whose accounts' parents may call.
    pub system: WalletSystem,
    /// The value of `Access-Control-Allow-Headers`, separated by commas.
    pub headers: &'static str,
    /// The value of `Access-Control-Allow-Methods`, separated by commas.
    pub methods: &'static str,
}

const EXPOSED_HEADERS: HeaderValue = HeaderValue::from_static("retry-after, x-request-id");
/// Two hours in seconds: the maximum for which Chromium caches a preflight.
const PREFLIGHT_MAX_AGE: HeaderValue = HeaderValue::from_static("7200");

/// Answers preflights, refuses other origins, and lets the accounts' parents read the response.
pub async fn check(
    State((app, rules)): State<(App, CorsRules)>,
    request: Request,
    next: Next,
) -> Response {
    let origin = request.headers().get(ORIGIN).cloned();
    let allowed = origin.filter(|origin| is_listed(&app, rules.system, origin));
    let foreign = allowed.is_none() && request.headers().contains_key(ORIGIN);
    let preflight = request.method() == Method::OPTIONS
        && request
            .headers()
            .contains_key(ACCESS_CONTROL_REQUEST_METHOD);
    let mut response = match (foreign, preflight) {
        (true, _) => ApiError::OriginNotAllowed.into_response(),
        (false, true) => StatusCode::NO_CONTENT.into_response(),
        (false, false) => next.run(request).await,
    };
    let headers = response.headers_mut();
    headers.append(VARY, HeaderValue::from_static("origin"));
    if let Some(origin) = allowed {
        allow_origin(headers, origin, preflight.then_some(rules));
    }
    response
}

fn is_listed(app: &App, system: WalletSystem, origin: &HeaderValue) -> bool {
    let Ok(origin) = origin.to_str() else {
        return false;
    };
    app.config
        .accounts
        .of_system(system)
        .any(|account| account.has_parent(origin))
}

/// Refuses an origin that is a parent of other accounts only. Without an `Origin` header it accepts.
///
/// # Errors
/// [`ApiError::OriginNotAllowed`].
pub fn check_origin(headers: &HeaderMap, account: &Account) -> Result<(), ApiError> {
    let own = |origin: &HeaderValue| origin.to_str().is_ok_and(|text| account.has_parent(text));
    match headers.get(ORIGIN) {
        Some(origin) if !own(origin) => Err(ApiError::OriginNotAllowed),
        _ => Ok(()),
    }
}

fn allow_origin(headers: &mut HeaderMap, origin: HeaderValue, preflight: Option<CorsRules>) {
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    if let Some(rules) = preflight {
        let allowed = HeaderValue::from_static(rules.headers);
        headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, allowed);
        let methods = HeaderValue::from_static(rules.methods);
        headers.insert(ACCESS_CONTROL_ALLOW_METHODS, methods);
        headers.insert(ACCESS_CONTROL_MAX_AGE, PREFLIGHT_MAX_AGE);
    } else {
        headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED_HEADERS);
    }
}
