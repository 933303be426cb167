//! The scripts a page loads, assembled from `script/braintree/page/`. They draw frames and pass words; they never see
//! a digit.

use super::authorization::merchant_of;
use crate::fault::Hit;
use crate::journal::Place;
use crate::serve::dropped;
use crate::trouble::{BraintreeTrouble, Trouble};
use crate::world::World;
use axum::extract::{OriginalUri, Path, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;
use std::time::Duration;

/// Longer than any page waits.
const FOREVER: Duration = Duration::from_secs(3600);

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
    State(world): State<Arc<World>>,
    Path((version, file)): Path<(String, String)>,
    OriginalUri(uri): OriginalUri,
    request: Request,
) -> Response {
    let referer = request
        .headers()
        .get(header::REFERER)
        .and_then(|value| value.to_str().ok());
    let (path, query) = (uri.path(), uri.query().unwrap_or_default());
    let number = world
        .journal
        .note(Place::Script, "GET", path, query, request.headers(), "");
    let merchant = form_urlencoded::parse(query.as_bytes())
        .find(|(key, _)| key == "key")
        .and_then(|(_, key)| merchant_of(&key));
    merchant
        .iter()
        .for_each(|merchant| world.journal.belongs(number, merchant));
    let hit = Hit {
        account: merchant.as_deref(),
        method: "GET",
        path,
        referer: referer.unwrap_or_default(),
        ..Hit::default()
    };
    let met = world.faults.meet(&hit, |trouble| match trouble {
        Trouble::Braintree(trouble) if trouble.is_of_script() => Some(trouble),
        _ => None,
    });
    if let Some((_, fault)) = &met {
        tokio::time::sleep(fault.delay()).await;
    }
    let response = match met {
        Some((BraintreeTrouble::ScriptHang, _)) => {
            tokio::time::sleep(FOREVER).await;
            dropped()
        }
        Some(_) => StatusCode::NOT_FOUND.into_response(),
        None => match parts_of(&file) {
            Some(parts) if is_version(&version) => javascript(&assemble(&world, &version, parts)),
            _ => {
                let words = format!("The sandbox does not model {file} of version {version}.");
                (StatusCode::NOT_FOUND, words).into_response()
            }
        },
    };
    world.journal.answered(number, response.status().as_u16());
    response
}

fn parts_of(file: &str) -> Option<&'static [&'static str]> {
    match file {
        "client.min.js" | "client.js" => Some(CLIENT),
        "hosted-fields.min.js" | "hosted-fields.js" => Some(HOSTED_FIELDS),
        _ => None,
    }
}

/// Any of version 3: each calls itself what it was asked for as.
#[must_use]
pub fn is_version(version: &str) -> bool {
    let parts: Vec<&str> = version.split('.').collect();
    let number = |part: &&str| part.len() <= 5 && part.parse::<u16>().is_ok();
    matches!(parts.as_slice(), ["3", minor, patch] if number(minor) && number(patch))
}

fn assemble(world: &World, version: &str, parts: &[&str]) -> String {
    let body = [COMMON, parts].concat().join("\n");
    let filled = world.origins.fill(&body).replace("%VERSION%", version);
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
