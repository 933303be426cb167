//! The scripts that a merchant's page loads, assembled from `script/braintree/page/`. They create the field frames and exchange
//! messages with them. They must never receive a card number.

use super::authorization::merchant_of;
use crate::faults::FaultTarget;
use crate::faults::{BraintreeEffect, FaultEffect};
use crate::journal::{OriginKind, ReceivedRequest};
use crate::serve::drop_connection;
use crate::state::SandboxState;
use axum::extract::{OriginalUri, Path, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;
use std::time::Duration;

/// Longer than any page waits for a script.
const HANG_TIMEOUT: Duration = Duration::from_secs(3600);

const COMMON: &[&str] = &[
    include_str!("../../script/braintree/page/errors.js"),
    include_str!("../../script/braintree/page/promise.js"),
];
const CLIENT: &[&str] = &[
    include_str!("../../script/braintree/page/authorization.js"),
    include_str!("../../script/braintree/shared/request.js"),
    include_str!("../../script/braintree/shared/card-answer.js"),
    include_str!("../../script/braintree/page/client.js"),
];
const HOSTED_FIELDS: &[&str] = &[
    include_str!("../../script/braintree/shared/brands.js"),
    include_str!("../../script/braintree/shared/styles.js"),
    include_str!("../../script/braintree/page/options.js"),
    include_str!("../../script/braintree/page/port.js"),
    include_str!("../../script/braintree/page/state.js"),
    include_str!("../../script/braintree/page/hosted-fields.js"),
    include_str!("../../script/braintree/page/create.js"),
];

/// `GET /web/<version>/js/<file>`, minified or not.
pub async fn script(
    State(state): State<Arc<SandboxState>>,
    Path((version, file)): Path<(String, String)>,
    OriginalUri(uri): OriginalUri,
    request: Request,
) -> Response {
    let referer = request
        .headers()
        .get(header::REFERER)
        .and_then(|value| value.to_str().ok());
    let (path, query) = (uri.path(), uri.query().unwrap_or_default());
    let number = state.journal.record(ReceivedRequest {
        origin: OriginKind::Script,
        method: "GET",
        path,
        query,
        headers: request.headers(),
        body: "",
    });
    let merchant = form_urlencoded::parse(query.as_bytes())
        .find(|(key, _)| key == "key")
        .and_then(|(_, key)| merchant_of(&key));
    merchant
        .iter()
        .for_each(|merchant| state.journal.set_account(number, merchant));
    let target = FaultTarget {
        account: merchant.as_deref(),
        method: "GET",
        path,
        referer: referer.unwrap_or_default(),
        ..FaultTarget::default()
    };
    let met = state.faults.take_matching(&target, |effect| match effect {
        FaultEffect::Braintree(effect) if effect.affects_script() => Some(effect),
        _ => None,
    });
    if let Some((_, fault)) = &met {
        tokio::time::sleep(fault.delay()).await;
    }
    let response = match met {
        Some((BraintreeEffect::ScriptHang, _)) => {
            tokio::time::sleep(HANG_TIMEOUT).await;
            drop_connection()
        }
        Some(_) => StatusCode::NOT_FOUND.into_response(),
        None => match parts_of(&file) {
            Some(parts) if is_version(&version) => javascript(&assemble(&state, &version, parts)),
            _ => {
                let message = format!("The sandbox does not model {file} of version {version}.");
                (StatusCode::NOT_FOUND, message).into_response()
            }
        },
    };
    state.journal.set_status(number, response.status().as_u16());
    response
}

fn parts_of(file: &str) -> Option<&'static [&'static str]> {
    match file {
        "client.min.js" | "client.js" => Some(CLIENT),
        "hosted-fields.min.js" | "hosted-fields.js" => Some(HOSTED_FIELDS),
        _ => None,
    }
}

/// Accepts every version 3.x.y. The script reports the version it was requested as.
#[must_use]
pub fn is_version(version: &str) -> bool {
    let parts: Vec<&str> = version.split('.').collect();
    let number = |part: &&str| part.len() <= 5 && part.parse::<u16>().is_ok();
    matches!(parts.as_slice(), ["3", minor, patch] if number(minor) && number(patch))
}

fn assemble(state: &SandboxState, version: &str, parts: &[&str]) -> String {
    let body = [COMMON, parts].concat().join("\n");
    let filled = state
        .origins
        .fill_placeholders(&body)
        .replace("%VERSION%", version);
    format!("(function () {{\n'use strict';\n{filled}\n}})();\n")
}

fn javascript(text: &str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (header::CACHE_CONTROL, "no-store"),
        (
            header::HeaderName::from_static("cross-origin-resource-policy"),
            "cross-origin",
        ),
    ];
    (headers, text.to_owned()).into_response()
}
