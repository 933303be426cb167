//! The simulated card reader, as its script reaches it: `/sandbox/terminal/…` on the API origin, where the
//! real script would reach a reader on the shop's network. No part of Stripe's API.
//!
//! Answers are `{…}` or `{"error": {…}}` with status 200, as the script hands them on.

use crate::api::terminal_reader::{Reader, connect};
use crate::api::{Desk, inner};
use crate::fault::Hit;
use crate::form::Params;
use crate::journal::Place;
use crate::origins::Origins;
use crate::trouble::{TerminalTrouble, Trouble};
use crate::world::{Books, World};
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
    let body = PARTS.join("\n").replace("%READER%", &origins.reader());
    format!("(function () {{\n'use strict';\n{body}\n}})();\n")
}

/// One word to the reader.
pub async fn serve(
    State(world): State<Arc<World>>,
    Path(verb): Path<String>,
    headers: HeaderMap,
    body: String,
) -> Response {
    let form = Params::read("", &body);
    let owner = owner(&world.books(), &form);
    let answer = match owner {
        // A heartbeat is no news.
        _ if verb == "alive" => json!({ "gone": owner.is_none() }),
        Some(name) => {
            let path = format!("/sandbox/terminal/{verb}");
            let account = name.split('/').next().unwrap_or_default();
            let journal = &world.journal;
            let number = journal.note(Place::Api, "POST", &path, "", &headers, &body);
            journal.belongs(number, account);
            let hit = Hit {
                account: Some(account),
                method: "POST",
                path: &path,
                ..Hit::default()
            };
            let met = world.faults.meet(&hit, |trouble| match trouble {
                Trouble::Terminal(trouble) if trouble.meets(&verb) => Some(trouble),
                _ => None,
            });
            let trouble = match met {
                Some((trouble, fault)) => {
                    tokio::time::sleep(fault.delay()).await;
                    Some(trouble)
                }
                None => None,
            };
            let answer = act(&world, &name, &verb, &form, trouble);
            journal.answered(number, 200);
            answer
        }
        None if verb == "connect" => refused(
            "failed_fetch_connection_token",
            "The connection token is not valid, or was used before.",
        ),
        None => json!({ "gone": true }),
    };
    let mut response = (StatusCode::OK, Json(answer)).into_response();
    let own = response.headers_mut();
    if let Some(origin) = headers.get(header::ORIGIN) {
        own.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
        own.insert(header::VARY, header::HeaderValue::from_static("Origin"));
    }
    own.insert(
        header::CACHE_CONTROL,
        header::HeaderValue::from_static("no-store"),
    );
    response
}

fn act(
    world: &World,
    name: &str,
    verb: &str,
    form: &Params,
    trouble: Option<TerminalTrouble>,
) -> Value {
    let call = inner::call(name, "POST", "", &[]);
    let mut books = world.books();
    let mut desk = Desk::new(&mut books, &world.home, &call, None).under(&world.faults);
    let session = form.text("session").unwrap_or_default();
    let mut reader = Reader {
        desk: &mut desk,
        session,
        trouble,
    };
    let mut answer = match verb {
        "connect" => connect(&mut desk, form),
        "disconnect" => reader.disconnect(),
        "collect" => reader.collect(form),
        "process" => reader.process(form),
        _ => Ok(refused(
            "reader_error",
            "The reader does not know that command.",
        )),
    }
    .unwrap_or_else(|error| error.body());
    world.origins.restate(&world.home, &mut answer);
    answer
}

fn refused(code: &str, message: &str) -> Value {
    json!({ "error": { "code": code, "message": message } })
}

/// The account whose token or whose connection this is.
fn owner(books: &Books, form: &Params) -> Option<String> {
    match (form.text("session"), form.text("token")) {
        (Some(session), _) => books.name_of(|account| {
            let connection = account.terminal.connection.as_ref();
            connection.is_some_and(|connection| connection.session == session)
        }),
        (None, Some(token)) => books.name_of(|account| account.terminal.tokens.contains_key(token)),
        (None, None) => None,
    }
}
