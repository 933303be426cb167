//! The headers that keep the page apart from everyone it should not meet, and the API out of pages.
//!
//! Called by the frame's routes and around the API. The policy is Stripe's own guide
//! (<https://docs.stripe.com/security/guide#content-security-policy>), tightened; never COEP, which Stripe.js does not
//! support.

use axum::extract::Request;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use card_entry_protocol::origin::Origin;

use crate::config::{PageSources, Source};

const OPENER: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const RESOURCE: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
const PERMISSIONS: HeaderName = HeaderName::from_static("permissions-policy");

const ENDPOINTS: HeaderName = HeaderName::from_static("reporting-endpoints");

/// Where browsers tell what the policy stopped; see [`crate::routes`].
pub const REPORTS: &str = "/stripe_hosted_forms/card_entry_reports";

/// Two years, the time the preload list asks for.
const HSTS: HeaderValue = HeaderValue::from_static("max-age=63072000; includeSubDomains");

/// A header with a value that was checked to be one.
fn put(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    match HeaderValue::from_str(value) {
        Ok(value) => {
            headers.insert(name, value);
        }
        Err(error) => tracing::error!(%error, %name, "a header could not be written"),
    }
}

fn join(sources: &[Source]) -> String {
    sources
        .iter()
        .map(Source::as_str)
        .collect::<Vec<_>>()
        .join(" ")
}

/// The page's policy. `provider` is `None` on a page that must load nothing of the provider's.
#[must_use]
pub fn page_policy(nonce: &str, provider: Option<&PageSources>, parents: &[Origin]) -> String {
    let (script, frame, connect) = match provider {
        Some(at) => (join(&at.script), join(&at.frame), join(&at.connect)),
        None => (String::new(), String::new(), String::new()),
    };
    let frame = if frame.is_empty() {
        "'none'".to_owned()
    } else {
        frame
    };
    let parents = parents
        .iter()
        .map(Origin::as_str)
        .collect::<Vec<_>>()
        .join(" ");
    let parents = if parents.is_empty() {
        "'none'".to_owned()
    } else {
        parents
    };
    [
        "default-src 'none'".to_owned(),
        format!("script-src 'self' 'wasm-unsafe-eval' 'nonce-{nonce}' {script}")
            .trim_end()
            .to_owned(),
        format!("style-src 'self' 'nonce-{nonce}'"),
        "img-src 'self' data:".to_owned(),
        format!("connect-src 'self' {connect}")
            .trim_end()
            .to_owned(),
        format!("frame-src {frame}"),
        "form-action 'none'".to_owned(),
        "base-uri 'none'".to_owned(),
        "object-src 'none'".to_owned(),
        format!("frame-ancestors {parents}"),
        format!("report-uri {REPORTS}"),
        "report-to policy".to_owned(),
    ]
    .join("; ")
}

/// What the page may do, and its frames: pay and prove who one is; nothing else of a device.
fn permissions(frame: &[Source]) -> String {
    // A list entry must be a whole origin: https://w3c.github.io/webappsec-permissions-policy/#allowlists
    let frames = frame
        .iter()
        .map(Source::as_str)
        .filter(|source| !source.contains('*'));
    let who = frames.fold("self".to_owned(), |all, source| {
        format!("{all} \"{source}\"")
    });
    format!(
        "payment=({who}), publickey-credentials-get=({who}), camera=(), display-capture=(), geolocation=(), \
         microphone=(), midi=(), serial=(), usb=()"
    )
}

/// The headers of the page.
#[must_use]
pub fn page(
    nonce: &str,
    sources: &PageSources,
    loads_scripts: bool,
    parents: &[Origin],
    public: &Origin,
) -> HeaderMap {
    let mut headers = HeaderMap::new();
    put(
        &mut headers,
        CONTENT_SECURITY_POLICY,
        &page_policy(nonce, loads_scripts.then_some(sources), parents),
    );
    put(&mut headers, PERMISSIONS, &permissions(&sources.frame));
    put(
        &mut headers,
        ENDPOINTS,
        &format!("policy=\"{public}{REPORTS}\""),
    );
    put(&mut headers, CACHE_CONTROL, "no-store");
    put(&mut headers, REFERRER_POLICY, "strict-origin");
    put(&mut headers, X_CONTENT_TYPE_OPTIONS, "nosniff");
    put(&mut headers, OPENER, "same-origin-allow-popups");
    if public.as_str().starts_with("https://") {
        headers.insert(STRICT_TRANSPORT_SECURITY, HSTS);
    }
    headers
}

/// The headers of the page's own files: asked for again each time, answered with 304 while they are the same, because
/// their names do not change with every change of their content.
pub fn seal_asset(headers: &mut HeaderMap) {
    put(headers, CACHE_CONTROL, "no-cache");
    put(headers, X_CONTENT_TYPE_OPTIONS, "nosniff");
    put(headers, RESOURCE, "same-origin");
}

/// Around every API answer: kept by nobody, run by nobody, framed by nobody.
pub async fn seal_api(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    put(headers, CACHE_CONTROL, "no-store");
    put(
        headers,
        CONTENT_SECURITY_POLICY,
        "default-src 'none'; frame-ancestors 'none'",
    );
    put(headers, REFERRER_POLICY, "no-referrer");
    put(headers, X_CONTENT_TYPE_OPTIONS, "nosniff");
    put(headers, RESOURCE, "same-origin");
    response
}

/// Around everything: no answer is guessed at, and what names no time to be kept is not kept.
pub async fn seal_all(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    put(headers, X_CONTENT_TYPE_OPTIONS, "nosniff");
    if !headers.contains_key(CACHE_CONTROL) {
        put(headers, CACHE_CONTROL, "no-store");
    }
    response
}
