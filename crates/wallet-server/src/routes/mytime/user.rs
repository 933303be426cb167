//! `GET /user`: who the token speaks for, with the wallet.

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use card_entry_protocol::dialect::mytime::UserBody;
use serde::Deserialize;

use super::caller::Caller;
use super::view;
use crate::app::App;
use crate::error::ApiError;
use crate::read::Params;
use crate::wallet;

/// `?company_id=`, which every call of the vendor's examples has.
#[derive(Debug, Deserialize)]
pub(super) struct OfCompany {
    #[serde(default)]
    pub company_id: Option<u64>,
}

pub(super) fn router() -> Router<App> {
    Router::new().route("/user", get(show))
}

async fn show(
    State(app): State<App>,
    caller: Caller,
    Params(query): Params<OfCompany>,
) -> Result<Json<UserBody>, ApiError> {
    caller.check_company(query.company_id)?;
    wallet::catch_up(&app, &caller.account, &caller.owner).await;
    Ok(Json(view::user(&app, &caller.owner, None).await?))
}
