//! Handles one API request: records it in the journal, applies faults and idempotency, and executes the call.

use super::response::{preflight, request_id, respond};
use super::{Call, RequestContext, routes};
use crate::error::ApiError;
use crate::faults::{ApiEffect, FaultEffect, FaultRule, FaultTarget, IntentEffect};
use crate::idempotency::StatusAndBody;
use crate::journal::{OriginKind, ReceivedRequest};
use crate::serve::{drop_connection, truncate_body};
use crate::state::SandboxState;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::Value;
use std::sync::Arc;

/// A larger body is refused. The largest real call has a few kilobytes.
const MAX_BODY_BYTES: usize = 1 << 20;

/// Handles every request whose path is not one of the sandbox's own.
pub async fn handle(State(state): State<Arc<SandboxState>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let origin = parts.headers.get(header::ORIGIN).cloned();
    if parts.method == axum::http::Method::OPTIONS {
        return preflight(origin.as_ref(), &parts.headers);
    }
    let Ok(bytes) = to_bytes(body, MAX_BODY_BYTES).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let body = String::from_utf8_lossy(&bytes);
    let (method, path, query) = (
        parts.method.as_str(),
        parts.uri.path(),
        parts.uri.query().unwrap_or_default(),
    );
    let number = state.journal.record(ReceivedRequest {
        origin: OriginKind::Api,
        method,
        path,
        query,
        headers: &parts.headers,
        body: &body,
    });

    let read = Call::parse(method, path, query, &parts.headers, &body).and_then(|mut call| {
        call.request_id = Some(request_id(number));
        state.journal.set_account(number, &call.key.account);
        state.accounts().authorize(&mut call)?;
        Ok(call)
    });
    let call = match read {
        Ok(call) => call,
        Err(error) => {
            state.journal.set_status(number, error.status.as_u16());
            let response = (error.status.as_u16(), error.body());
            return respond(response, number, None, None, origin.as_ref());
        }
    };
    let (port_origins, origins) = (state.port_origins.clone(), state.origins.clone());
    // A separate task: the call must be executed to its end also when the caller closes the connection.
    let task = tokio::spawn(async move {
        let outcome = execute_with_faults(&state, &call).await;
        if let Some(response) = &outcome.response {
            state.journal.set_status(number, response.0);
        }
        (outcome, call)
    });
    match task.await {
        Ok((outcome, call)) => {
            let Some(mut response) = outcome.response else {
                return drop_connection();
            };
            origins.rewrite_urls(&port_origins, &mut response.1);
            let first = outcome.replayed.as_deref();
            let response = respond(response, number, Some(&call), first, origin.as_ref());
            match outcome.truncated {
                true => truncate_body(response).await,
                false => response,
            }
        }
        Err(error) => {
            tracing::error!(%error, number, "API call failed: its task ended early");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

#[derive(Default)]
struct CallOutcome {
    /// `None`: close the connection without a response.
    response: Option<StatusAndBody>,
    /// The request id of the first call with the same idempotency key, when this response is a replay.
    replayed: Option<String>,
    /// Whether the connection is closed after half of the response body.
    truncated: bool,
}

/// Executes a call, or the fault that applies to it.
async fn execute_with_faults(state: &SandboxState, call: &Call) -> CallOutcome {
    let request_id = call.request_id.as_deref().unwrap_or_default();
    let target = FaultTarget {
        account: Some(&call.key.account),
        rights: Some(call.key.rights),
        method: &call.method,
        path: &call.path,
        ..FaultTarget::default()
    };
    if let Some(key) = &call.idempotency_key {
        let stored = state
            .accounts()
            .account(&call.account_name())
            .idempotency
            .begin(key, &call.fingerprint(), request_id);
        match stored {
            Ok(None) => {}
            Ok(Some((response, first))) => {
                let replay = FaultTarget {
                    is_replay: true,
                    ..target
                };
                let lost = state.faults.take_matching(&replay, |effect| {
                    (effect == FaultEffect::Api(ApiEffect::DropAfter)).then_some(())
                });
                return CallOutcome {
                    response: lost.is_none().then_some(response),
                    replayed: Some(first),
                    truncated: false,
                };
            }
            Err(error) => {
                return CallOutcome {
                    response: Some((error.status.as_u16(), error.body())),
                    ..CallOutcome::default()
                };
            }
        }
    }
    let effect = state.faults.take_matching(&target, |effect| match effect {
        FaultEffect::Api(effect) => Some(effect),
        _ => None,
    });
    if let Some((_, fault)) = &effect {
        tokio::time::sleep(fault.delay()).await;
    }
    let (response, store) = match &effect {
        Some((ApiEffect::Status, fault)) => (Some(injected_response(fault, call)), fault.keep),
        Some((ApiEffect::Drop, _)) => (None, false),
        _ => {
            let (response, store) = execute(state, call, &target);
            (Some(response), store)
        }
    };
    let response = response.map(|response| with_log_url(response, request_id));
    if let Some(key) = &call.idempotency_key {
        let mut accounts = state.accounts();
        let keys = &mut accounts.account(&call.account_name()).idempotency;
        match &response {
            Some(response) if store => keys.store(key, response.clone()),
            _ => keys.remove(key),
        }
    }
    let effect = effect.map(|(effect, _)| effect);
    CallOutcome {
        response: response.filter(|_| effect != Some(ApiEffect::DropAfter)),
        replayed: None,
        truncated: effect == Some(ApiEffect::Cut),
    }
}

/// The response, and whether it is stored under the call's idempotency key. Stripe stores it once the call was
/// executed; a call that was rejected before its execution may be sent again with the same key.
fn execute(state: &SandboxState, call: &Call, target: &FaultTarget<'_>) -> (StatusAndBody, bool) {
    let intent_effect: Option<IntentEffect> = call
        .path
        .ends_with("/confirm")
        .then(|| {
            state.faults.take_matching(target, |effect| match effect {
                FaultEffect::Intent(effect) => Some(effect),
                _ => None,
            })
        })
        .flatten()
        .map(|(effect, _)| effect);
    let mut accounts = state.accounts();
    let mut ctx = RequestContext::new(&mut accounts, &state.port_origins, call, intent_effect)
        .with_faults(&state.faults);
    match routes::route(&mut ctx) {
        Ok(body) => ((200, body), true),
        Err(error) => (
            (error.status.as_u16(), error.body()),
            !error.rejected_before_execution,
        ),
    }
}

/// Adds `request_log_url` to an error.
fn with_log_url((status, mut body): StatusAndBody, request_id: &str) -> StatusAndBody {
    if let Some(error) = body.get_mut("error").and_then(Value::as_object_mut) {
        let url = format!("https://dashboard.stripe.com/test/logs/{request_id}");
        error.insert("request_log_url".to_owned(), url.into());
    }
    (status, body)
}

fn injected_response(fault: &FaultRule, call: &Call) -> StatusAndBody {
    let status = fault
        .status
        .and_then(|status| StatusCode::from_u16(status).ok());
    let status = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let error = ApiError::injected_fault(
        status,
        fault.code.as_deref(),
        call.idempotency_key.as_deref(),
    );
    (status.as_u16(), error.body())
}
