//! `/payment-methods`: `POST` saves a card or makes a saved one the default, `GET` lists, `DELETE …/{id}` deletes.
//!
//! It must never show or change a card of another owner.

use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, PathRejection};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{delete, get};
use axum::{Json, Router};
use card_entry_protocol::card::GatewayCardId;
use card_entry_protocol::dialect::mikrocloud::PaymentMethod;
use card_entry_protocol::message::ConsentProof;
use serde::Deserialize;
use serde_json::{Value, json};

use super::caller::{MikroCloudCaller, ReadCaller, WriteCaller};
use super::{presenter, render_error};
use crate::app::App;
use crate::browser_client::BrowserClient;
use crate::error::{ApiError, ErrorsByField};
use crate::routes::idempotency::{IdempotencyKey, IdempotentWrite};
use crate::routes::json_response::JsonResponse;
use crate::routes::lenient_list::skip_unreadable;
use crate::wallet::{OwnerWallet, SaveRequest};
use wallet_store::cards;

const CARD_NOT_FOUND: ApiError = ApiError::NotFound("This card is not in your wallet.");

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/payment-methods", get(list).post(save))
        .route("/payment-methods/{id}", delete(remove))
}

async fn list(
    State(app): State<App>,
    ReadCaller(caller): ReadCaller,
) -> Result<Json<Vec<PaymentMethod>>, ApiError> {
    OwnerWallet::new(&app, &caller.account, &caller.owner)
        .save_confirmed_cards()
        .await;
    let cards = cards::of_owner(app.store.pool(), caller.owner.id).await?;
    let shown = cards
        .into_iter()
        .map(|card| presenter::method(card, &caller.zone));
    Ok(Json(skip_unreadable(shown)))
}

async fn save(
    State(app): State<App>,
    WriteCaller(caller): WriteCaller,
    key: IdempotencyKey,
    client: BrowserClient,
    body: Result<Bytes, BytesRejection>,
) -> Result<JsonResponse, ApiError> {
    let body = body.map_err(|e| match e.status() {
        StatusCode::PAYLOAD_TOO_LARGE => ApiError::BodyTooLarge,
        _ => ApiError::BadRequest("The request didn’t arrive whole. Please try again."),
    })?;
    let body = parse_body(&body)?;
    let id = parse_id(&body)?;
    let consent = parse_consent(&body)?;
    let content = json!([id.as_str(), body.get("consent")]).to_string();
    let work = save_now(&app, &caller, key, &client, (&id, consent.as_ref()));
    let request = IdempotentWrite {
        owner: caller.owner.id,
        key,
        content: &content,
        render_error,
    };
    request.run(&app, Box::pin(work)).await
}

/// Saves a card. A card that is saved already becomes the default, unless the request is a repeat.
async fn save_now(
    app: &App,
    caller: &MikroCloudCaller,
    key: IdempotencyKey,
    client: &BrowserClient,
    (id, consent): (&GatewayCardId, Option<&ConsentProof>),
) -> Result<JsonResponse, ApiError> {
    let (account, owner) = (&caller.account, &caller.owner);
    let wallet = OwnerWallet::new(app, account, owner);
    let request = SaveRequest {
        payment_method: id,
        key: key.fingerprint,
        client: Some(client),
        consent,
    };
    let saved = wallet.save(request).await?;
    let card = if saved.already_saved {
        wallet.set_default(&saved.card.payment_method).await?
    } else {
        saved.card
    };
    JsonResponse::new(StatusCode::CREATED, &presenter::method(card, &caller.zone)?)
}

/// Parses JSON and ignores the content type, because the vendor's own curl example sends a form's. That is safe: no page
/// can make a browser send the `Authorization` header.
fn parse_body(body: &[u8]) -> Result<Value, ApiError> {
    match body {
        [] => Ok(Value::Null),
        text => serde_json::from_slice(text)
            .map_err(|_| ApiError::BadRequest("The request isn’t valid JSON.")),
    }
}

fn invalid_field(field: &str, sentences: &[&str]) -> ApiError {
    let sentences = sentences.iter().map(|text| (*text).to_owned()).collect();
    ApiError::InvalidFields(ErrorsByField::from([(field.to_owned(), sentences)]))
}

/// Reads the proof of consent, if the page asked for consent. The vendor has no such member; it is this project's own.
fn parse_consent(body: &Value) -> Result<Option<ConsentProof>, ApiError> {
    match body.get("consent") {
        None | Some(Value::Null) => Ok(None),
        Some(proof) => ConsentProof::deserialize(proof)
            .map(Some)
            .map_err(|_| invalid_field("consent", &["The consent field is invalid."])),
    }
}

fn parse_id(body: &Value) -> Result<GatewayCardId, ApiError> {
    let invalid = |sentences: &[&str]| invalid_field("id", sentences);
    const REQUIRED: &str = "The id field is required.";
    const TEXT: &str = "The id field must be a string.";
    const INVALID: &str = "The selected id is invalid.";
    match body.get("id") {
        None | Some(Value::Null) => Err(invalid(&[REQUIRED])),
        Some(Value::String(id)) if id.is_empty() => Err(invalid(&[REQUIRED])),
        Some(Value::String(id)) => GatewayCardId::parse(id).ok_or_else(|| invalid(&[INVALID])),
        Some(_) => Err(invalid(&[TEXT, INVALID])),
    }
}

async fn remove(
    State(app): State<App>,
    WriteCaller(caller): WriteCaller,
    id: Result<Path<String>, PathRejection>,
) -> Result<StatusCode, ApiError> {
    // A path with invalid percent-encoding names no card.
    let Path(id) = id.map_err(|_| CARD_NOT_FOUND)?;
    OwnerWallet::new(&app, &caller.account, &caller.owner)
        .delete_card(&id)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
