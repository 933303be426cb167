//! `GET /api/bokamera`: what the salon's page needs to know; `POST /bokamera/checkout` and `…/status`: the vendor's two
//! calls, for the salon's own page, with the salon's key.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use axum::routing::{get, post};
use axum::{Json, Router};
use booking_page::bokamera::Addresses;

use super::Site;
use crate::error::SiteError;

pub(super) fn router() -> Router<Site> {
    Router::new().route("/bokamera", get(show))
}

pub(super) fn proxy() -> Router<Site> {
    let to = |path: &'static str| {
        post(
            async move |site: State<Site>, headers: HeaderMap, body: Bytes| {
                pass(site, headers, path, body).await
            },
        )
    };
    Router::new()
        .route("/checkout", to("/checkout"))
        .route("/checkout/status", to("/checkout/status"))
}

async fn show(State(site): State<Site>) -> Result<Json<Addresses>, SiteError> {
    let till = site.till.as_ref().ok_or(SiteError::NotFound)?;
    Ok(Json(till.addresses()))
}

async fn pass(
    State(site): State<Site>,
    headers: HeaderMap,
    path: &'static str,
    body: Bytes,
) -> Result<Response, SiteError> {
    let till = site.till.as_ref().ok_or(SiteError::NotFound)?;
    let kind = headers.get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    // A form or plain text needs no preflight: a foreign page could send it.
    if !kind.to_ascii_lowercase().starts_with("application/json") {
        return Err(SiteError::Unreadable(StatusCode::UNSUPPORTED_MEDIA_TYPE));
    }
    let language = headers.get(header::ACCEPT_LANGUAGE).cloned();
    till.pass(path, language, body).await
}
