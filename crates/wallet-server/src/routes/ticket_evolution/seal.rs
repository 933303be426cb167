//! Who calls: the account whose secret signed the request, down to its last byte.
//!
//! Around every route of the system, before anything of the body is read. Everything that is wrong with a signature
//! looks alike. It must never let a request through whose query is not signed: see [`check_form`].

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
use crate::config::{Account, Kind, System};
use crate::cors::check_page;
use crate::error::ApiError;
use crate::read::{LARGEST_BODY, takes_json};
use crate::secret::Fingerprint;

/// The account that signed, and its signature's fingerprint.
#[derive(Debug, Clone)]
pub(super) struct Signer {
    /// The account.
    pub account: Arc<Account>,
    /// Of what was signed, the same however the signature was written.
    pub signature: Fingerprint,
}

impl Signer {
    /// How many clients the account may make in an hour.
    pub fn clients_per_hour(&self) -> u32 {
        match &self.account.system {
            System::TicketEvolution(own) => own.clients_per_hour,
            _ => 0,
        }
    }

    /// When the account takes card numbers no more; none: it takes none.
    pub fn numbers_end(&self) -> Option<Seconds> {
        match &self.account.system {
            System::TicketEvolution(own) => own.raw_numbers_end,
            _ => None,
        }
    }
}

impl FromRequestParts<App> for Signer {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, ApiError> {
        let signer = parts.extensions.get::<Self>().cloned();
        signer.ok_or_else(|| ApiError::Broken("a route without a signature".to_owned()))
    }
}

/// Lets a request through that one of the accounts signed.
pub(super) async fn check(
    State(app): State<App>,
    OriginalUri(uri): OriginalUri,
    request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    let (mut parts, sent) = request.into_parts();
    // It is one piece already, and not copied.
    let body = to_bytes(sent, LARGEST_BODY).await;
    let body = body.map_err(|_| ApiError::TooLarge)?;
    let signer = find(&app, &parts.headers, |secret, host, signature| {
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
    parts.extensions.insert(signer);
    Ok(next.run(Request::from_parts(parts, Body::from(body))).await)
}

/// Refuses a signed request that is not of the form of this API, or comes from a page.
pub(super) async fn check_form(
    State(_): State<App>,
    signer: Signer,
    OriginalUri(uri): OriginalUri,
    request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    let has_body = request.body().size_hint().exact() != Some(0);
    // Where there is a body, it is signed in the query's place.
    if has_body && uri.query().is_some_and(|query| !query.is_empty()) {
        return Err(ApiError::Unreadable(
            "A request has a body or a query, not both: the signature covers one of them.",
        ));
    }
    check_page(request.headers(), &signer.account)?;
    check_kind(request.headers(), has_body)?;
    Ok(next.run(request).await)
}

/// The account whose token the request names, if `verify` finds it signed with that one's secret for this host.
fn find(
    app: &App,
    headers: &HeaderMap,
    verify: impl Fn(&ApiSecret, &str, &str) -> Option<Fingerprint>,
) -> Result<Signer, ApiError> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let (Some(token), Some(signature)) = (text(TOKEN_HEADER), text(SIGNATURE_HEADER)) else {
        return Err(ApiError::NotSignedIn);
    };
    // Our own name, whatever the request calls us: a request for another host is not for us.
    let host = app.public_url.as_str();
    let host = host.split_once("://").map_or(host, |(_, host)| host);
    let token = Fingerprint::of(token);
    let mut accounts = app.config.accounts.of(Kind::TicketEvolution);
    let found = accounts.find_map(|account| match &account.system {
        System::TicketEvolution(own) if token.matches(&own.token) => Some(Signer {
            account: Arc::clone(account),
            signature: verify(&own.secret, host, signature)?,
        }),
        _ => None,
    });
    found.ok_or(ApiError::NotSignedIn)
}

fn check_kind(headers: &HeaderMap, has_body: bool) -> Result<(), ApiError> {
    if !takes_json(headers) {
        return Err(ApiError::NotAcceptable);
    }
    if has_body && headers.contains_key(CONTENT_ENCODING) {
        return Err(ApiError::NotJson);
    }
    Ok(())
}
