//! `POST /setup-intent`: begins a card.

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use card_entry_protocol::dialect::mikrocloud::SetupIntent;

use super::caller::Writer;
use super::view;
use crate::app::App;
use crate::error::ApiError;
use crate::limiter::Place;
use crate::wallet;

pub(super) fn router() -> Router<App> {
    Router::new().route("/setup-intent", post(begin))
}

async fn begin(
    State(app): State<App>,
    Writer(caller): Writer,
    place: Place,
) -> Result<(StatusCode, Json<SetupIntent>), ApiError> {
    let intent = wallet::begin(&app, &caller.account, &caller.owner, Some(&place), true).await?;
    let key = &caller.account.publishable_key;
    let intent = view::setup_intent(intent, key, &caller.zone);
    Ok((StatusCode::CREATED, Json(intent)))
}
