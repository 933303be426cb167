//! The hooks origin: the bank's 3D Secure page, an outer frame that holds the challenge frame.
//!
//! The outer frame tells Stripe.js only that the challenge is over; what came of it is read from the
//! API, never from a message. Opened as a page of its own it leads back to the merchant instead.

mod back;

use crate::api::settle::{Verdict, open, settle};
use crate::checkout;
use crate::fault::Hit;
use crate::journal::Place;
use crate::money;
use crate::trouble::{ChallengeTrouble, Trouble};
use crate::world::World;
use axum::Router;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use back::back;
use std::sync::Arc;

const OUTER_HTML: &str = include_str!("../script/hooks/outer.html");
const BANK_HTML: &str = include_str!("../script/hooks/bank.html");
const WAITING_HTML: &str = include_str!("../script/hooks/waiting.html");
const BROKEN_HTML: &str = include_str!("../script/hooks/broken.html");
const OVER_HTML: &str = include_str!("../script/hooks/over.html");
const OUTER_JS: &str = include_str!("../script/hooks/outer.js");
const BANK_JS: &str = include_str!("../script/hooks/bank.js");
const BANK_CSS: &str = include_str!("../script/hooks/bank.css");

/// Frames of this origin hold only frames of this origin, and send forms nowhere.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; \
                      form-action 'none'; base-uri 'none'";

/// Every path of the hooks origin.
pub fn router(world: Arc<World>) -> Router {
    Router::new()
        .route("/healthz", get(|| async { "ok" }))
        .route("/redirect/authenticate/{source}", get(outer))
        .route("/redirect/back/{source}", get(go_back))
        .route("/challenge/{source}", get(bank))
        .route("/challenge/{source}/wait", get(wait))
        .route("/challenge/{source}/{verdict}", post(decide))
        .route(
            "/outer.js",
            get(|| async { file("text/javascript", OUTER_JS) }),
        )
        .route(
            "/bank.js",
            get(|| async { file("text/javascript", BANK_JS) }),
        )
        .route("/bank.css", get(|| async { file("text/css", BANK_CSS) }))
        .with_state(Arc::clone(&world))
        .nest("/checkout", checkout::pages(world))
}

async fn outer(
    State(world): State<Arc<World>>,
    Path(source): Path<String>,
    request: Request,
) -> Response {
    note(&world, &request, &source, 200);
    let back = back(&world, &source).map(|_| format!("/redirect/back/{}", escape(&source)));
    let back = back.unwrap_or_default();
    let html = if open(&world, &source).is_some() {
        OUTER_HTML
    } else {
        OVER_HTML
    };
    let filled = html.replace("%SOURCE%", &escape(&source));
    page(StatusCode::OK, filled.replace("%BACK%", &back))
}

/// Back to the merchant, with how it went.
async fn go_back(
    State(world): State<Arc<World>>,
    Path(source): Path<String>,
    request: Request,
) -> Response {
    let url = back(&world, &source).and_then(|url| HeaderValue::from_str(&url).ok());
    let Some(url) = url else {
        note(&world, &request, &source, 404);
        return page(StatusCode::NOT_FOUND, OVER_HTML.replace("%BACK%", ""));
    };
    note(&world, &request, &source, 303);
    (StatusCode::SEE_OTHER, [(header::LOCATION, url)]).into_response()
}

async fn bank(
    State(world): State<Arc<World>>,
    Path(source): Path<String>,
    request: Request,
) -> Response {
    let Some(open) = open(&world, &source) else {
        note(&world, &request, &source, 200);
        return page(StatusCode::OK, OVER_HTML.replace("%BACK%", ""));
    };
    let hit = Hit {
        account: Some(open.pending.owner()),
        method: "GET",
        path: request.uri().path(),
        ..Hit::default()
    };
    let met = world.faults.meet(&hit, |trouble| match trouble {
        Trouble::Challenge(ChallengeTrouble::Frictionless) => None,
        Trouble::Challenge(trouble) => Some(trouble),
        _ => None,
    });
    let mut trouble = "";
    if let Some((kind, fault)) = met {
        tokio::time::sleep(fault.delay()).await;
        match kind {
            ChallengeTrouble::Hang => trouble = "hang",
            ChallengeTrouble::Broken => {
                note(&world, &request, &source, 503);
                return page(StatusCode::SERVICE_UNAVAILABLE, BROKEN_HTML.to_owned());
            }
            ChallengeTrouble::Twice => trouble = "twice",
            ChallengeTrouble::Late | ChallengeTrouble::Frictionless => {}
        }
    }
    note(&world, &request, &source, 200);
    if trouble == "hang" {
        return page(StatusCode::OK, WAITING_HTML.to_owned());
    }
    let what = match &open.amount {
        Some((amount, currency)) => format!("A payment of {}", money::words(*amount, currency)),
        None => "Saving the card for later".to_owned(),
    };
    let filled = BANK_HTML
        .replace("%SOURCE%", &escape(&source))
        .replace("%TROUBLE%", trouble)
        .replace("%LAST4%", open.last4)
        .replace("%WHAT%", &escape(&what));
    page(StatusCode::OK, filled)
}

/// A page with no end, for whoever asks to be kept waiting.
async fn wait(
    State(world): State<Arc<World>>,
    Path(source): Path<String>,
    request: Request,
) -> Response {
    note(&world, &request, &source, 200);
    page(StatusCode::OK, WAITING_HTML.to_owned())
}

/// `complete`, `fail` or `close`, from the bank's own page; a test may send it without a browser.
async fn decide(
    State(world): State<Arc<World>>,
    Path((source, verdict)): Path<(String, String)>,
    request: Request,
) -> Response {
    let origin = request
        .headers()
        .get(header::ORIGIN)
        .and_then(|value| value.to_str().ok());
    let status = match verdict.as_str() {
        _ if origin.is_some_and(|origin| origin != world.origins.hooks) => StatusCode::FORBIDDEN,
        "complete" => settled(settle(&world, &source, Verdict::Completed)),
        "fail" | "close" => settled(settle(&world, &source, Verdict::Failed)),
        _ => StatusCode::NOT_FOUND,
    };
    note(&world, &request, &source, status.as_u16());
    status.into_response()
}

fn settled(done: bool) -> StatusCode {
    if done {
        StatusCode::NO_CONTENT
    } else {
        StatusCode::GONE
    }
}

fn note(world: &World, request: &Request, source: &str, status: u16) {
    let (path, query) = (
        request.uri().path(),
        request.uri().query().unwrap_or_default(),
    );
    let number = world.journal.note(
        Place::Hooks,
        request.method().as_str(),
        path,
        query,
        request.headers(),
        "",
    );
    if let Some(pending) = world.books().pending(source) {
        world.journal.belongs(number, pending.owner());
    }
    world.journal.answered(number, status);
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

/// Text as an attribute or as content.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
