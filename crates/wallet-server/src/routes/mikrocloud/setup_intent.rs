//! `POST /setup-intent`: creates a setup intent.
//!
//! It must never return the client secret of another owner's intent.

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use card_entry_protocol::dialect::mikrocloud::SetupIntent;

use super::caller::WriteCaller;
use super::presenter;
use crate::app::App;
use crate::browser_client::BrowserClient;
use crate::error::ApiError;
use crate::wallet::{OwnerWallet, SavePolicy};

pub(super) fn router() -> Router<App> {
    Router::new().route("/setup-intent", post(create))
}

async fn create(
    State(app): State<App>,
    WriteCaller(caller): WriteCaller,
    client: BrowserClient,
) -> Result<(StatusCode, Json<SetupIntent>), ApiError> {
    let intent = OwnerWallet::new(&app, &caller.account, &caller.owner)
        .create_setup_intent(Some(&client), SavePolicy::WhenConfirmed)
        .await?;
    let key = &caller.account.publishable_key;
    let intent = presenter::setup_intent(intent, key, &caller.zone);
    Ok((StatusCode::CREATED, Json(intent)))
}
