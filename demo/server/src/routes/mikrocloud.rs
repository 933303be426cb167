//! `POST /api/mikrocloud/sign-in`: returns a token for the chosen role. The demo's sign-in has no password.

use std::time::SystemTime;

use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::routing::post;
use axum::{Json, Router};
use booking_page::mikrocloud::{MikroCloudSession, MikroCloudSignIn};

use super::AppState;
use crate::error::SiteError;

pub(super) fn router() -> Router<AppState> {
    Router::new().route("/mikrocloud/sign-in", post(sign_in))
}

async fn sign_in(
    State(state): State<AppState>,
    body: Result<Json<MikroCloudSignIn>, JsonRejection>,
) -> Result<Json<MikroCloudSession>, SiteError> {
    let Json(chosen) = body?;
    let signer = state.mikrocloud.as_ref().ok_or(SiteError::NotFound)?;
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    let now = now.map_or(0, |since| since.as_secs());
    let now = i64::try_from(now).unwrap_or(i64::MAX);
    let token = signer.token(&chosen.account, chosen.role, now)?;
    Ok(Json(MikroCloudSession { token }))
}
