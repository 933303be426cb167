//! The simulated card reader: `/sandbox/terminal/…` on the API origin, called by the Terminal script. The real script
//! calls a reader on the shop's network instead. Not part of Stripe's API.
//!
//! A response is `{…}` or `{"error": {…}}` with status 200, which the script passes on. A connection must never use
//! another account's reader.

use crate::api::terminal_reader::{SimulatedReader, connect};
use crate::api::{RequestContext, internal_call};
use crate::faults::{FaultEffect, FaultTarget, TerminalEffect};
use crate::form::Params;
use crate::journal::{OriginKind, ReceivedRequest};
use crate::origins::Origins;
use crate::state::{Accounts, SandboxState};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use std::sync::Arc;

const PARTS: &[&str] = &[
    include_str!("../script/terminal/words.js"),
    include_str!("../script/terminal/link.js"),
    include_str!("../script/terminal/terminal.js"),
];

#[must_use]
pub fn script(origins: &Origins) -> String {
    let body = PARTS
        .join("\n")
        .replace("%READER%", &origins.terminal_reader());
    format!("(function () {{\n'use strict';\n{body}\n}})();\n")
}

/// Executes one command of the reader.
pub async fn serve(
    State(state): State<Arc<SandboxState>>,
    Path(command): Path<String>,
    headers: HeaderMap,
    body: String,
) -> Response {
    let form = Params::parse("", &body);
    let owner = owner(&state.accounts(), &form);
    let response = match owner {
        // A heartbeat is not recorded and not affected by faults.
        _ if command == "alive" => json!({ "gone": owner.is_none() }),
        Some(name) => {
            let path = format!("/sandbox/terminal/{command}");
            let account = name.split('/').next().unwrap_or_default();
            let journal = &state.journal;
            let number = journal.record(ReceivedRequest {
                origin: OriginKind::Api,
                method: "POST",
                path: &path,
                query: "",
                headers: &headers,
                body: &body,
            });
            journal.set_account(number, account);
            let target = FaultTarget {
                account: Some(account),
                method: "POST",
                path: &path,
                ..FaultTarget::default()
            };
            let matched = state.faults.take_matching(&target, |effect| match effect {
                FaultEffect::Terminal(effect) if effect.applies_to(&command) => Some(effect),
                _ => None,
            });
            let effect = match matched {
                Some((effect, fault)) => {
                    tokio::time::sleep(fault.delay()).await;
                    Some(effect)
                }
                None => None,
            };
            let response = execute(&state, &name, &command, &form, effect);
            journal.set_status(number, 200);
            response
        }
        None if command == "connect" => error(
            "failed_fetch_connection_token",
            "The connection token is not valid, or was used before.",
        ),
        None => json!({ "gone": true }),
    };
    let mut response = (StatusCode::OK, Json(response)).into_response();
    let headers_out = response.headers_mut();
    if let Some(origin) = headers.get(header::ORIGIN) {
        headers_out.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
        headers_out.insert(header::VARY, header::HeaderValue::from_static("Origin"));
    }
    headers_out.insert(
        header::CACHE_CONTROL,
        header::HeaderValue::from_static("no-store"),
    );
    response
}

fn execute(
    state: &SandboxState,
    name: &str,
    command: &str,
    form: &Params,
    effect: Option<TerminalEffect>,
) -> Value {
    let call = internal_call::build(name, "POST", "", &[]);
    let mut accounts = state.accounts();
    let mut ctx = RequestContext::new(&mut accounts, &state.port_origins, &call, None)
        .with_faults(&state.faults);
    let session = form.text("session").unwrap_or_default();
    let mut reader = SimulatedReader {
        ctx: &mut ctx,
        session,
        effect,
    };
    let mut response = match command {
        "connect" => connect(&mut ctx, form),
        "disconnect" => reader.disconnect(),
        "collect" => reader.collect(form),
        "process" => reader.process(form),
        _ => Ok(error(
            "reader_error",
            "The reader does not know that command.",
        )),
    }
    .unwrap_or_else(|error| error.body());
    state
        .origins
        .rewrite_urls(&state.port_origins, &mut response);
    response
}

fn error(code: &str, message: &str) -> Value {
    json!({ "error": { "code": code, "message": message } })
}

/// The name of the account of the session or of the connection token.
fn owner(accounts: &Accounts, form: &Params) -> Option<String> {
    match (form.text("session"), form.text("token")) {
        (Some(session), _) => accounts.find_name(|account| {
            let connection = account.terminal.connection.as_ref();
            connection.is_some_and(|connection| connection.session == session)
        }),
        (None, Some(token)) => {
            accounts.find_name(|account| account.terminal.tokens.contains_key(token))
        }
        (None, None) => None,
    }
}
