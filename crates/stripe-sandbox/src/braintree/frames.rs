//! The frames of Hosted Fields, assembled from `script/braintree/frame/`: the only place where digits are.

use super::authorization::is_merchant;
use super::scripts::is_version;
use crate::fault::Hit;
use crate::journal::Place;
use crate::trouble::{BraintreeTrouble, Trouble};
use crate::world::World;
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

/// What a frame's URL says, for the faults and the journal. Never anything secret.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    merchant: String,
    #[serde(default)]
    field: String,
}

pub async fn frame(
    State(world): State<Arc<World>>,
    Path((version, file)): Path<(String, String)>,
    Query(asked): Query<Asked>,
    OriginalUri(uri): OriginalUri,
    request: Request,
) -> Response {
    let (path, query) = (uri.path(), uri.query().unwrap_or_default());
    let number = world
        .journal
        .note(Place::Fields, "GET", path, query, request.headers(), "");
    let account = Some(asked.merchant.as_str()).filter(|merchant| is_merchant(merchant));
    account
        .iter()
        .for_each(|merchant| world.journal.belongs(number, merchant));
    let hit = Hit {
        account,
        method: "GET",
        path,
        element: &asked.field,
        ..Hit::default()
    };
    let met = world.faults.meet(&hit, |trouble| match trouble {
        Trouble::Braintree(trouble) if trouble.is_of_fields() => Some(trouble),
        _ => None,
    });
    let mut trouble = "";
    if let Some((kind, fault)) = met {
        tokio::time::sleep(fault.delay()).await;
        if kind == BraintreeTrouble::FieldsNeverReady {
            trouble = "never_ready";
        }
    }
    let known = matches!(
        file.as_str(),
        "hosted-fields-frame.min.html" | "hosted-fields-frame.html"
    );
    let response = match known && is_version(&version) {
        true => page(&world, &HTML.replace("%TROUBLE%", trouble)),
        false => StatusCode::NOT_FOUND.into_response(),
    };
    world.journal.answered(number, response.status().as_u16());
    response
}

/// `GET /web/<version>/frame/<file>`: the frame's script and style.
pub async fn part(
    State(world): State<Arc<World>>,
    Path((version, file)): Path<(String, String)>,
) -> Response {
    let origins = &world.origins;
    let (kind, text) = match file.as_str() {
        "field.js" => {
            let body = origins
                .fill(&PARTS.join("\n"))
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

fn page(world: &World, html: &str) -> Response {
    let policy = format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src {}",
        world.origins.braintree_graphql
    );
    let headers = [
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::CACHE_CONTROL, "no-store".to_owned()),
        (header::REFERRER_POLICY, "no-referrer".to_owned()),
    ];
    (headers, Html(html.to_owned())).into_response()
}
