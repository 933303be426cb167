//! The point of sale: `POST /api/quilt/sign-in` starts a clerk's session, `/quilt/v1/…` forwards calls with the account key.

use std::time::SystemTime;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, post};
use axum::{Json, Router};
use booking_page::quilt::{PROXY, QuiltSession};

use super::AppState;
use super::page_call::PageCall;
use crate::error::SiteError;
use crate::quilt::ForwardedCall;

pub(super) fn sign_in() -> Router<AppState> {
    Router::new().route("/quilt/sign-in", post(start_session))
}

pub(super) fn proxy() -> Router<AppState> {
    Router::new().route(&format!("{PROXY}/v1/{{*path}}"), any(forward))
}

fn now() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    since.map_or(0, |since| {
        i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
    })
}

/// The demo's sign-in has no password.
async fn start_session(State(state): State<AppState>) -> Result<Json<QuiltSession>, SiteError> {
    let quilt_proxy = state.quilt_proxy.as_ref().ok_or(SiteError::NotFound)?;
    let token = quilt_proxy.new_session(now());
    Ok(Json(QuiltSession {
        token: token.ok_or_else(|| SiteError::Internal("no session".to_owned()))?,
        terminal: state.pages.terminal_script().to_owned(),
    }))
}

async fn forward(
    State(state): State<AppState>,
    Path(path): Path<String>,
    call: PageCall,
) -> Result<Response, SiteError> {
    let PageCall {
        method,
        query,
        headers,
        body,
    } = call;
    let quilt_proxy = state.quilt_proxy.as_ref().ok_or(SiteError::NotFound)?;
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let token = text(AUTHORIZATION.as_str()).and_then(|value| value.strip_prefix("Bearer "));
    if !token.is_some_and(|token| quilt_proxy.is_valid_session(token, now())) {
        return Err(SiteError::Unauthenticated);
    }
    // Another site's page could send a form or plain text without a preflight.
    let json = text(CONTENT_TYPE.as_str())
        .is_some_and(|content_type| content_type.starts_with("application/json"));
    if !body.is_empty() && !json {
        return Err(SiteError::InvalidRequest(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
        ));
    }
    let call = ForwardedCall {
        method,
        path: match query {
            Some(query) => format!("{path}?{query}"),
            None => path,
        },
        idempotency_key: text("idempotency-key").map(str::to_owned),
        language: text("accept-language").map(str::to_owned),
        body: body.to_vec(),
    };
    let (status, body) = quilt_proxy.forward(call).await?;
    let status = StatusCode::from_u16(status).map_err(|e| SiteError::Internal(e.to_string()))?;
    Ok((status, [(CONTENT_TYPE, "application/json")], body).into_response())
}
