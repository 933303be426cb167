//! The hooks origin: the bank's 3D Secure page, in an outer frame that contains the challenge frame.
//!
//! The outer frame tells Stripe.js only that the challenge is over. The result must be read from the API, never from
//! the message. When the page is opened outside of a frame, it redirects back to the merchant instead.

mod return_url;

use crate::api::challenge_end::{ChallengeOutcome, complete_challenge, find_open_challenge};
use crate::checkout;
use crate::faults::{ChallengeEffect, FaultEffect, FaultTarget};
use crate::journal::{OriginKind, ReceivedRequest};
use crate::money;
use crate::state::SandboxState;
use axum::Router;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use return_url::return_url;
use std::sync::Arc;

const OUTER_HTML: &str = include_str!("../script/three_d_secure/outer.html");
const BANK_HTML: &str = include_str!("../script/three_d_secure/bank.html");
const WAITING_HTML: &str = include_str!("../script/three_d_secure/waiting.html");
const BROKEN_HTML: &str = include_str!("../script/three_d_secure/broken.html");
const OVER_HTML: &str = include_str!("../script/three_d_secure/over.html");
const OUTER_JS: &str = include_str!("../script/three_d_secure/outer.js");
const BANK_JS: &str = include_str!("../script/three_d_secure/bank.js");
const BANK_CSS: &str = include_str!("../script/three_d_secure/bank.css");

/// A page of this origin may contain frames of this origin only, and may not submit forms.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; \
                      form-action 'none'; base-uri 'none'";

/// Every path of the hooks origin.
pub fn router(state: Arc<SandboxState>) -> Router {
    Router::new()
        .route("/healthz", get(|| async { "ok" }))
        .route("/redirect/authenticate/{source}", get(outer_frame))
        .route("/redirect/back/{source}", get(redirect_back))
        .route("/challenge/{source}", get(challenge_frame))
        .route("/challenge/{source}/wait", get(waiting_page))
        .route("/challenge/{source}/{button}", post(end_challenge))
        .route(
            "/outer.js",
            get(|| async { file("text/javascript", OUTER_JS) }),
        )
        .route(
            "/bank.js",
            get(|| async { file("text/javascript", BANK_JS) }),
        )
        .route("/bank.css", get(|| async { file("text/css", BANK_CSS) }))
        .with_state(Arc::clone(&state))
        .nest("/checkout", checkout::pages(state))
}

async fn outer_frame(
    State(state): State<Arc<SandboxState>>,
    Path(source): Path<String>,
    request: Request,
) -> Response {
    record_request(&state, &request, &source, 200);
    let back = return_url(&state, &source).map(|_| format!("/redirect/back/{}", escape(&source)));
    let back = back.unwrap_or_default();
    let html = if find_open_challenge(&state, &source).is_some() {
        OUTER_HTML
    } else {
        OVER_HTML
    };
    let filled = html.replace("%SOURCE%", &escape(&source));
    page(StatusCode::OK, filled.replace("%BACK%", &back))
}

/// Redirects back to the merchant, with the result.
async fn redirect_back(
    State(state): State<Arc<SandboxState>>,
    Path(source): Path<String>,
    request: Request,
) -> Response {
    let url = return_url(&state, &source).and_then(|url| HeaderValue::from_str(&url).ok());
    let Some(url) = url else {
        record_request(&state, &request, &source, 404);
        return page(StatusCode::NOT_FOUND, OVER_HTML.replace("%BACK%", ""));
    };
    record_request(&state, &request, &source, 303);
    (StatusCode::SEE_OTHER, [(header::LOCATION, url)]).into_response()
}

