//! `GET /user/payment_methods/session`: creates a setup intent. The vendor has a GET here although it writes, so that the
//! route is rate limited.
//!
//! It must never create an intent on another account than the company's.

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use card_entry_protocol::dialect::mytime::{ClientSecretBody, SessionQuery};

use super::caller::MyTimeCaller;
use crate::app::App;
use crate::browser_client::BrowserClient;
use crate::error::ApiError;
use crate::extract::QueryParams;
use crate::wallet::{OwnerWallet, SavePolicy};

pub(super) fn router() -> Router<App> {
    Router::new().route("/user/payment_methods/session", get(create))
}

async fn create(
    State(app): State<App>,
    caller: MyTimeCaller,
    client: BrowserClient,
    QueryParams(query): QueryParams<SessionQuery>,
) -> Result<Json<ClientSecretBody>, ApiError> {
    caller.check_company(Some(query.company_id))?;
    if query.payment_type != "card" {
        return Err(ApiError::Unprocessable(
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
        return Err(ApiError::Unprocessable(
            "This company takes cards through another account.".to_owned(),
        ));
    }
    // Only `add_to_client=true` asks to save the card.
    let policy = match query.add_to_client.as_deref() {
        Some("true") => SavePolicy::WhenConfirmed,
        _ => SavePolicy::OnRequest,
    };
    let intent = OwnerWallet::new(&app, &caller.account, &caller.owner)
        .create_setup_intent(Some(&client), policy)
        .await?;
    Ok(Json(ClientSecretBody {
        client_secret: intent.client_secret,
    }))
}
