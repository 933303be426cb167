//! `GET /user`: the user of the token, with the wallet.
//!
//! It must never show another user.

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use card_entry_protocol::dialect::mytime::UserBody;
use schemars::JsonSchema;
use serde::Deserialize;

use super::caller::MyTimeCaller;
use super::presenter;
use crate::app::App;
use crate::error::ApiError;
use crate::extract::QueryParams;
use crate::wallet::OwnerWallet;

/// `?company_id=`, which is optional here but in all of the vendor's examples.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct CompanyQuery {
    /// The number of the company. The token has one already, so that another one is refused.
    #[serde(default)]
    pub company_id: Option<u64>,
}

pub(super) fn router() -> Router<App> {
    Router::new().route("/user", get(show))
}

async fn show(
    State(app): State<App>,
    caller: MyTimeCaller,
    QueryParams(query): QueryParams<CompanyQuery>,
) -> Result<Json<UserBody>, ApiError> {
    caller.check_company(query.company_id)?;
    OwnerWallet::new(&app, &caller.account, &caller.owner)
        .save_confirmed_cards()
        .await;
    Ok(Json(presenter::user(&app, &caller.owner, None).await?))
}
