//! `/sandbox/webhooks`: the log of deliveries, redelivery, secrets that are rolled, and the habits
//! that make webhooks misbehave. For tests and for the page for people.

use super::{account_of, refuse, unknown};
use crate::object::now;
use crate::object::webhook_endpoint::{Retiring, SigningSecret};
use crate::webhook::{Habits, Parcel};
use crate::world::World;
use axum::Json;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

/// How many deliveries are listed unless told.
const LISTED: usize = 100;

/// How long a rolled secret signs on unless told: a day, Stripe's longest.
const ROLLED: i64 = 24 * 60 * 60;

/// What a listing asks for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    key: Option<String>,
    limit: Option<usize>,
}

/// `POST /sandbox/webhooks/redeliver`: an event to all who want it, or one delivery again.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Again {
    event: Option<String>,
    delivery: Option<u64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Roll {
    key: String,
    endpoint: String,
    /// Seconds the old secret signs on.
    expires_in: Option<i64>,
}

/// Lists the last deliveries, oldest first, and the account's habits.
pub async fn list(State(world): State<Arc<World>>, Query(asked): Query<Asked>) -> Response {
    let account = match account_of(asked.key.as_deref()) {
        Ok(account) => account,
        Err(refusal) => return refuse(&refusal),
    };
    let mut books = world.books();
    let deliveries = books
        .deliveries
        .last(asked.limit.unwrap_or(LISTED), account.as_deref());
    let habits = account.map(|account| books.habits(&account));
    Json(json!({ "deliveries": deliveries, "habits": habits })).into_response()
}

/// Sets an account's habits, all of them: what is not given has its default.
pub async fn set_habits(
    State(world): State<Arc<World>>,
    Json(mut orders): Json<Value>,
) -> Response {
    let key = orders
        .as_object_mut()
        .and_then(|members| members.remove("key"))
        .and_then(|key| key.as_str().map(str::to_owned));
    let Ok(Some(account)) = account_of(key.as_deref()) else {
        return refuse("`key` must be a key such as sk_test_demo");
    };
    let habits = match serde_json::from_value::<Habits>(orders) {
        Ok(habits) => habits,
        Err(error) => return refuse(&error.to_string()),
    };
    if let Err(refusal) = habits.check() {
        return refuse(&refusal);
    }
    world.books().account(&account).habits = habits.clone();
    Json(json!({ "habits": habits })).into_response()
}

/// Sends again what was sent, or should have been.
pub async fn redeliver(State(world): State<Arc<World>>, Json(again): Json<Again>) -> Response {
    let mut books = world.books();
    let parcels: Vec<Parcel> = match (&again.event, again.delivery) {
        (Some(event), None) => match books.account_of_event(event) {
            Some(name) => books.parcels(&name, event),
            None => return unknown("there is no such event"),
        },
        (None, Some(number)) => match books.deliveries.get(number) {
            Some(delivery) => vec![delivery.parcel.fresh()],
            None => return unknown("there is no such delivery"),
        },
        _ => return refuse("give either `event` or `delivery`"),
    };
    let count = parcels.len();
    for parcel in parcels {
        books.post(parcel);
    }
    Json(json!({ "redelivered": count })).into_response()
}

/// Gives an endpoint a new secret; the old one signs beside it for a while.
pub async fn roll(State(world): State<Arc<World>>, Json(roll): Json<Roll>) -> Response {
    let Ok(Some(account)) = account_of(Some(&roll.key)) else {
        return refuse("`key` must be a key such as sk_test_demo");
    };
    let mut books = world.books();
    let account = books.account(&account);
    let secret = SigningSecret(format!("whsec_{}", account.mint.letters(32)));
    let Some(endpoint) = account.endpoints.get_mut(&roll.endpoint) else {
        return unknown("there is no such endpoint");
    };
    let shown = secret.0.clone();
    let until = now().saturating_add(roll.expires_in.unwrap_or(ROLLED));
    endpoint.retiring = Some(Retiring {
        secret: std::mem::replace(&mut endpoint.secret, secret),
        until,
    });
    Json(json!({ "endpoint": roll.endpoint, "secret": shown, "old_secret_until": until }))
        .into_response()
}
