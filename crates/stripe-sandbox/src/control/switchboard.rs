//! `/sandbox/switches`: how an account answers what Stripe leaves open.

use super::{account_of, refuse};
use crate::switches::Switches;
use crate::world::World;
use axum::Json;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    key: String,
}

pub async fn list(State(world): State<Arc<World>>, Query(asked): Query<Asked>) -> Response {
    match account_of(Some(&asked.key)) {
        Ok(Some(account)) => {
            Json(json!({ "switches": world.books().switches(&account) })).into_response()
        }
        _ => refuse("`key` must be a key such as sk_test_demo"),
    }
}

/// Sets an account's switches, all of them: what is not given has its default.
pub async fn set(State(world): State<Arc<World>>, Json(mut orders): Json<Value>) -> Response {
    let key = orders
        .as_object_mut()
        .and_then(|members| members.remove("key"))
        .and_then(|key| key.as_str().map(str::to_owned));
    let Ok(Some(account)) = account_of(key.as_deref()) else {
        return refuse("`key` must be a key such as sk_test_demo");
    };
    let switches = match serde_json::from_value::<Switches>(orders) {
        Ok(switches) => switches,
        Err(error) => return refuse(&error.to_string()),
    };
    if let Err(refusal) = switches.check() {
        return refuse(&refusal);
    }
    world.books().account(&account).switches = switches.clone();
    Json(json!({ "switches": switches })).into_response()
}
