//! Security headers: the content security policy of each kind of page, and the headers of every response.
//!
//! The policies name the wallet server's origin. They must never hold `unsafe-inline` or a wildcard.

use axum::extract::Request;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use card_entry_protocol::origin::Origin;

use crate::bokamera::StripeAddresses;
use crate::error::SiteError;
use crate::nonce::CspNonce;
use crate::page::TerminalOrigins;

const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static("permissions-policy");
const OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// What a page's policy allows it to run.
#[derive(Debug, Clone, Copy)]
pub enum ScriptPolicy<'a> {
    /// Scripts of this origin, no Wasm.
    PlainScripts,
    Wasm,
    /// Wasm and Stripe Terminal.
    Terminal(&'a TerminalOrigins),
}

/// # Errors
/// When the wallet server's origin is no valid header value; a parsed origin always is.
pub fn page_headers(
    wallet: &Origin,
    scripts: ScriptPolicy<'_>,
    nonce: Option<&CspNonce>,
) -> Result<HeaderMap, SiteError> {
    let nonce = nonce
        .map(|nonce| format!(" 'nonce-{}'", nonce.as_str()))
        .unwrap_or_default();
    let (script_sources, connect_sources) = match scripts {
        ScriptPolicy::PlainScripts => (String::new(), String::new()),
        ScriptPolicy::Wasm => (" 'wasm-unsafe-eval'".to_owned(), String::new()),
        ScriptPolicy::Terminal(terminal) => {
            let [script_origin, api] = &terminal.origins;
            let script_sources = format!(" 'wasm-unsafe-eval' {script_origin}");
            (script_sources, format!(" {api}"))
        }
    };
    let policy = format!(
        "default-src 'none'; script-src 'self'{script_sources}{nonce}; style-src 'self'{nonce}; img-src 'self' data:; \
         font-src 'self'; manifest-src 'self'; connect-src 'self' {wallet}{connect_sources}; frame-src {wallet}; form-action 'none'; \
         base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
    );
    // The card form delegates the first two to Stripe's frames.
    let permissions = format!(
        "payment=(self \"{wallet}\"), publickey-credentials-get=(self \"{wallet}\"), camera=(), microphone=(), \
         geolocation=(), usb=(), serial=(), midi=(), display-capture=()"
    );
    let value =
        |text: &str| HeaderValue::from_str(text).map_err(|e| SiteError::Internal(e.to_string()));
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_SECURITY_POLICY, value(&policy)?);
    headers.insert(PERMISSIONS_POLICY, value(&permissions)?);
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // A bank's challenge may open a popup that must reach its opener.
    headers.insert(
        OPENER_POLICY,
        HeaderValue::from_static("same-origin-allow-popups"),
    );
    Ok(headers)
}

/// Sets `frame-ancestors` to these origins.
///
/// # Errors
/// When an origin is no valid header value; a parsed origin always is.
pub fn allow_embedding(headers: &mut HeaderMap, sites: &[Origin]) -> Result<(), SiteError> {
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
            HeaderValue::from_str(&policy).map_err(|e| SiteError::Internal(e.to_string()))?;
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    Ok(())
}

/// Requires Trusted Types, with the one policy that the companion uses, so that the journeys run under them.
/// See <https://www.w3.org/TR/trusted-types/>.
///
/// # Errors
/// When the policy is no header value, which it always is.
pub fn require_trusted_types(headers: &mut HeaderMap) -> Result<(), SiteError> {
    let policy = headers
        .get(CONTENT_SECURITY_POLICY)
        .and_then(|policy| policy.to_str().ok())
        .unwrap_or_default();
    let policy = format!("{policy}; require-trusted-types-for 'script'; trusted-types card-entry");
    let policy = HeaderValue::from_str(&policy).map_err(|e| SiteError::Internal(e.to_string()))?;
    headers.insert(CONTENT_SECURITY_POLICY, policy);
    Ok(())
}

/// The headers of `/home.html`, the page of another site that embeds `/element.html`.
#[must_use]
pub fn host_page_headers() -> HeaderMap {
    let policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; frame-src http://127.0.0.1:*; \
                  form-action 'none'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'";
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers
}

/// The headers of a payment page: it runs Stripe.js and calls its own origin only.
///
/// # Errors
/// When one of Stripe's origins is no valid header value; a parsed origin always is.
pub fn payment_page_headers(stripe: &StripeAddresses) -> Result<HeaderMap, SiteError> {
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
        |text: &str| HeaderValue::from_str(text).map_err(|e| SiteError::Internal(e.to_string()));
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_SECURITY_POLICY, value(&policy)?);
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(
        OPENER_POLICY,
        HeaderValue::from_static("same-origin-allow-popups"),
    );
    Ok(headers)
}

/// Adds the headers of every response. A policy that the page set itself stays.
pub async fn add_defaults(request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let is_api = ["/api/", "/quilt/", "/ticket_evolution/"]
        .iter()
        .any(|base| path.starts_with(base));
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("strict-origin"));
    headers.insert(RESOURCE_POLICY, HeaderValue::from_static("same-origin"));
    let default_policy = "default-src 'none'; frame-ancestors 'none'";
    headers
        .entry(CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static(default_policy));
    // Trunk hashes a file before its last build step, so a file name does not identify its content: always revalidate.
    let cache_control = if is_api { "no-store" } else { "no-cache" };
    headers
        .entry(CACHE_CONTROL)
        .or_insert(HeaderValue::from_static(cache_control));
    response
}
