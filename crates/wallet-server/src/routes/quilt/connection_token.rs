//! `POST /terminal/connection_token`: creates a token that connects a browser to a reader once.
//!
//! The token must never be stored.

use axum::extract::State;
use axum::routing::post;
use axum::{Json, Router};
use card_entry_protocol::dialect::quilt::{
    ConnectionTokenBody, ConnectionTokenResponse, ConnectionTokenSecret,
};

use super::caller::QuiltCaller;
use crate::app::App;
use crate::error::ApiError;
use crate::extract;

pub(super) fn router() -> Router<App> {
    Router::new().route("/terminal/connection_token", post(create))
}

async fn create(
    State(app): State<App>,
    caller: QuiltCaller,
    extract::Json(body): extract::Json<ConnectionTokenBody>,
) -> Result<Json<ConnectionTokenResponse>, ApiError> {
    let account = caller.account(&body.external_account_id)?;
    let token = app.gateway.for_account(account).connection_token().await?;
    let secret = ConnectionTokenSecret::parse(token.secret.reveal()).ok_or_else(|| {
        ApiError::GatewayUnreachable(
            "the gateway's connection token has an unknown format".to_owned(),
        )
    })?;
    Ok(Json(ConnectionTokenResponse { secret }))
}
