//! From request to response: the journal, faults, idempotency, then the call itself.

use super::respond::{preflight, request_id, respond};
use super::{Call, Desk, routes};
use crate::error::ApiError;
use crate::fault::{Fault, Hit};
use crate::idempotency::Answer;
use crate::journal::Place;
use crate::serve::dropped;
use crate::trouble::{ApiTrouble, IntentTrouble, Trouble};
use crate::world::World;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
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
    let Ok(bytes) = to_bytes(body, BODY_MAX).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let body = String::from_utf8_lossy(&bytes);
    let (method, path, query) = (
        parts.method.as_str(),
        parts.uri.path(),
        parts.uri.query().unwrap_or_default(),
    );
    let number = world
        .journal
        .note(Place::Api, method, path, query, &parts.headers, &body);

    let mut call = match Call::read(method, path, query, &parts.headers, &body) {
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
    call.request_id = Some(request_id(number));
    let (home, here) = (world.home.clone(), world.origins.clone());
    // A task of its own: a caller who hangs up does not undo what was begun.
    let begun = tokio::spawn(async move {
        let (outcome, replayed) = carry_out(&world, &call).await;
        if let Some(answer) = &outcome {
            world.journal.answered(number, answer.0);
        }
        (outcome, replayed, call)
    });
    match begun.await {
        Ok((Some(mut answer), replayed, call)) => {
            here.restate(&home, &mut answer.1);
            respond(answer, number, Some(&call), replayed, origin.as_ref())
        }
        Ok((None, ..)) => dropped(),
        Err(error) => {
            tracing::error!(%error, number, "a call did not end");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
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
    let mut desk = Desk::new(&mut books, &world.home, call, intent_trouble).under(&world.faults);
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
