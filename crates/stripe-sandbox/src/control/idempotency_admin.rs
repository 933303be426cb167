//! `/sandbox/idempotency`: makes the idempotency keys of an account older, so that a test need not wait a day until they
//! are forgotten. For tests; not part of Stripe's API.

use super::{account_of, bad_request};
use crate::state::SandboxState;
use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;

/// The most hours in one request: four weeks. Keys are forgotten after one day.
const MAX_HOURS: u64 = 24 * 28;

/// The body of `POST /sandbox/idempotency`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgeKeysBody {
    key: String,
    /// How much older every key of the account becomes.
    older_by_hours: u64,
}

/// Makes the keys of an account older. Responds with how many it remembers then.
pub async fn age(
    State(state): State<Arc<SandboxState>>,
    Json(body): Json<AgeKeysBody>,
) -> Response {
    let Ok(Some(account)) = account_of(Some(&body.key)) else {
        return bad_request("`key` must be a key such as sk_test_demo");
    };
    if body.older_by_hours > MAX_HOURS {
        return bad_request("`older_by_hours` must be 672 or less");
    }
    let age = Duration::from_secs(body.older_by_hours * 60 * 60);
    let mut accounts = state.accounts();
    let remembered = accounts.account(&account).idempotency.age(age);
    Json(json!({ "remembered": remembered })).into_response()
}
