//! `/customer/card`: `POST` saves the card of a captured payment, `GET` lists the cards, `DELETE …/{id}` deletes one.
//!
//! It must never show or change a card of another owner.

use std::cmp::Reverse;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{delete, get};
use axum::{Json, Router};
use card_entry_protocol::card::PaymentMethodId;
use card_entry_protocol::dialect::quilt::{CardBody, CardList, CardQuery, DeletedCard};

use super::caller::QuiltCaller;
use super::{presenter, render_error};
use crate::app::App;
use crate::error::ApiError;
use crate::extract;
use crate::routes::idempotency::{IdempotencyKey, IdempotentWrite};
use crate::routes::json_response::JsonResponse;
use crate::routes::lenient_list::skip_unreadable;
use crate::wallet::OwnerWallet;
use wallet_store::cards;

const CARD_NOT_FOUND: ApiError = ApiError::NotFound("This card is not in the wallet.");

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/customer/card", get(list).post(save))
        .route("/customer/card/{id}", delete(remove))
}

async fn save(
    State(app): State<App>,
    caller: QuiltCaller,
    key: IdempotencyKey,
    extract::Json(body): extract::Json<CardBody>,
) -> Result<JsonResponse, ApiError> {
    let wallet_query = body.owner();
    let (account, owner) = caller.owner(&app, &wallet_query).await?;
    let payment = body.payment_id().as_str();
    let work = async {
        let wallet = OwnerWallet::new(&app, account, &owner);
        let saved = wallet.save_from_payment(payment, key.fingerprint).await?;
        JsonResponse::new(StatusCode::OK, &presenter::card(saved.card, &wallet_query)?)
    };
    let request = IdempotentWrite {
        owner: owner.id,
        key,
        content: payment,
        render_error,
    };
    request.run(&app, Box::pin(work)).await
}

async fn list(
    State(app): State<App>,
    caller: QuiltCaller,
    extract::QueryParams(wallet_query): extract::QueryParams<CardQuery>,
) -> Result<Json<CardList>, ApiError> {
    let (_, owner) = caller.owner(&app, &wallet_query).await?;
    let mut cards = cards::of_owner(app.store.pool(), owner.id).await?;
    // Quilt has no default card, which the other systems list first.
    cards.sort_by_key(|card| Reverse((card.created_at, card.id.0)));
    let shown = cards
        .into_iter()
        .map(|card| presenter::card(card, &wallet_query));
    Ok(Json(CardList {
        cards: skip_unreadable(shown),
    }))
}

async fn remove(
    State(app): State<App>,
    caller: QuiltCaller,
    id: Result<Path<String>, PathRejection>,
    extract::QueryParams(wallet_query): extract::QueryParams<CardQuery>,
) -> Result<Json<DeletedCard>, ApiError> {
    let (account, owner) = caller.owner(&app, &wallet_query).await?;
    let Path(id) = id.map_err(|_| CARD_NOT_FOUND)?;
    let id = PaymentMethodId::parse(&id).ok_or(CARD_NOT_FOUND)?;
    OwnerWallet::new(&app, account, &owner)
        .delete_card(id.as_str())
        .await?;
    Ok(Json(DeletedCard {
        payment_method_id: id,
        deleted: true,
    }))
}
