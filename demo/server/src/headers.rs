//! The headers that keep a page to itself: what it may load, whom it may frame, who may frame it (nobody).
//!
//! Called for every response. The policies name the wallet's one origin; there is no `unsafe-inline` and no wildcard.

use axum::extract::Request;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use card_entry_protocol::origin::Origin;

use crate::bokamera::Stripe;
use crate::error::SiteError;
use crate::nonce::Nonce;
use crate::page::Terminal;

const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static("permissions-policy");
const OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// What a page runs, beside its own plain scripts.
#[derive(Debug, Clone, Copy)]
pub enum Runs<'a> {
    /// Scripts only: the plain listener.
    Scripts,
    Wasm,
    /// And Stripe Terminal: the till.
    Terminal(&'a Terminal),
}

/// The headers of a page.
///
/// # Errors
/// When the wallet's origin cannot stand in a header, which a checked origin always can.
pub fn of_page(
    wallet: &Origin,
    runs: Runs<'_>,
    nonce: Option<&Nonce>,
) -> Result<HeaderMap, SiteError> {
    let nonce = nonce
        .map(|nonce| format!(" 'nonce-{}'", nonce.as_str()))
        .unwrap_or_default();
    let (run, reached) = match runs {
        Runs::Scripts => (String::new(), String::new()),
        Runs::Wasm => (" 'wasm-unsafe-eval'".to_owned(), String::new()),
        Runs::Terminal(terminal) => {
            let [scripts, api] = &terminal.origins;
            (format!(" 'wasm-unsafe-eval' {scripts}"), format!(" {api}"))
        }
    };
    let policy = format!(
        "default-src 'none'; script-src 'self'{run}{nonce}; style-src 'self'{nonce}; img-src 'self' data:; \
         font-src 'self'; manifest-src 'self'; connect-src 'self' {wallet}{reached}; frame-src {wallet}; form-action 'none'; \
         base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
    );
    // The card form passes these two on to Stripe's own frames; nothing else is anybody's.
    let permissions = format!(
        "payment=(self \"{wallet}\"), publickey-credentials-get=(self \"{wallet}\"), camera=(), microphone=(), \
         geolocation=(), usb=(), serial=(), midi=(), display-capture=()"
    );
    let value =
        |text: &str| HeaderValue::from_str(text).map_err(|e| SiteError::Broken(e.to_string()));
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_SECURITY_POLICY, value(&policy)?);
    headers.insert(PERMISSIONS_POLICY, value(&permissions)?);
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // A bank's page may open a window of its own and must find its way back.
    headers.insert(
        OPENER_POLICY,
        HeaderValue::from_static("same-origin-allow-popups"),
    );
    Ok(headers)
}

/// Lets these sites put a page inside one of theirs.
///
/// # Errors
/// When an origin cannot stand in a header, which a checked origin always can.
pub fn let_frame(headers: &mut HeaderMap, sites: &[Origin]) -> Result<(), SiteError> {
    let sites: Vec<&str> = sites.iter().map(Origin::as_str).collect();
    let policy = headers
        .get(CONTENT_SECURITY_POLICY)
        .and_then(|policy| policy.to_str().ok());
    if let (Some(policy), false) = (policy, sites.is_empty()) {
        let policy = policy.replace(
            "frame-ancestors 'none'",
            &format!("frame-ancestors {}", sites.join(" ")),
        );
        let policy =
            HeaderValue::from_str(&policy).map_err(|e| SiteError::Broken(e.to_string()))?;
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    Ok(())
}

/// The headers of the page that stands in for another site's, with a page of this site inside.
#[must_use]
pub fn of_home() -> HeaderMap {
    let policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; frame-src http://127.0.0.1:*; \
                  form-action 'none'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'";
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers
}

/// The headers of a page that takes payments: it runs Stripe.js, and calls its own site only.
///
/// # Errors
/// When one of Stripe's origins cannot stand in a header, which a checked origin always can.
pub fn of_paying_page(stripe: &Stripe) -> Result<HeaderMap, SiteError> {
    let list = |origins: &[Origin]| {
        let origins: Vec<&str> = origins.iter().map(Origin::as_str).collect();
        origins.join(" ")
    };
    let sources = list(&stripe.sources);
    let script = stripe.script.origin();
    let script = script.as_ref().map_or("", Origin::as_str);
    let policy = format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' {script}; style-src 'self'; img-src 'self' data:; \
         font-src 'self'; connect-src 'self' {sources}; frame-src {sources}; form-action 'none'; base-uri 'none'; \
         object-src 'none'; frame-ancestors 'none'"
    );
    let value =
        |text: &str| HeaderValue::from_str(text).map_err(|e| SiteError::Broken(e.to_string()));
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_SECURITY_POLICY, value(&policy)?);
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(
        OPENER_POLICY,
        HeaderValue::from_static("same-origin-allow-popups"),
    );
    Ok(headers)
}

/// What every response gets; a page's own policy stays.
pub async fn seal(request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let is_api = ["/api/", "/quilt/", "/ticket_evolution/"]
        .iter()
        .any(|base| path.starts_with(base));
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("strict-origin"));
    headers.insert(RESOURCE_POLICY, HeaderValue::from_static("same-origin"));
    let locked = "default-src 'none'; frame-ancestors 'none'";
    headers
        .entry(CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static(locked));
    // Trunk names a file before its last build step, so that a name does not pin its content: always ask.
    let freshness = if is_api { "no-store" } else { "no-cache" };
    headers
        .entry(CACHE_CONTROL)
        .or_insert(HeaderValue::from_static(freshness));
    response
}