async fn challenge_frame(
    State(state): State<Arc<SandboxState>>,
    Path(source): Path<String>,
    request: Request,
) -> Response {
    let Some(challenge) = find_open_challenge(&state, &source) else {
        record_request(&state, &request, &source, 200);
        return page(StatusCode::OK, OVER_HTML.replace("%BACK%", ""));
    };
    let target = FaultTarget {
        account: Some(challenge.pending.platform()),
        method: "GET",
        path: request.uri().path(),
        ..FaultTarget::default()
    };
    let matched = state.faults.take_matching(&target, |effect| match effect {
        FaultEffect::Challenge(ChallengeEffect::Frictionless) => None,
        FaultEffect::Challenge(effect) => Some(effect),
        _ => None,
    });
    let mut effect = "";
    if let Some((kind, fault)) = matched {
        tokio::time::sleep(fault.delay()).await;
        match kind {
            ChallengeEffect::Hang => effect = "hang",
            ChallengeEffect::Broken => {
                record_request(&state, &request, &source, 503);
                return page(StatusCode::SERVICE_UNAVAILABLE, BROKEN_HTML.to_owned());
            }
            ChallengeEffect::Twice => effect = "twice",
            ChallengeEffect::Late | ChallengeEffect::Frictionless => {}
        }
    }
    record_request(&state, &request, &source, 200);
    if effect == "hang" {
        return page(StatusCode::OK, WAITING_HTML.to_owned());
    }
    let what = match &challenge.amount {
        Some((amount, currency)) => format!(
            "A payment of {}",
            money::format_with_code(*amount, currency)
        ),
        None => "Saving the card for later".to_owned(),
    };
    let filled = BANK_HTML
        .replace("%SOURCE%", &escape(&source))
        .replace("%FAULT%", effect)
        .replace("%LAST4%", challenge.last4)
        .replace("%WHAT%", &escape(&what));
    page(StatusCode::OK, filled)
}

/// A page that waits and never ends.
async fn waiting_page(
    State(state): State<Arc<SandboxState>>,
    Path(source): Path<String>,
    request: Request,
) -> Response {
    record_request(&state, &request, &source, 200);
    page(StatusCode::OK, WAITING_HTML.to_owned())
}

/// Ends the challenge: `complete`, `fail` or `close`. Sent by the bank's page, or by a test without a browser.
async fn end_challenge(
    State(state): State<Arc<SandboxState>>,
    Path((source, button)): Path<(String, String)>,
    request: Request,
) -> Response {
    let origin = request
        .headers()
        .get(header::ORIGIN)
        .and_then(|value| value.to_str().ok());
    let status = match button.as_str() {
        _ if origin.is_some_and(|origin| origin != state.origins.hooks) => StatusCode::FORBIDDEN,
        "complete" => completed_status(complete_challenge(
            &state,
            &source,
            ChallengeOutcome::Completed,
        )),
        "fail" | "close" => completed_status(complete_challenge(
            &state,
            &source,
            ChallengeOutcome::Failed,
        )),
        _ => StatusCode::NOT_FOUND,
    };
    record_request(&state, &request, &source, status.as_u16());
    status.into_response()
}

fn completed_status(done: bool) -> StatusCode {
    if done {
        StatusCode::NO_CONTENT
    } else {
        StatusCode::GONE
    }
}

fn record_request(state: &SandboxState, request: &Request, source: &str, status: u16) {
    let (path, query) = (
        request.uri().path(),
        request.uri().query().unwrap_or_default(),
    );
    let number = state.journal.record(ReceivedRequest {
        origin: OriginKind::Hooks,
        method: request.method().as_str(),
        path,
        query,
        headers: request.headers(),
        body: "",
    });
    if let Some(pending) = state.accounts().pending_challenge(source) {
        state.journal.set_account(number, pending.platform());
    }
    state.journal.set_status(number, status);
}

fn page(status: StatusCode, html: String) -> Response {
    let headers = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    (status, headers, Html(html)).into_response()
}

fn file(kind: &'static str, text: &'static str) -> Response {
    (
        [
            (header::CONTENT_TYPE, kind),
            (header::CACHE_CONTROL, "no-store"),
        ],
        text,
    )
        .into_response()
}

/// Escapes text for an HTML attribute or element.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
