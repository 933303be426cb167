//! The files of the checkout pages, and their content security policy. A hosted page must never be framed.

use crate::state::SandboxState;
use axum::http::{HeaderName, header};
use axum::response::{Html, IntoResponse, Response};

const PAGE: &str = include_str!("../../script/checkout/page.html");
const STYLE: &str = include_str!("../../script/checkout/page.css");

/// Joined in this order. The files that check card numbers are those of the fields' frames.
const PARTS: &[&str] = &[
    include_str!("../../script/frame/texts.js"),
    include_str!("../../script/frame/card.js"),
    include_str!("../../script/frame/check.js"),
    include_str!("../../script/frame/input.js"),
    include_str!("../../script/frame/icons.js"),
    include_str!("../../script/checkout/sheet.js"),
    include_str!("../../script/checkout/typed.js"),
    include_str!("../../script/checkout/bank.js"),
    include_str!("../../script/checkout/page.js"),
];

/// The base of the embedded form on the hooks origin. Pages with Elements already allow frames of this origin.
pub const EMBEDDED_BASE: &str = "/checkout";

/// The page for `session`. A hosted page must not be framed, because the person checks its address.
pub fn page(state: &SandboxState, session: &str, object: &str, base: &str) -> Response {
    let framed = if object == "hosted" {
        "frame-ancestors 'none'"
    } else {
        "form-action 'none'"
    };
    let policy = format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; \
         frame-src {}; base-uri 'none'; {framed}",
        state.origins.hooks
    );
    let html = PAGE
        .replace("%SESSION%", &escape(session))
        .replace("%BASE%", base)
        .replace("%SHOWN%", object);
    let headers = [
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::CACHE_CONTROL, "no-store".to_owned()),
        (header::REFERRER_POLICY, "no-referrer".to_owned()),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(), microphone=(), geolocation=()".to_owned(),
        ),
    ];
    (headers, Html(state.origins.fill_placeholders(&html))).into_response()
}

pub async fn js() -> Response {
    let joined = PARTS.join("\n");
    let script = format!("(function () {{\n'use strict';\n{joined}\n}})();\n");
    file("text/javascript", script)
}

pub async fn css() -> Response {
    file("text/css", STYLE.to_owned())
}

fn file(kind: &'static str, text: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, text).into_response()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
}
