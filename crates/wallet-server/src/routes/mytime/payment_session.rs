//! `GET /user/payment_methods/session`: begins a card. A read by name, but it makes an intent; hence its limit.

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use card_entry_protocol::dialect::mytime::{ClientSecretBody, SessionQuery};

use super::caller::Caller;
use crate::app::App;
use crate::error::ApiError;
use crate::limiter::Place;
use crate::read::Params;
use crate::wallet;

pub(super) fn router() -> Router<App> {
    Router::new().route("/user/payment_methods/session", get(begin))
}

async fn begin(
    State(app): State<App>,
    caller: Caller,
    place: Place,
    Params(query): Params<SessionQuery>,
) -> Result<Json<ClientSecretBody>, ApiError> {
    caller.check_company(Some(query.company_id))?;
    if query.payment_type != "card" {
        return Err(ApiError::Refused(
            "Only cards can be saved here.".to_owned(),
        ));
    }
    let connected = query.stripe_account_id.filter(|id| !id.is_empty());
    let own = caller
        .account
        .gateway_account
        .as_ref()
        .map(|id| id.as_str());
    if connected.is_some() && connected.as_deref() != own {
        return Err(ApiError::Refused(
            "This company takes cards through another account.".to_owned(),
        ));
    }
    // Only who says so wants the card kept: see `save_when_confirmed`.
    let keeps = query.add_to_client.as_deref() == Some("true");
    let intent = wallet::begin(&app, &caller.account, &caller.owner, Some(&place), keeps).await?;
    Ok(Json(ClientSecretBody {
        client_secret: intent.client_secret,
    }))
}
