//! From request to response: CORS, the journal, faults, idempotency, and the headers of every answer.

use super::{Call, Desk, routes};
use crate::error::ApiError;
use crate::fault::{ApiTrouble, Fault, Hit, IntentTrouble, Trouble};
use crate::idempotency::Answer;
use crate::journal::Place;
use crate::serve::dropped;
use crate::world::World;
use axum::body::{Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::Value;
use std::sync::Arc;

/// Bodies beyond this are refused; the largest real call is a few kilobytes.
const BODY_MAX: usize = 1 << 20;

/// Answers any request that is not for the sandbox itself.
pub async fn answer(State(world): State<Arc<World>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let origin = parts.headers.get(header::ORIGIN).cloned();
    if parts.method == axum::http::Method::OPTIONS {
        return preflight(origin.as_ref(), &parts.headers);
    }
    let bytes = to_bytes(body, BODY_MAX)
        .await
        .unwrap_or_else(|_| Bytes::new());
    let body = String::from_utf8_lossy(&bytes);
    let (method, path, query) = (
        parts.method.as_str(),
        parts.uri.path(),
        parts.uri.query().unwrap_or_default(),
    );
    let number = world
        .journal
        .note(Place::Api, method, path, query, &parts.headers, &body);

    let call = match Call::read(method, path, query, &parts.headers, &body) {
        Ok(call) => call,
        Err(error) => {
            world.journal.answered(number, error.status.as_u16());
            return respond(
                (error.status.as_u16(), error.body()),
                number,
                None,
                false,
                origin.as_ref(),
            );
        }
    };
    world.journal.belongs(number, &call.key.account);
    let (outcome, replayed) = carry_out(&world, &call).await;
    let Some(answer) = outcome else {
        return dropped();
    };
    world.journal.answered(number, answer.0);
    respond(answer, number, Some(&call), replayed, origin.as_ref())
}

/// Carries a call out, or what a fault makes of it. `None`: the connection is to be closed.
async fn carry_out(world: &World, call: &Call) -> (Option<Answer>, bool) {
    let hit = Hit {
        account: Some(&call.key.account),
        rights: Some(call.key.rights),
        method: &call.method,
        path: &call.path,
        ..Hit::default()
    };
    if let Some(key) = &call.idempotency_key {
        let begun = world
            .books()
            .account(&call.books_name())
            .idempotency
            .begin(key, &call.fingerprint());
        match begun {
            Ok(None) => {}
            Ok(Some(answer)) => return (Some(answer), true),
            Err(error) => return (Some((error.status.as_u16(), error.body())), false),
        }
    }
    let trouble = world.faults.meet(&hit, |trouble| match trouble {
        Trouble::Api(trouble) => Some(trouble),
        _ => None,
    });
    if let Some((_, fault)) = &trouble {
        tokio::time::sleep(fault.delay()).await;
    }
    let (answer, keep) = match &trouble {
        Some((ApiTrouble::Status, fault)) => (Some(spoiled(fault)), fault.keep),
        Some((ApiTrouble::Drop, _)) => (None, false),
        _ => {
            let answer = execute(world, call, &hit);
            let keep = worth_keeping(&answer);
            (Some(answer), keep)
        }
    };
    if let Some(key) = &call.idempotency_key {
        let mut books = world.books();
        let keys = &mut books.account(&call.books_name()).idempotency;
        match &answer {
            Some(answer) if keep => keys.keep(key, answer.clone()),
            _ => keys.forget(key),
        }
    }
    match trouble {
        Some((ApiTrouble::DropAfter, _)) => (None, false),
        _ => (answer, false),
    }
}

fn execute(world: &World, call: &Call, hit: &Hit<'_>) -> Answer {
    let intent_trouble: Option<IntentTrouble> = call
        .path
        .ends_with("/confirm")
        .then(|| {
            world.faults.meet(hit, |trouble| match trouble {
                Trouble::Intent(trouble) => Some(trouble),
                _ => None,
            })
        })
        .flatten()
        .map(|(trouble, _)| trouble);
    let mut books = world.books();
    let mut desk = Desk::new(&mut books, &world.origins, call, intent_trouble);
    match routes::route(&mut desk) {
        Ok(body) => (200, body),
        Err(error) => (error.status.as_u16(), error.body()),
    }
}

/// Stripe keeps an answer once the call has begun; what was refused at the door may be sent again.
fn worth_keeping((status, body): &Answer) -> bool {
    let code = body
        .pointer("/error/code")
        .and_then(Value::as_str)
        .unwrap_or_default();
    !matches!(status, 401 | 409 | 429) && !code.starts_with("parameter_")
}

fn spoiled(fault: &Fault) -> Answer {
    let status = fault
        .status
        .and_then(|status| StatusCode::from_u16(status).ok());
    let status = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status.as_u16(), ApiError::spoiled(status).body())
}

/// Any page may call with a publishable key, as at Stripe; what a key may do is checked later.
fn preflight(origin: Option<&HeaderValue>, asked: &HeaderMap) -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    let headers = response.headers_mut();
    allow_origin(headers, origin);
    headers.insert(
        header::ACCESS_CONTROL_ALLOW_METHODS,
        HeaderValue::from_static("GET, POST, HEAD, OPTIONS, DELETE"),
    );
    if let Some(names) = asked.get(header::ACCESS_CONTROL_REQUEST_HEADERS) {
        headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, names.clone());
    }
    headers.insert(
        header::ACCESS_CONTROL_MAX_AGE,
        HeaderValue::from_static("300"),
    );
    response
}

fn allow_origin(headers: &mut HeaderMap, origin: Option<&HeaderValue>) {
    if let Some(origin) = origin {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
        headers.insert(header::VARY, HeaderValue::from_static("Origin"));
    }
}

fn respond(
    (status, body): Answer,
    number: u64,
    call: Option<&Call>,
    replayed: bool,
    origin: Option<&HeaderValue>,
) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = (status, body.to_string()).into_response();
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json"),
    );
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("no-cache, no-store"),
    );
    headers.insert(
        header::ACCESS_CONTROL_EXPOSE_HEADERS,
        HeaderValue::from_static(
            "Request-Id, Stripe-Manage-Version, Stripe-Version, Idempotent-Replayed",
        ),
    );
    allow_origin(headers, origin);
    let mut add = |name: &'static str, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    };
    add("request-id", &format!("req_{number:014}"));
    if let Some(call) = call {
        add("stripe-version", &call.version);
        call.idempotency_key
            .iter()
            .for_each(|key| add("idempotency-key", key));
        call.connected
            .iter()
            .for_each(|account| add("stripe-account", account));
    }
    if replayed {
        add("idempotent-replayed", "true");
    }
    if status == StatusCode::CONFLICT {
        add("stripe-should-retry", "true");
    }
    response
}
