//! `/sandbox/…` on the API origin: faults, the journal, the test cards and card updates. For tests and for the
//! dashboard; not part of Stripe's API.
//! It must never accept a live key.

pub mod behaviour_admin;
pub mod card_updates;
pub mod cards;
pub mod idempotency_admin;
pub mod webhook_admin;

use crate::faults::{FaultRule, dashboard_presets};
use crate::key::ApiKey;
use crate::state::SandboxState;
use axum::Json;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

/// How many requests are listed without `limit`.
const DEFAULT_LIST_LIMIT: usize = 100;

/// The body of `POST /sandbox/faults`. Without `key` it applies to all accounts.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FaultsBody {
    key: Option<String>,
    /// Remove the account's faults first.
    #[serde(default)]
    clear: bool,
    /// The numbers of faults to remove, as they are listed.
    #[serde(default)]
    lift: Vec<u64>,
    /// The faults to put in force.
    #[serde(default)]
    faults: Vec<Value>,
}

/// The query of the lists of faults and of requests.
#[derive(Deserialize)]
pub struct ListQuery {
    key: Option<String>,
    origin: Option<String>,
    path: Option<String>,
    limit: Option<usize>,
    after: Option<u64>,
}

/// Sets and removes faults. Responds with the faults in force.
pub async fn set_faults(
    State(state): State<Arc<SandboxState>>,
    Json(body): Json<FaultsBody>,
) -> Response {
    let account = match account_of(body.key.as_deref()) {
        Ok(account) => account,
        Err(error) => return bad_request(&error),
    };
    let faults = match body
        .faults
        .into_iter()
        .map(FaultRule::parse)
        .collect::<Result<Vec<_>, _>>()
    {
        Ok(faults) => faults,
        Err(error) => return bad_request(&error),
    };
    if body.clear {
        state.faults.clear(account.as_deref());
    }
    body.lift
        .iter()
        .for_each(|number| state.faults.remove(*number));
    state.faults.add(account.as_deref(), faults);
    Json(json!({ "faults": state.faults.list(account.as_deref()) })).into_response()
}

/// Lists the faults in force.
pub async fn list_faults(
    State(state): State<Arc<SandboxState>>,
    Query(query): Query<ListQuery>,
) -> Response {
    match account_of(query.key.as_deref()) {
        Ok(account) => {
            Json(json!({ "faults": state.faults.list(account.as_deref()) })).into_response()
        }
        Err(error) => bad_request(&error),
    }
}

/// Lists the presets: ready-made faults, each with a description.
pub async fn list_presets() -> Json<Value> {
    Json(json!({ "known": dashboard_presets::presets() }))
}

/// Lists the last requests, oldest first.
pub async fn list_requests(
    State(state): State<Arc<SandboxState>>,
    Query(query): Query<ListQuery>,
) -> Response {
    let account = match account_of(query.key.as_deref()) {
        Ok(account) => account,
        Err(error) => return bad_request(&error),
    };
    let limit = query.limit.unwrap_or(DEFAULT_LIST_LIMIT);
    let requests = state.journal.last(limit, |entry| {
        account
            .as_ref()
            .is_none_or(|account| entry.account.as_ref() == Some(account))
            && query
                .origin
                .as_deref()
                .is_none_or(|origin| origin == entry.origin.as_str())
            && query
                .path
                .as_deref()
                .is_none_or(|pattern| crate::glob::matches(pattern, &entry.path))
            && query.after.is_none_or(|after| entry.number > after)
    });
    Json(json!({ "requests": requests })).into_response()
}

fn account_of(key: Option<&str>) -> Result<Option<String>, String> {
    key.map(|key| ApiKey::parse(key).map(|key| key.account))
        .transpose()
        .map_err(|_| "`key` must be a key such as pk_test_demo".to_owned())
}

fn bad_request(error: &str) -> Response {
    (StatusCode::BAD_REQUEST, Json(json!({ "error": error }))).into_response()
}

fn not_found(error: &str) -> Response {
    (StatusCode::NOT_FOUND, Json(json!({ "error": error }))).into_response()
}
