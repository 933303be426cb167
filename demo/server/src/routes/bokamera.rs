//! `GET /api/bokamera`: the addresses for the salon's page; `POST /bokamera/checkout` and `…/status`: the vendor's two calls,
//! forwarded with the salon's key.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use axum::routing::{get, post};
use axum::{Json, Router};
use booking_page::bokamera::Addresses;

use super::AppState;
use crate::error::SiteError;

pub(super) fn router() -> Router<AppState> {
    Router::new().route("/bokamera", get(show))
}

pub(super) fn proxy() -> Router<AppState> {
    let to = |path: &'static str| {
        post(
            async move |state: State<AppState>, headers: HeaderMap, body: Bytes| {
                forward(state, headers, path, body).await
            },
        )
    };
    Router::new()
        .route("/checkout", to("/checkout"))
        .route("/checkout/status", to("/checkout/status"))
}

async fn show(State(state): State<AppState>) -> Result<Json<Addresses>, SiteError> {
    let bokamera_client = state.bokamera_client.as_ref().ok_or(SiteError::NotFound)?;
    Ok(Json(bokamera_client.addresses()))
}

async fn forward(
    State(state): State<AppState>,
    headers: HeaderMap,
    path: &'static str,
    body: Bytes,
) -> Result<Response, SiteError> {
    let bokamera_client = state.bokamera_client.as_ref().ok_or(SiteError::NotFound)?;
    let content_type = headers.get(header::CONTENT_TYPE);
    let content_type = content_type
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    // Another site's page could send a form or plain text without a preflight.
    if !content_type
        .to_ascii_lowercase()
        .starts_with("application/json")
    {
        return Err(SiteError::InvalidRequest(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
        ));
    }
    let language = headers.get(header::ACCEPT_LANGUAGE).cloned();
    bokamera_client.forward(path, language, body).await
}
