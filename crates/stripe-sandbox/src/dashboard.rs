//! The dashboard, a page at the root of the API origin: test cards, faults, the last requests and webhooks. For people
//! only; not part of Stripe's API.

use crate::state::SandboxState;
use axum::extract::State;
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use std::sync::Arc;

const HOME: &str = include_str!("../script/dashboard/home.html");
const STYLE: &str = include_str!("../script/dashboard/home.css");

/// Joined in this order into one function.
const PARTS: &[&str] = &[
    include_str!("../script/dashboard/draw.js"),
    include_str!("../script/dashboard/cards.js"),
    include_str!("../script/dashboard/braintree.js"),
    include_str!("../script/dashboard/faults.js"),
    include_str!("../script/dashboard/requests.js"),
    include_str!("../script/dashboard/webhooks.js"),
    include_str!("../script/dashboard/home.js"),
];

/// The page shows text from recorded requests, so it may run only its own script.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; \
                      form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

pub async fn show(State(state): State<Arc<SandboxState>>) -> Response {
    let headers = [
        (header::CACHE_CONTROL, "no-store"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
    ];
    (headers, Html(state.origins.fill_placeholders(HOME))).into_response()
}

pub async fn script() -> Response {
    let body = format!(
        "(function () {{\n'use strict';\n{}\n}})();\n",
        PARTS.join("\n")
    );
    file("text/javascript", body)
}

pub async fn style() -> Response {
    file("text/css", STYLE.to_owned())
}

fn file(kind: &'static str, text: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, text).into_response()
}
