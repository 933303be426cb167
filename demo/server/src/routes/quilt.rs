//! The till: `POST /api/quilt/sign-in` opens a clerk's session, `/quilt/v1/…` hands their calls on with the account key.

use std::time::SystemTime;

use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, post};
use axum::{Json, Router};
use booking_page::quilt::{PROXY, SignedIn};

use super::Site;
use crate::error::SiteError;
use crate::quilt::Handed;

pub(super) fn sign_in() -> Router<Site> {
    Router::new().route("/quilt/sign-in", post(open))
}

pub(super) fn proxy() -> Router<Site> {
    Router::new().route(&format!("{PROXY}/v1/{{*path}}"), any(hand_on))
}

fn now() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    since.map_or(0, |since| {
        i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
    })
}

/// A demo's sign-in asks for no password.
async fn open(State(site): State<Site>) -> Result<Json<SignedIn>, SiteError> {
    let counter = site.counter.as_ref().ok_or(SiteError::NotFound)?;
    let token = counter.open(now());
    Ok(Json(SignedIn {
        token: token.ok_or_else(|| SiteError::Broken("no session".to_owned()))?,
        terminal: site.pages.terminal_script().to_owned(),
    }))
}

async fn hand_on(
    State(site): State<Site>,
    method: Method,
    Path(path): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, SiteError> {
    let counter = site.counter.as_ref().ok_or(SiteError::NotFound)?;
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let token = text(AUTHORIZATION.as_str()).and_then(|value| value.strip_prefix("Bearer "));
    if !token.is_some_and(|token| counter.knows(token, now())) {
        return Err(SiteError::SignIn);
    }
    // A form or plain text needs no preflight: a foreign page could send it.
    let json = text(CONTENT_TYPE.as_str()).is_some_and(|kind| kind.starts_with("application/json"));
    if !body.is_empty() && !json {
        return Err(SiteError::Unreadable(StatusCode::UNSUPPORTED_MEDIA_TYPE));
    }
    let call = Handed {
        method,
        path: match query {
            Some(query) => format!("{path}?{query}"),
            None => path,
        },
        key: text("idempotency-key").map(str::to_owned),
        language: text("accept-language").map(str::to_owned),
        body: body.to_vec(),
    };
    let (status, body) = counter.hand_on(call).await?;
    let status = StatusCode::from_u16(status).map_err(|e| SiteError::Broken(e.to_string()))?;
    Ok((status, [(CONTENT_TYPE, "application/json")], body).into_response())
}
