//! The frames of Hosted Fields, assembled from `script/braintree/frame/`. The card number must never leave them except to be
//! tokenized.

use super::authorization::is_merchant;
use super::scripts::is_version;
use crate::faults::FaultTarget;
use crate::faults::{BraintreeEffect, FaultEffect};
use crate::journal::{OriginKind, ReceivedRequest};
use crate::state::SandboxState;
use axum::extract::{OriginalUri, Path, Query, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use serde::Deserialize;
use std::sync::Arc;

const HTML: &str = include_str!("../../script/braintree/frame/field.html");
const CSS: &str = include_str!("../../script/braintree/frame/field.css");

/// Joined in this order into the script of a frame.
const PARTS: &[&str] = &[
    include_str!("../../script/braintree/shared/brands.js"),
    include_str!("../../script/braintree/shared/request.js"),
    include_str!("../../script/braintree/shared/card-answer.js"),
    include_str!("../../script/braintree/shared/styles.js"),
    include_str!("../../script/braintree/frame/validity.js"),
    include_str!("../../script/braintree/frame/format.js"),
    include_str!("../../script/braintree/frame/style.js"),
    include_str!("../../script/braintree/frame/input.js"),
    include_str!("../../script/braintree/frame/form.js"),
    include_str!("../../script/braintree/frame/tokenize.js"),
    include_str!("../../script/braintree/frame/field.js"),
];

/// Query of a frame's URL, for the faults and the journal. It must never hold a secret.
#[derive(Deserialize)]
pub struct FieldFrameQuery {
    #[serde(default)]
    merchant: String,
    #[serde(default)]
    field: String,
}

pub async fn frame(
    State(state): State<Arc<SandboxState>>,
    Path((version, file)): Path<(String, String)>,
    Query(frame): Query<FieldFrameQuery>,
    OriginalUri(uri): OriginalUri,
    request: Request,
) -> Response {
    let (path, query) = (uri.path(), uri.query().unwrap_or_default());
    let number = state.journal.record(ReceivedRequest {
        origin: OriginKind::Fields,
        method: "GET",
        path,
        query,
        headers: request.headers(),
        body: "",
    });
    let account = Some(frame.merchant.as_str()).filter(|merchant| is_merchant(merchant));
    account
        .iter()
        .for_each(|merchant| state.journal.set_account(number, merchant));
    let target = FaultTarget {
        account,
        method: "GET",
        path,
        element: &frame.field,
        ..FaultTarget::default()
    };
    let met = state.faults.take_matching(&target, |effect| match effect {
        FaultEffect::Braintree(effect) if effect.affects_fields() => Some(effect),
        _ => None,
    });
    let mut effect = "";
    if let Some((kind, fault)) = met {
        tokio::time::sleep(fault.delay()).await;
        if kind == BraintreeEffect::FieldsNeverReady {
            effect = "never_ready";
        }
    }
    let known = matches!(
        file.as_str(),
        "hosted-fields-frame.min.html" | "hosted-fields-frame.html"
    );
    let response = match known && is_version(&version) {
        true => page(&state, &HTML.replace("%FAULT%", effect)),
        false => StatusCode::NOT_FOUND.into_response(),
    };
    state.journal.set_status(number, response.status().as_u16());
    response
}

/// `GET /web/<version>/frame/<file>`: the frame's script and style.
pub async fn part(
    State(state): State<Arc<SandboxState>>,
    Path((version, file)): Path<(String, String)>,
) -> Response {
    let origins = &state.origins;
    let (kind, text) = match file.as_str() {
        "field.js" => {
            let body = origins
                .fill_placeholders(&PARTS.join("\n"))
                .replace("%VERSION%", &version);
            (
                "text/javascript; charset=utf-8",
                format!("(function () {{\n'use strict';\n{body}\n}})();\n"),
            )
        }
        "field.css" => ("text/css; charset=utf-8", CSS.to_owned()),
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    if !is_version(&version) {
        return StatusCode::NOT_FOUND.into_response();
    }
    (
        [
            (header::CONTENT_TYPE, kind),
            (header::CACHE_CONTROL, "no-store"),
        ],
        text,
    )
        .into_response()
}

fn page(state: &SandboxState, html: &str) -> Response {
    let policy = format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src {}",
        state.origins.braintree_graphql
    );
    let headers = [
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::CACHE_CONTROL, "no-store".to_owned()),
        (header::REFERRER_POLICY, "no-referrer".to_owned()),
    ];
    (headers, Html(html.to_owned())).into_response()
}
