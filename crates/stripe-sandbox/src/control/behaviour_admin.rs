//! `/sandbox/switches`: the behaviour settings of an account. For tests; not part of Stripe's API.

use super::{account_of, bad_request};
use crate::behaviour::Behaviour;
use crate::state::SandboxState;
use axum::Json;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BehaviourQuery {
    key: String,
}

pub async fn list(
    State(state): State<Arc<SandboxState>>,
    Query(query): Query<BehaviourQuery>,
) -> Response {
    match account_of(Some(&query.key)) {
        Ok(Some(account)) => {
            Json(json!({ "switches": state.accounts().behaviour(&account) })).into_response()
        }
        _ => bad_request("`key` must be a key such as sk_test_demo"),
    }
}

/// Replaces an account's behaviour settings. A setting that is not given gets its default.
pub async fn set(State(state): State<Arc<SandboxState>>, Json(mut body): Json<Value>) -> Response {
    let key = body
        .as_object_mut()
        .and_then(|members| members.remove("key"))
        .and_then(|key| key.as_str().map(str::to_owned));
    let Ok(Some(account)) = account_of(key.as_deref()) else {
        return bad_request("`key` must be a key such as sk_test_demo");
    };
    let behaviour = match serde_json::from_value::<Behaviour>(body) {
        Ok(behaviour) => behaviour,
        Err(error) => return bad_request(&error.to_string()),
    };
    if let Err(error) = behaviour.check() {
        return bad_request(&error);
    }
    state.accounts().account(&account).behaviour = behaviour.clone();
    Json(json!({ "switches": behaviour })).into_response()
}
