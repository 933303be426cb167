//! Authenticates a Ticket Evolution caller by the signature of the whole request.
//!
//! A layer around every route, before the body is parsed. All invalid signatures get the same response. It must never
//! accept a request whose query is not signed: see [`check_format`].

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::{FromRequestParts, OriginalUri, Request, State};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_ENCODING;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::Response;
use card_entry_protocol::dialect::ticket_evolution::signing::{
    ApiSecret, SIGNATURE_HEADER, SignableRequest, TOKEN_HEADER,
};
use http_body::Body as _;

use crate::app::App;
use crate::clock::Seconds;
use crate::config::{Account, SystemConfig, WalletSystem};
use crate::cors::check_origin;
use crate::error::ApiError;
use crate::extract::{MAX_BODY_BYTES, accepts_json};
use crate::log;
use crate::secret::Fingerprint;

/// The caller of a request with a valid signature.
#[derive(Debug, Clone)]
pub(super) struct SignedCaller {
    /// The account whose secret signed the request.
    pub account: Arc<Account>,
    /// The fingerprint of the signature in its canonical form, whatever encoding the caller used.
    pub signature: Fingerprint,
}

impl SignedCaller {
    /// The maximum number of clients that the account creates in an hour.
    pub fn clients_per_hour(&self) -> u32 {
        match &self.account.system {
            SystemConfig::TicketEvolution(own) => own.clients_per_hour,
            _ => 0,
        }
    }

    /// The time from which the account refuses raw card numbers. `None` means always.
    pub fn raw_numbers_end(&self) -> Option<Seconds> {
        match &self.account.system {
            SystemConfig::TicketEvolution(own) => own.raw_numbers_end,
            _ => None,
        }
    }
}

impl FromRequestParts<App> for SignedCaller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, ApiError> {
        let caller = parts.extensions.get::<Self>().cloned();
        caller.ok_or_else(|| ApiError::Internal("a route without a signature".to_owned()))
    }
}

/// Verifies the signature, or refuses the request.
pub(super) async fn verify(
    State(app): State<App>,
    OriginalUri(uri): OriginalUri,
    request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    let (mut parts, sent) = request.into_parts();
    // The body is in one piece already, so that this does not copy it.
    let body = to_bytes(sent, MAX_BODY_BYTES).await;
    let body = body.map_err(|_| ApiError::BodyTooLarge)?;
    let caller = find_caller(&app, &parts.headers, |secret, host, signature| {
        let signed = SignableRequest {
            method: parts.method.as_str(),
            host,
            path: uri.path(),
            query: uri.query().unwrap_or(""),
            body: &body,
        };
        let known = secret.verify(&signed, signature);
        known.then(|| Fingerprint::of(&secret.sign(&signed)))
    })?;
    log::record_account(caller.account.id);
    parts.extensions.insert(caller);
    Ok(next.run(Request::from_parts(parts, Body::from(body))).await)
}

/// Refuses a signed request that has both a body and a query, comes from another origin, or is not JSON.
pub(super) async fn check_format(
    State(_): State<App>,
    caller: SignedCaller,
    OriginalUri(uri): OriginalUri,
    request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    let has_body = request.body().size_hint().exact() != Some(0);
    // The signature of a request with a body covers the body and not the query.
    if has_body && uri.query().is_some_and(|query| !query.is_empty()) {
        return Err(ApiError::BadRequest(
            "A request has a body or a query, not both: the signature covers one of them.",
        ));
    }
    check_origin(request.headers(), &caller.account)?;
    check_content_type(request.headers(), has_body)?;
    Ok(next.run(request).await)
}

/// Finds the account of the request's token, if `verify` accepts the signature with its secret and this host name.
fn find_caller(
    app: &App,
    headers: &HeaderMap,
    verify: impl Fn(&ApiSecret, &str, &str) -> Option<Fingerprint>,
) -> Result<SignedCaller, ApiError> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let (Some(token), Some(signature)) = (text(TOKEN_HEADER), text(SIGNATURE_HEADER)) else {
        return Err(ApiError::NotSignedIn);
    };
    // The server's own host name, not the `Host` header: a request that was signed for another host is refused.
    let host = app.public_url.as_str();
    let host = host.split_once("://").map_or(host, |(_, host)| host);
    let token = Fingerprint::of(token);
    let mut accounts = app.config.accounts.of_system(WalletSystem::TicketEvolution);
    let found = accounts.find_map(|account| match &account.system {
        SystemConfig::TicketEvolution(own) if token.matches(&own.token) => Some(SignedCaller {
            account: Arc::clone(&account),
            signature: verify(&own.secret, host, signature)?,
        }),
        _ => None,
    });
    found.ok_or(ApiError::NotSignedIn)
}

fn check_content_type(headers: &HeaderMap, has_body: bool) -> Result<(), ApiError> {
    if !accepts_json(headers) {
        return Err(ApiError::NotAcceptable);
    }
    if has_body && headers.contains_key(CONTENT_ENCODING) {
        return Err(ApiError::UnsupportedMediaType);
    }
    Ok(())
}
