//! `/sandbox/webhooks`: the delivery log, redelivery, rolled signing secrets, and the delivery policy of an account.
//! For tests and for the dashboard; not part of Stripe's API.

use super::{account_of, bad_request, not_found};
use crate::object::now;
use crate::object::webhook_endpoint::{ExpiringSecret, SigningSecret};
use crate::state::SandboxState;
use crate::webhook::{Delivery, DeliveryPolicy};
use axum::Json;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

/// How many deliveries are listed without `limit`.
const DEFAULT_LIST_LIMIT: usize = 100;

/// How long a rolled secret stays valid without `expires_in`: one day, the longest that Stripe allows.
const DEFAULT_OLD_SECRET_SECONDS: i64 = 24 * 60 * 60;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeliveriesQuery {
    key: Option<String>,
    limit: Option<usize>,
}

/// The body of `POST /sandbox/webhooks/redeliver`: an event, for all its endpoints, or one delivery.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RedeliverBody {
    event: Option<String>,
    delivery: Option<u64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RollSecretBody {
    key: String,
    endpoint: String,
    /// Seconds for which the old secret stays valid.
    expires_in: Option<i64>,
}

/// Lists the last deliveries, oldest first, and the account's delivery policy.
pub async fn list(
    State(state): State<Arc<SandboxState>>,
    Query(query): Query<DeliveriesQuery>,
) -> Response {
    let account = match account_of(query.key.as_deref()) {
        Ok(account) => account,
        Err(error) => return bad_request(&error),
    };
    let mut accounts = state.accounts();
    let deliveries = accounts.delivery_log.last(
        query.limit.unwrap_or(DEFAULT_LIST_LIMIT),
        account.as_deref(),
    );
    let policy = account.map(|account| accounts.delivery_policy(&account));
    Json(json!({ "deliveries": deliveries, "habits": policy })).into_response()
}

/// Replaces an account's delivery policy. A setting that is not given gets its default.
pub async fn set_delivery_policy(
    State(state): State<Arc<SandboxState>>,
    Json(mut body): Json<Value>,
) -> Response {
    let key = body
        .as_object_mut()
        .and_then(|members| members.remove("key"))
        .and_then(|key| key.as_str().map(str::to_owned));
    let Ok(Some(account)) = account_of(key.as_deref()) else {
        return bad_request("`key` must be a key such as sk_test_demo");
    };
    let policy = match serde_json::from_value::<DeliveryPolicy>(body) {
        Ok(policy) => policy,
        Err(error) => return bad_request(&error.to_string()),
    };
    if let Err(error) = policy.check() {
        return bad_request(&error);
    }
    state.accounts().account(&account).delivery_policy = policy.clone();
    Json(json!({ "habits": policy })).into_response()
}

/// Sends an event, or one delivery, again.
pub async fn redeliver(
    State(state): State<Arc<SandboxState>>,
    Json(body): Json<RedeliverBody>,
) -> Response {
    let mut accounts = state.accounts();
    let deliveries: Vec<Delivery> = match (&body.event, body.delivery) {
        (Some(event), None) => {
            match accounts.find_name(|account| account.events.get(event).is_some()) {
                Some(name) => accounts.deliveries_of(&name, event),
                None => return not_found("there is no such event"),
            }
        }
        (None, Some(number)) => match accounts.delivery_log.get(number) {
            Some(attempt) => vec![attempt.delivery.restarted()],
            None => return not_found("there is no such delivery"),
        },
        _ => return bad_request("give either `event` or `delivery`"),
    };
    let count = deliveries.len();
    for delivery in deliveries {
        accounts.queue_delivery(delivery);
    }
    Json(json!({ "redelivered": count })).into_response()
}

/// Gives an endpoint a new secret. Events are signed with the old one too until it expires.
pub async fn roll_secret(
    State(state): State<Arc<SandboxState>>,
    Json(body): Json<RollSecretBody>,
) -> Response {
    let Ok(Some(account)) = account_of(Some(&body.key)) else {
        return bad_request("`key` must be a key such as sk_test_demo");
    };
    let mut accounts = state.accounts();
    let account = accounts.account(&account);
    let secret = SigningSecret(format!("whsec_{}", account.ids.alphanumeric(32)));
    let Some(endpoint) = account.webhook_endpoints.get_mut(&body.endpoint) else {
        return not_found("there is no such endpoint");
    };
    let new_secret = secret.0.clone();
    let expires_at = now().saturating_add(body.expires_in.unwrap_or(DEFAULT_OLD_SECRET_SECONDS));
    endpoint.expiring_secret = Some(ExpiringSecret {
        secret: std::mem::replace(&mut endpoint.secret, secret),
        expires_at,
    });
    Json(json!({ "endpoint": body.endpoint, "secret": new_secret, "old_secret_until": expires_at }))
        .into_response()
}
