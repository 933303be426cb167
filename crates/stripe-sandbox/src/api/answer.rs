//! From request to response: the journal, faults, idempotency, then the call itself.

use super::respond::{preflight, request_id, respond};
use super::{Call, Desk, routes};
use crate::error::ApiError;
use crate::fault::{Fault, Hit};
use crate::idempotency::Answer;
use crate::journal::Place;
use crate::serve::{cut, dropped};
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

    let read = Call::read(method, path, query, &parts.headers, &body).and_then(|mut call| {
        call.request_id = Some(request_id(number));
        world.journal.belongs(number, &call.key.account);
        world.books().admit(&mut call)?;
        Ok(call)
    });
    let call = match read {
        Ok(call) => call,
        Err(error) => {
            world.journal.answered(number, error.status.as_u16());
            let answer = (error.status.as_u16(), error.body());
            return respond(answer, number, None, None, origin.as_ref());
        }
    };
    let (home, here) = (world.home.clone(), world.origins.clone());
    // A task of its own: a caller who hangs up does not undo what was begun.
    let begun = tokio::spawn(async move {
        let done = carry_out(&world, &call).await;
        if let Some(answer) = &done.answer {
            world.journal.answered(number, answer.0);
        }
        (done, call)
    });
    match begun.await {
        Ok((done, call)) => {
            let Some(mut answer) = done.answer else {
                return dropped();
            };
            here.restate(&home, &mut answer.1);
            let first = done.replayed.as_deref();
            let response = respond(answer, number, Some(&call), first, origin.as_ref());
            match done.cut {
                true => cut(response).await,
                false => response,
            }
        }
        Err(error) => {
            tracing::error!(%error, number, "a call did not end");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// What became of a call.
#[derive(Default)]
struct Done {
    /// The answer; with none the connection is to be closed.
    answer: Option<Answer>,
    /// The id of the call that was answered first, when this one repeats it.
    replayed: Option<String>,
    /// Whether the connection is to be closed half-way through the answer.
    cut: bool,
}

/// Carries a call out, or what a fault makes of it.
async fn carry_out(world: &World, call: &Call) -> Done {
    let request_id = call.request_id.as_deref().unwrap_or_default();
    let hit = Hit {
        account: Some(&call.key.account),
        rights: Some(call.key.rights),
        method: &call.method,
        path: &call.path,
        ..Hit::default()
    };
    if let Some(key) = &call.idempotency_key {
        let begun = world.books().account(&call.books_name()).idempotency.begin(
            key,
            &call.fingerprint(),
            request_id,
        );
        match begun {
            Ok(None) => {}
            Ok(Some((answer, first))) => {
                return Done {
                    answer: Some(answer),
                    replayed: Some(first),
                    cut: false,
                };
            }
            Err(error) => {
                return Done {
                    answer: Some((error.status.as_u16(), error.body())),
                    ..Done::default()
                };
            }
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
        Some((ApiTrouble::Status, fault)) => (Some(spoiled(fault, call)), fault.keep),
        Some((ApiTrouble::Drop, _)) => (None, false),
        _ => {
            let (answer, keep) = execute(world, call, &hit);
            (Some(answer), keep)
        }
    };
    let answer = answer.map(|answer| with_log_url(answer, request_id));
    if let Some(key) = &call.idempotency_key {
        let mut books = world.books();
        let keys = &mut books.account(&call.books_name()).idempotency;
        match &answer {
            Some(answer) if keep => keys.keep(key, answer.clone()),
            _ => keys.forget(key),
        }
    }
    let trouble = trouble.map(|(trouble, _)| trouble);
    Done {
        answer: answer.filter(|_| trouble != Some(ApiTrouble::DropAfter)),
        replayed: None,
        cut: trouble == Some(ApiTrouble::Cut),
    }
}

/// The answer, and whether it is kept under the call's idempotency key: Stripe keeps it once the call has
/// begun; what was refused at the door may be sent again.
fn execute(world: &World, call: &Call, hit: &Hit<'_>) -> (Answer, bool) {
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
        Ok(body) => ((200, body), true),
        Err(error) => ((error.status.as_u16(), error.body()), !error.at_the_door),
    }
}

/// Adds where the merchant can read of the failed request.
fn with_log_url((status, mut body): Answer, request_id: &str) -> Answer {
    if let Some(error) = body.get_mut("error").and_then(Value::as_object_mut) {
        let url = format!("https://dashboard.stripe.com/test/logs/{request_id}");
        error.insert("request_log_url".to_owned(), url.into());
    }
    (status, body)
}

fn spoiled(fault: &Fault, call: &Call) -> Answer {
    let status = fault
        .status
        .and_then(|status| StatusCode::from_u16(status).ok());
    let status = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let error = ApiError::spoiled(
        status,
        fault.code.as_deref(),
        call.idempotency_key.as_deref(),
    );
    (status.as_u16(), error.body())
}
