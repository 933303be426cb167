//! `/sandbox/…` on the API origin: faults, the journal, the cards and what the network does to them. For tests and for the page for
//! people; no part of Stripe.

pub mod card_updates;
pub mod cards;
pub mod post_office;
pub mod switchboard;

use crate::fault::Fault;
use crate::key::ApiKey;
use crate::world::World;
use axum::Json;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

/// How many requests are listed unless told.
const LISTED: usize = 100;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Orders {
    key: Option<String>,
    /// Lift what is in force for this scope first.
    #[serde(default)]
    clear: bool,
    /// Lift these, by the numbers they are listed with.
    #[serde(default)]
    lift: Vec<u64>,
    /// What to put in force.
    #[serde(default)]
    faults: Vec<Value>,
}

/// What a listing asks for.
#[derive(Deserialize)]
pub struct Asked {
    key: Option<String>,
    origin: Option<String>,
    path: Option<String>,
    limit: Option<usize>,
    after: Option<u64>,
}

/// Sets and clears faults; answers with those in force.
pub async fn set_faults(State(world): State<Arc<World>>, Json(orders): Json<Orders>) -> Response {
    let account = match account_of(orders.key.as_deref()) {
        Ok(account) => account,
        Err(refusal) => return refuse(&refusal),
    };
    let faults = match orders
        .faults
        .into_iter()
        .map(Fault::read)
        .collect::<Result<Vec<_>, _>>()
    {
        Ok(faults) => faults,
        Err(refusal) => return refuse(&refusal),
    };
    if orders.clear {
        world.faults.clear(account.as_deref());
    }
    orders
        .lift
        .iter()
        .for_each(|number| world.faults.lift(*number));
    world.faults.set(account.as_deref(), faults);
    Json(json!({ "faults": world.faults.list(account.as_deref()) })).into_response()
}

/// Lists the faults in force.
pub async fn list_faults(State(world): State<Arc<World>>, Query(asked): Query<Asked>) -> Response {
    match account_of(asked.key.as_deref()) {
        Ok(account) => {
            Json(json!({ "faults": world.faults.list(account.as_deref()) })).into_response()
        }
        Err(refusal) => refuse(&refusal),
    }
}

/// Lists the faults worth a switch, with words.
pub async fn list_known() -> Json<Value> {
    Json(json!({ "known": crate::known::switches() }))
}

/// Lists the last requests, oldest first.
pub async fn list_requests(
    State(world): State<Arc<World>>,
    Query(asked): Query<Asked>,
) -> Response {
    let account = match account_of(asked.key.as_deref()) {
        Ok(account) => account,
        Err(refusal) => return refuse(&refusal),
    };
    let requests = world.journal.last(asked.limit.unwrap_or(LISTED), |entry| {
        account
            .as_ref()
            .is_none_or(|account| entry.account.as_ref() == Some(account))
            && asked
                .origin
                .as_deref()
                .is_none_or(|origin| origin == entry.place.as_str())
            && asked
                .path
                .as_deref()
                .is_none_or(|pattern| crate::glob::matches(pattern, &entry.path))
            && asked.after.is_none_or(|after| entry.number > after)
    });
    Json(json!({ "requests": requests })).into_response()
}

fn account_of(key: Option<&str>) -> Result<Option<String>, String> {
    key.map(|key| ApiKey::parse(key).map(|key| key.account))
        .transpose()
        .map_err(|_| "`key` must be a key such as pk_test_demo".to_owned())
}

fn refuse(why: &str) -> Response {
    (StatusCode::BAD_REQUEST, Json(json!({ "error": why }))).into_response()
}

fn unknown(why: &str) -> Response {
    (StatusCode::NOT_FOUND, Json(json!({ "error": why }))).into_response()
}
