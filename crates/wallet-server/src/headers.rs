//! The security headers of the page, its assets and the API: CSP, Permissions-Policy, COOP, CORP, caching.
//!
//! Called by the frame's routes and as layers around the API. The CSP follows Stripe's guide
//! (<https://docs.stripe.com/security/guide#content-security-policy>) and is stricter. It must never send COEP, which
//! Stripe.js does not support.

use axum::extract::Request;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use card_entry_protocol::origin::Origin;

use crate::config::{CspSource, PageSources};

const CROSS_ORIGIN_OPENER_POLICY: HeaderName =
    HeaderName::from_static("cross-origin-opener-policy");
const CROSS_ORIGIN_RESOURCE_POLICY: HeaderName =
    HeaderName::from_static("cross-origin-resource-policy");
const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static("permissions-policy");

const REPORTING_ENDPOINTS: HeaderName = HeaderName::from_static("reporting-endpoints");

/// The path to which browsers report violations of the page's CSP; see [`crate::routes`].
pub const CSP_REPORTS_PATH: &str = "/stripe_hosted_forms/card_entry_reports";

/// Two years: the minimum of the browsers' preload list.
const HSTS: HeaderValue = HeaderValue::from_static("max-age=63072000; includeSubDomains");

fn set(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    match HeaderValue::from_str(value) {
        Ok(value) => {
            headers.insert(name, value);
        }
        Err(error) => tracing::error!(%error, %name, "header not sent: its value is not valid"),
    }
}

fn join(sources: &[CspSource]) -> String {
    sources
        .iter()
        .map(CspSource::as_str)
        .collect::<Vec<_>>()
        .join(" ")
}

/// The CSP of the page. `provider` is `None` on a page that must load nothing from the provider.
#[must_use]
pub fn content_security_policy(
    nonce: &str,
    provider: Option<&PageSources>,
    ancestors: &[Origin],
) -> String {
    let (script, frame, connect) = match provider {
        Some(at) => (join(&at.script), join(&at.frame), join(&at.connect)),
        None => (String::new(), String::new(), String::new()),
    };
    let frame = if frame.is_empty() {
        "'none'".to_owned()
    } else {
        frame
    };
    let ancestors = ancestors
        .iter()
        .map(Origin::as_str)
        .collect::<Vec<_>>()
        .join(" ");
    let ancestors = if ancestors.is_empty() {
        "'none'".to_owned()
    } else {
        ancestors
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
        format!("frame-ancestors {ancestors}"),
        format!("report-uri {CSP_REPORTS_PATH}"),
        "report-to policy".to_owned(),
    ]
    .join("; ")
}

/// The Permissions-Policy: the page and the provider's frames may use payment and WebAuthn, and no other feature.
fn permissions_policy(frame: &[CspSource]) -> String {
    // An allowlist entry must be a whole origin: https://w3c.github.io/webappsec-permissions-policy/#allowlists
    let frames = frame
        .iter()
        .map(CspSource::as_str)
        .filter(|source| !source.contains('*'));
    let allowed = frames.fold("self".to_owned(), |all, source| {
        format!("{all} \"{source}\"")
    });
    format!(
        "payment=({allowed}), publickey-credentials-get=({allowed}), camera=(), display-capture=(), geolocation=(), \
         microphone=(), midi=(), serial=(), usb=()"
    )
}

/// Whether the page loads the provider's scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProviderScripts {
    /// The page shows the form.
    Load,
    /// The page shows an error sentence only.
    Omit,
}

/// What the headers of one page depend on.
#[derive(Debug, Clone, Copy)]
pub struct PageHeaders<'a> {
    /// The nonce of the page's inline scripts and styles.
    pub nonce: &'a str,
    /// The URLs that the page may load from.
    pub sources: &'a PageSources,
    /// Whether the CSP allows the provider's scripts.
    pub scripts: ProviderScripts,
    /// The origins that may embed the page.
    pub ancestors: &'a [Origin],
    /// The server's own origin, for the report URL and HSTS.
    pub public_url: &'a Origin,
}

/// The headers of the page.
#[must_use]
pub fn page(page: PageHeaders<'_>) -> HeaderMap {
    let provider = (page.scripts == ProviderScripts::Load).then_some(page.sources);
    let mut headers = HeaderMap::new();
    set(
        &mut headers,
        CONTENT_SECURITY_POLICY,
        &content_security_policy(page.nonce, provider, page.ancestors),
    );
    set(
        &mut headers,
        PERMISSIONS_POLICY,
        &permissions_policy(&page.sources.frame),
    );
    set(
        &mut headers,
        REPORTING_ENDPOINTS,
        &format!("policy=\"{}{CSP_REPORTS_PATH}\"", page.public_url),
    );
    set(&mut headers, CACHE_CONTROL, "no-store");
    set(&mut headers, REFERRER_POLICY, "strict-origin");
    set(&mut headers, X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(
        &mut headers,
        CROSS_ORIGIN_OPENER_POLICY,
        "same-origin-allow-popups",
    );
    if page.public_url.as_str().starts_with("https://") {
        headers.insert(STRICT_TRANSPORT_SECURITY, HSTS);
    }
    headers
}

/// Sets the headers of the page's assets. Browsers revalidate them each time and get 304 while they are unchanged,
/// because some names stay the same when the content changes.
pub fn set_asset_headers(headers: &mut HeaderMap) {
    set(headers, CACHE_CONTROL, "no-cache");
    set(headers, X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(headers, CROSS_ORIGIN_RESOURCE_POLICY, "same-origin");
}

/// A layer that sets the headers of every API response: it is not cached, not executed and not framed.
pub async fn set_api_headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    set(headers, CACHE_CONTROL, "no-store");
    set(
        headers,
        CONTENT_SECURITY_POLICY,
        "default-src 'none'; frame-ancestors 'none'",
    );
    set(headers, REFERRER_POLICY, "no-referrer");
    set(headers, X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(headers, CROSS_ORIGIN_RESOURCE_POLICY, "same-origin");
    response
}

/// A layer around everything: no content sniffing, and no caching unless a route allows it.
pub async fn set_default_headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    set(headers, X_CONTENT_TYPE_OPTIONS, "nosniff");
    if !headers.contains_key(CACHE_CONTROL) {
        set(headers, CACHE_CONTROL, "no-store");
    }
    response
}
