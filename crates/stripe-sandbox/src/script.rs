//! The scripts origin: Stripe.js for each release train, joined from the files of `script/page/`.
//!
//! The script runs in the embedding page. It creates frames and passes messages; it must never get a card number.

use crate::faults::{FaultEffect, FaultRule, FaultTarget, ScriptEffect};
use crate::journal::{OriginKind, ReceivedRequest};
use crate::key::ApiKey;
use crate::serve::drop_connection;
use crate::state::SandboxState;
use axum::Router;
use axum::extract::{Path, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use std::sync::Arc;
use std::time::Duration;

/// The release trains with a script of their own. Beside them there is `v3`, whose version is 3.
const TRAINS: &[&str] = &["acacia", "basil", "clover", "dahlia", "endive"];

/// The value of `version` for the Stripe Terminal script.
const TERMINAL: &str = "terminal";

/// How long a hanging response takes: longer than any page waits.
const HANG_TIMEOUT: Duration = Duration::from_secs(3600);

/// Joined in this order into one function. A file that adds methods to the Stripe object must be before `stripe.js`.
const PARTS: &[&str] = &[
    include_str!("../script/page/train.js"),
    include_str!("../script/page/errors.js"),
    include_str!("../script/page/locales.js"),
    include_str!("../script/page/options.js"),
    include_str!("../script/page/not_modelled.js"),
    include_str!("../script/page/frames.js"),
    include_str!("../script/page/listeners.js"),
    include_str!("../script/page/mounted.js"),
    include_str!("../script/page/element.js"),
    include_str!("../script/page/group.js"),
    include_str!("../script/page/elements.js"),
    include_str!("../script/page/challenge.js"),
    include_str!("../script/page/calls.js"),
    include_str!("../script/page/confirm.js"),
    include_str!("../script/page/tokens.js"),
    include_str!("../script/page/checkout.js"),
    include_str!("../script/page/stripe.js"),
];

/// Every path of the scripts origin.
pub fn router(state: Arc<SandboxState>) -> Router {
    Router::new()
        .route("/healthz", get(|| async { "ok" }))
        .route("/v3", get(v3))
        .route("/v3/", get(v3))
        .route("/v3/stripe.js", get(v3))
        .route("/{train}/stripe.js", get(train))
        .nest("/braintree", crate::braintree::script_router())
        .route("/terminal/v1", get(terminal))
        .route("/terminal/v1/", get(terminal))
        .with_state(state)
}

async fn v3(State(state): State<Arc<SandboxState>>, request: Request) -> Response {
    serve_script(&state, "3", &request.into_parts().0).await
}

async fn train(
    State(state): State<Arc<SandboxState>>,
    Path(train): Path<String>,
    request: Request,
) -> Response {
    match TRAINS.contains(&train.as_str()) {
        true => serve_script(&state, &format!("'{train}'"), &request.into_parts().0).await,
        false => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn terminal(State(state): State<Arc<SandboxState>>, request: Request) -> Response {
    serve_script(&state, TERMINAL, &request.into_parts().0).await
}

async fn serve_script(state: &SandboxState, version: &str, request: &Parts) -> Response {
    let (path, query) = (request.uri.path(), request.uri.query().unwrap_or_default());
    let referer = request
        .headers
        .get(header::REFERER)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let number = state.journal.record(ReceivedRequest {
        origin: OriginKind::Script,
        method: "GET",
        path,
        query,
        headers: &request.headers,
        body: "",
    });
    let account = account_of(query, referer);
    if let Some(account) = &account {
        state.journal.set_account(number, account);
    }
    let target = FaultTarget {
        account: account.as_deref(),
        method: "GET",
        path,
        referer,
        ..FaultTarget::default()
    };
    let matched = state.faults.take_matching(&target, |effect| match effect {
        FaultEffect::Script(effect) => Some(effect),
        _ => None,
    });
    let response = match matched {
        Some((effect, fault)) => apply_effect(state, version, effect, &fault).await,
        None => javascript(script_text(state, version)),
    };
    state.journal.set_status(number, response.status().as_u16());
    response
}

async fn apply_effect(
    state: &SandboxState,
    version: &str,
    effect: ScriptEffect,
    fault: &FaultRule,
) -> Response {
    tokio::time::sleep(fault.delay()).await;
    match effect {
        ScriptEffect::NotFound => StatusCode::NOT_FOUND.into_response(),
        ScriptEffect::Hang => {
            tokio::time::sleep(HANG_TIMEOUT).await;
            drop_connection()
        }
        ScriptEffect::WrongType => (
            [
                (header::CONTENT_TYPE, "text/html; charset=utf-8"),
                (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            ],
            "<!doctype html><title>Sign in to the network</title>",
        )
            .into_response(),
        ScriptEffect::Throws => {
            javascript("throw new Error('this script is broken on purpose');".to_owned())
        }
        ScriptEffect::NoStripe => javascript("/* nothing here */".to_owned()),
        ScriptEffect::Slow => javascript(script_text(state, version)),
        ScriptEffect::Drop => drop_connection(),
    }
}

/// The account of a script request: of the key in the script's URL, or else in the URL of the page, which the `Referer`
/// header shows where the referrer policy allows it.
fn account_of(query: &str, referer: &str) -> Option<String> {
    let find = |text: &str, name: &str| {
        form_urlencoded::parse(text.as_bytes())
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.into_owned())
    };
    let key = find(query, "key")
        .or_else(|| find(referer.split_once('?')?.1, "stripe_publishable_key"))?;
    ApiKey::parse(&key).ok().map(|key| key.account)
}

fn script_text(state: &SandboxState, version: &str) -> String {
    if version == TERMINAL {
        return crate::terminal::script(&state.origins);
    }
    let body = PARTS.join("\n");
    let filled = state
        .origins
        .fill_placeholders(&body)
        .replace("'%VERSION%'", version);
    format!("(function () {{\n'use strict';\n{filled}\n}})();\n")
}

fn javascript(text: String) -> Response {
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/javascript; charset=utf-8"),
        ),
        (
            header::ACCESS_CONTROL_ALLOW_ORIGIN,
            HeaderValue::from_static("*"),
        ),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (
            header::HeaderName::from_static("cross-origin-resource-policy"),
            HeaderValue::from_static("cross-origin"),
        ),
    ];
    (headers, text).into_response()
}
