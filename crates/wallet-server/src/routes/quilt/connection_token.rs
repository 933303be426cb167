//! `POST /terminal/connection_token`: lets a browser connect to a reader, once.

use axum::extract::State;
use axum::routing::post;
use axum::{Json, Router};
use card_entry_protocol::dialect::quilt::{
    ConnectionTokenBody, ConnectionTokenResponse, ConnectionTokenSecret,
};

use super::caller::Caller;
use crate::app::App;
use crate::error::ApiError;
use crate::read;

pub(super) fn router() -> Router<App> {
    Router::new().route("/terminal/connection_token", post(make))
}

async fn make(
    State(app): State<App>,
    caller: Caller,
    read::Json(body): read::Json<ConnectionTokenBody>,
) -> Result<Json<ConnectionTokenResponse>, ApiError> {
    let account = caller.account(&body.external_account_id)?;
    let token = app.gateway.of(account).connection_token().await?;
    let secret = ConnectionTokenSecret::parse(token.secret.reveal())
        .ok_or_else(|| ApiError::Unavailable("a connection token of another form".to_owned()))?;
    Ok(Json(ConnectionTokenResponse { secret }))
}
