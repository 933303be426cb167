//! Serves the assets of the page from memory: brotli if the browser accepts it, 304 if it has the file already.
//!
//! It must never serve a file by a path: the build is searched by exact name.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::header::{
    ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::app::App;
use crate::dist::{Build, Dist};
use crate::error::ApiError;
use crate::headers::set_asset_headers;

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/stripe_hosted_forms/card_entry/{*name}", get(show_stripe))
        .route(
            "/braintree_hosted_forms/card_entry/{*name}",
            get(show_braintree),
        )
}

async fn show_stripe(
    State(app): State<App>,
    Path(name): Path<String>,
    request: HeaderMap,
) -> Result<Response, ApiError> {
    show(app.dist.build(), name, request)
}

async fn show_braintree(
    State(app): State<App>,
    Path(name): Path<String>,
    request: HeaderMap,
) -> Result<Response, ApiError> {
    let build = app.braintree_dist.as_ref().and_then(Dist::build);
    show(build, name, request)
}

fn show(build: Option<Arc<Build>>, name: String, request: HeaderMap) -> Result<Response, ApiError> {
    let asset = build.as_ref().and_then(|build| build.asset(&name));
    let asset = asset.ok_or(ApiError::NotFound("There is nothing at this address."))?;
    let compressed = asset.brotli.as_ref().filter(|_| accepts_brotli(&request));
    let tag = format!(
        "\"{}{}\"",
        asset.hash,
        if compressed.is_some() { "-br" } else { "" }
    );
    let mut response = if matches_etag(&request, &tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let body = compressed.unwrap_or(&asset.plain).clone();
        let mut response = ([(CONTENT_TYPE, asset.content_type)], body).into_response();
        if compressed.is_some() {
            response
                .headers_mut()
                .insert(CONTENT_ENCODING, axum::http::HeaderValue::from_static("br"));
        }
        response
    };
    let headers = response.headers_mut();
    if let Ok(tag) = tag.parse() {
        headers.insert(ETAG, tag);
    }
    headers.insert(
        VARY,
        axum::http::HeaderValue::from_static("accept-encoding"),
    );
    set_asset_headers(headers);
    Ok(response)
}

/// Whether `Accept-Encoding` has `br` without `q=0`.
fn accepts_brotli(request: &HeaderMap) -> bool {
    let values = request
        .get_all(ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|coding| {
        let mut parts = coding.split(';').map(str::trim);
        let named = parts
            .next()
            .is_some_and(|name| name.eq_ignore_ascii_case("br"));
        let off = parts
            .any(|part| part.strip_prefix("q=").and_then(|q| q.parse::<f32>().ok()) == Some(0.0));
        named && !off
    })
}

pub(super) fn matches_etag(request: &HeaderMap, tag: &str) -> bool {
    let values = request
        .get_all(IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|known| {
        let known = known.trim();
        known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag
    })
}
