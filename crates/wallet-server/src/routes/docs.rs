//! The documentation of the API: `GET /docs`, `GET /docs/openapi.json`, and for MyTime `GET /api/mkp/v1/docs`, the address
//! to which the vendor's how-to links.
//!
//! Everything is made once at the start and sent from memory, with 304 for a client that has it already. The pages have no
//! script. They must never show anything of an account.

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, REFERRER_POLICY};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use card_entry_protocol::dialect::mytime::BASE as MYTIME_BASE;
use sha2::{Digest, Sha256};

use super::asset::matches_etag;
use crate::app::App;
use crate::config::WalletSystem;
use crate::headers::set_asset_headers;
use crate::openapi::{ApiDocumentation, DocumentScope, page_policy};

/// A page or document that does not change while the server runs.
#[derive(Debug)]
struct StaticDocument {
    body: Bytes,
    content_type: HeaderValue,
    policy: HeaderValue,
    tag: String,
}

pub(super) fn router(app: &App) -> Router<App> {
    let accounts = &app.config.accounts;
    let has_account = |system: &WalletSystem| accounts.of_system(*system).next().is_some();
    let systems: Vec<_> = WalletSystem::ALL.into_iter().filter(has_account).collect();
    let documentation = ApiDocumentation::new(DocumentScope {
        systems: &systems,
        allow_faults: app.config.allow_faults,
        public_url: app.public_url.as_str(),
    });
    let mut router = Router::new()
        .merge(route("/docs", page(documentation.page)))
        .merge(route("/docs/openapi.json", json(documentation.json)));
    if let Some(mytime) = documentation.mytime_page {
        router = router.merge(route(&format!("{MYTIME_BASE}/docs"), page(mytime)));
    }
    router
}

fn route(path: &str, document: StaticDocument) -> Router<App> {
    Router::new()
        .route(path, get(show))
        .with_state(Arc::new(document))
}

fn page(html: String) -> StaticDocument {
    let policy = page_policy();
    StaticDocument::new(
        html,
        HeaderValue::from_static("text/html; charset=utf-8"),
        // The policy is made of fixed words and a hash in base64.
        HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static("default-src 'none'")),
    )
}

fn json(document: String) -> StaticDocument {
    StaticDocument::new(
        document,
        HeaderValue::from_static("application/json"),
        HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'"),
    )
}

impl StaticDocument {
    fn new(body: String, content_type: HeaderValue, policy: HeaderValue) -> Self {
        let hash = URL_SAFE_NO_PAD.encode(Sha256::digest(&body));
        Self {
            tag: format!("\"{hash}\""),
            body: body.into(),
            content_type,
            policy,
        }
    }
}

async fn show(State(document): State<Arc<StaticDocument>>, request: HeaderMap) -> Response {
    let mut response = if matches_etag(&request, &document.tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let kind = [(CONTENT_TYPE, document.content_type.clone())];
        (kind, document.body.clone()).into_response()
    };
    let headers = response.headers_mut();
    if let Ok(tag) = document.tag.parse() {
        headers.insert(ETAG, tag);
    }
    headers.insert(CONTENT_SECURITY_POLICY, document.policy.clone());
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    set_asset_headers(headers);
    response
}
