//! The fields origin: one frame per field, and the hidden controller that calls the API.
//!
//! The only place where digits are. The embedding page is another origin and cannot look in.

use crate::fault::Hit;
use crate::journal::Place;
use crate::key::ApiKey;
use crate::trouble::{FieldTrouble, Trouble};
use crate::world::World;
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

/// What a frame's URL says. Never anything secret: the embedding page chose it.
#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    key: String,
    #[serde(default)]
    element: String,
}

/// Every path of the fields origin.
pub fn router(world: Arc<World>) -> Router {
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
        .with_state(world)
}

async fn field(
    State(world): State<Arc<World>>,
    Query(asked): Query<Asked>,
    request: Request,
) -> Response {
    let account = note(&world, &asked, &request);
    let hit = Hit {
        account: account.as_deref(),
        method: "GET",
        path: "/field",
        element: &asked.element,
        ..Hit::default()
    };
    let met = world.faults.meet(&hit, |trouble| match trouble {
        Trouble::Fields(trouble) => Some(trouble),
        _ => None,
    });
    let mut trouble = "";
    if let Some((kind, fault)) = met {
        tokio::time::sleep(fault.delay()).await;
        trouble = match kind {
            FieldTrouble::NeverReady => "never_ready",
            FieldTrouble::Loaderror => "loaderror",
            FieldTrouble::Late => "",
        };
    }
    page(
        FIELD_HTML.replace("%TROUBLE%", trouble),
        "default-src 'none'; script-src 'self'; style-src 'self'",
    )
}

async fn controller(
    State(world): State<Arc<World>>,
    Query(asked): Query<Asked>,
    request: Request,
) -> Response {
    note(&world, &asked, &request);
    let policy = format!(
        "default-src 'none'; script-src 'self'; connect-src {}",
        world.origins.api
    );
    page(CONTROLLER_HTML.to_owned(), &policy)
}

async fn controller_js(State(world): State<Arc<World>>) -> Response {
    file("text/javascript", wrap(&world.origins.fill(CONTROLLER_JS)))
}

fn note(world: &World, asked: &Asked, request: &Request) -> Option<String> {
    let (path, query) = (
        request.uri().path(),
        request.uri().query().unwrap_or_default(),
    );
    let number = world
        .journal
        .note(Place::Fields, "GET", path, query, request.headers(), "");
    world.journal.answered(number, 200);
    let account = ApiKey::parse(&asked.key).ok()?.account;
    world.journal.belongs(number, &account);
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
