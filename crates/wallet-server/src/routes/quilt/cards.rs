//! `POST /customer/card` keeps the card of a captured payment, `GET` lists, `DELETE …/{id}` removes.

use std::cmp::Reverse;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{delete, get};
use axum::{Json, Router};
use card_entry_protocol::card::PaymentMethodId;
use card_entry_protocol::dialect::quilt::{CardBody, CardList, CardQuery, DeletedCard};

use super::super::answer::Answer;
use super::super::once::{Key, once};
use super::super::rows::readable;
use super::caller::Caller;
use super::{shape, view};
use crate::app::App;
use crate::error::ApiError;
use crate::read;
use crate::store::cards;
use crate::wallet;

const NOT_HERE: ApiError = ApiError::NotFound("This card is not in the wallet.");

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/customer/card", get(list).post(save))
        .route("/customer/card/{id}", delete(remove))
}

async fn save(
    State(app): State<App>,
    caller: Caller,
    key: Key,
    read::Json(body): read::Json<CardBody>,
) -> Result<Answer, ApiError> {
    let whose = body.owner();
    let (account, owner) = caller.owner(&app, &whose).await?;
    let payment = body.payment_id().as_str();
    let work = async {
        let saved = wallet::save_of_payment(&app, account, &owner, payment, key.0).await?;
        Answer::new(StatusCode::OK, &view::card(saved.card, &whose)?)
    };
    once(&app, owner.id, key, payment, shape, work).await
}

async fn list(
    State(app): State<App>,
    caller: Caller,
    read::Params(whose): read::Params<CardQuery>,
) -> Result<Json<CardList>, ApiError> {
    let (_, owner) = caller.owner(&app, &whose).await?;
    let mut cards = cards::of_owner(app.store.pool(), owner.id).await?;
    // This system has no default, which stands first elsewhere.
    cards.sort_by_key(|card| Reverse((card.created_at, card.id.0)));
    let shown = cards.into_iter().map(|card| view::card(card, &whose));
    Ok(Json(CardList {
        cards: readable(shown),
    }))
}

async fn remove(
    State(app): State<App>,
    caller: Caller,
    id: Result<Path<String>, PathRejection>,
    read::Params(whose): read::Params<CardQuery>,
) -> Result<Json<DeletedCard>, ApiError> {
    let (account, owner) = caller.owner(&app, &whose).await?;
    let Path(id) = id.map_err(|_| NOT_HERE)?;
    let id = PaymentMethodId::parse(&id).ok_or(NOT_HERE)?;
    wallet::delete(&app, account, &owner, id.as_str()).await?;
    Ok(Json(DeletedCard {
        payment_method_id: id,
        deleted: true,
    }))
}
