//! The fields origin: one frame for each field, and the hidden controller frame that calls the API.
//!
//! The person enters the card number in these frames only. The embedding page has another origin and must never read
//! it.

use crate::faults::{FaultEffect, FaultTarget, FieldEffect};
use crate::journal::{OriginKind, ReceivedRequest};
use crate::key::ApiKey;
use crate::state::SandboxState;
use axum::Router;
use axum::extract::{Query, Request, State};
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use serde::Deserialize;
use std::sync::Arc;

const FIELD_HTML: &str = include_str!("../script/frame/field.html");
const CONTROLLER_HTML: &str = include_str!("../script/frame/controller.html");
const FIELD_CSS: &str = include_str!("../script/frame/field.css");

/// Joined in this order into the script of a field's frame.
const FIELD_PARTS: &[&str] = &[
    include_str!("../script/frame/texts.js"),
    include_str!("../script/frame/card.js"),
    include_str!("../script/frame/issuer.js"),
    include_str!("../script/frame/check.js"),
    include_str!("../script/frame/input.js"),
    include_str!("../script/frame/autofill.js"),
    include_str!("../script/frame/icons.js"),
    include_str!("../script/frame/network.js"),
    include_str!("../script/frame/style.js"),
    include_str!("../script/frame/layout.js"),
    include_str!("../script/frame/payload.js"),
    include_str!("../script/frame/form.js"),
    include_str!("../script/frame/field.js"),
];
const CONTROLLER_JS: &str = include_str!("../script/frame/controller.js");

/// The query of a frame's URL. The embedding page sets it, so it must not hold a secret.
#[derive(Deserialize)]
struct FieldFrameQuery {
    #[serde(default)]
    key: String,
    #[serde(default)]
    element: String,
}

/// Every path of the fields origin.
pub fn router(state: Arc<SandboxState>) -> Router {
    Router::new()
        .route("/healthz", get(|| async { "ok" }))
        .route("/field", get(field))
        .route("/controller", get(controller))
        .route(
            "/field.js",
            get(|| async { file("text/javascript", wrap(&FIELD_PARTS.join("\n"))) }),
        )
        .route(
            "/field.css",
            get(|| async { file("text/css", FIELD_CSS.to_owned()) }),
        )
        .route("/controller.js", get(controller_js))
        .nest("/braintree", crate::braintree::fields_router())
        .with_state(state)
}

async fn field(
    State(state): State<Arc<SandboxState>>,
    Query(query): Query<FieldFrameQuery>,
    request: Request,
) -> Response {
    let account = record_request(&state, &query, &request);
    let target = FaultTarget {
        account: account.as_deref(),
        method: "GET",
        path: "/field",
        element: &query.element,
        ..FaultTarget::default()
    };
    let matched = state.faults.take_matching(&target, |effect| match effect {
        FaultEffect::Fields(effect) => Some(effect),
        _ => None,
    });
    let mut effect = "";
    if let Some((kind, fault)) = matched {
        tokio::time::sleep(fault.delay()).await;
        effect = match kind {
            FieldEffect::NeverReady => "never_ready",
            FieldEffect::Loaderror => "loaderror",
            FieldEffect::Late => "",
        };
    }
    page(
        FIELD_HTML.replace("%FAULT%", effect),
        "default-src 'none'; script-src 'self'; style-src 'self'",
    )
}

async fn controller(
    State(state): State<Arc<SandboxState>>,
    Query(query): Query<FieldFrameQuery>,
    request: Request,
) -> Response {
    record_request(&state, &query, &request);
    let policy = format!(
        "default-src 'none'; script-src 'self'; connect-src {}",
        state.origins.api
    );
    page(CONTROLLER_HTML.to_owned(), &policy)
}

async fn controller_js(State(state): State<Arc<SandboxState>>) -> Response {
    file(
        "text/javascript",
        wrap(&state.origins.fill_placeholders(CONTROLLER_JS)),
    )
}

fn record_request(
    state: &SandboxState,
    frame: &FieldFrameQuery,
    request: &Request,
) -> Option<String> {
    let (path, query) = (
        request.uri().path(),
        request.uri().query().unwrap_or_default(),
    );
    let number = state.journal.record(ReceivedRequest {
        origin: OriginKind::Fields,
        method: "GET",
        path,
        query,
        headers: request.headers(),
        body: "",
    });
    state.journal.set_status(number, 200);
    let account = ApiKey::parse(&frame.key).ok()?.account;
    state.journal.set_account(number, &account);
    Some(account)
}

fn page(html: String, policy: &str) -> Response {
    let headers = [
        (header::CONTENT_SECURITY_POLICY, policy.to_owned()),
        (header::CACHE_CONTROL, "no-store".to_owned()),
        (header::REFERRER_POLICY, "no-referrer".to_owned()),
    ];
    (headers, Html(html)).into_response()
}

fn file(kind: &'static str, text: String) -> Response {
    (
        [
            (header::CONTENT_TYPE, kind),
            (header::CACHE_CONTROL, "no-store"),
        ],
        text,
    )
        .into_response()
}

fn wrap(script: &str) -> String {
    format!("(function () {{\n'use strict';\n{script}\n}})();\n")
}
