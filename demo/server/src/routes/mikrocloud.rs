//! `POST /api/mikrocloud/sign-in`: a visitor of the panel chooses who to be, and gets a token. A demo's sign-in asks for
//! no password.

use std::time::SystemTime;

use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::routing::post;
use axum::{Json, Router};
use booking_page::mikrocloud::{SignIn, SignedIn};

use super::Site;
use crate::error::SiteError;

pub(super) fn router() -> Router<Site> {
    Router::new().route("/mikrocloud/sign-in", post(sign_in))
}

async fn sign_in(
    State(site): State<Site>,
    body: Result<Json<SignIn>, JsonRejection>,
) -> Result<Json<SignedIn>, SiteError> {
    let Json(wanted) = body?;
    let signer = site.signer.as_ref().ok_or(SiteError::NotFound)?;
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    let now = now.map_or(0, |since| since.as_secs());
    let now = i64::try_from(now).unwrap_or(i64::MAX);
    let token = signer.token(&wanted.account, wanted.role, now)?;
    Ok(Json(SignedIn { token }))
}
