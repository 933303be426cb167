//! The yardstick: the smallest handlers that make the same gateway calls and commit one row in the same database. A wallet
//! server cannot be faster on this machine; what it takes more is the price of what it does more. It must never check,
//! retry or store anything beyond that, and must never run in production.

pub mod gateway_calls;
pub mod rows;

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::error::BenchError;
use gateway_calls::GatewayCalls;
use rows::Rows;

/// The parts of a running yardstick.
#[derive(Debug)]
pub struct Yardstick {
    pub gateway: GatewayCalls,
    pub rows: Rows,
}

/// The body of `POST /begin`, and of `POST /save` with the two ids.
#[derive(Debug, Deserialize)]
struct OwnerBody {
    account: u64,
    owner: u64,
    #[serde(default)]
    payment_method: String,
    #[serde(default)]
    intent: String,
}

/// The routes: `/begin`, `/save`, `/list/{owner}`, and `/metrics` and `/healthz` for the benchmark.
pub fn router(yardstick: Arc<Yardstick>) -> Router {
    Router::new()
        .route("/begin", post(begin))
        .route("/save", post(save))
        .route("/list/{owner}", get(list))
        .route("/metrics", get(metrics))
        .route("/healthz", get(|| async { "ok" }))
        .with_state(yardstick)
}

/// Creates a customer and an intent, and commits one row.
async fn begin(
    State(yardstick): State<Arc<Yardstick>>,
    Json(body): Json<OwnerBody>,
) -> Result<(StatusCode, Json<Value>), StatusCode> {
    let gateway = yardstick.gateway.start_request();
    let owner = body.owner.to_string();
    let form = [("metadata[card_entry_owner]", owner.as_str())];
    let key = format!("customer:{owner}");
    let customer = gateway.post(body.account, ("/v1/customers", &form), &key);
    let customer = customer.await.map_err(refuse)?;
    let form = [
        ("customer", text_of(&customer, "id")),
        ("usage", "off_session"),
        ("payment_method_types[]", "card"),
    ];
    let key = format!("intent:{owner}");
    let intent = gateway.post(body.account, ("/v1/setup_intents", &form), &key);
    let intent = intent.await.map_err(refuse)?;
    let row = yardstick.rows.insert(body.owner, text_of(&intent, "id"));
    row.await.map_err(refuse)?;
    let response = json!({"client_secret": intent.get("client_secret")});
    Ok((StatusCode::CREATED, Json(response)))
}

/// Reads the payment method and the intent, and commits one row.
async fn save(
    State(yardstick): State<Arc<Yardstick>>,
    Json(body): Json<OwnerBody>,
) -> Result<(StatusCode, Json<Value>), StatusCode> {
    let gateway = yardstick.gateway.start_request();
    let path = format!("/v1/payment_methods/{}", body.payment_method);
    let method = gateway.get(body.account, &path).await.map_err(refuse)?;
    let path = format!("/v1/setup_intents/{}", body.intent);
    gateway.get(body.account, &path).await.map_err(refuse)?;
    let row = yardstick.rows.insert(body.owner, text_of(&method, "id"));
    row.await.map_err(refuse)?;
    Ok((StatusCode::CREATED, Json(json!({"id": method.get("id")}))))
}

/// Reads the owner's rows that are payment methods. No call to the gateway.
async fn list(
    State(yardstick): State<Arc<Yardstick>>,
    Path(owner): Path<u64>,
) -> Result<Json<Value>, StatusCode> {
    let _request = yardstick.gateway.start_request();
    let cards = yardstick.rows.cards_of(owner).await.map_err(refuse)?;
    let cards: Vec<Value> = cards.into_iter().map(|id| json!({"id": id})).collect();
    Ok(Json(cards.into()))
}

async fn metrics(State(yardstick): State<Arc<Yardstick>>) -> String {
    yardstick.gateway.metrics()
}

fn text_of<'a>(object: &'a Value, member: &str) -> &'a str {
    object
        .get(member)
        .and_then(Value::as_str)
        .unwrap_or_default()
}

fn refuse(error: BenchError) -> StatusCode {
    eprintln!("yardstick: {error}");
    StatusCode::INTERNAL_SERVER_ERROR
}
