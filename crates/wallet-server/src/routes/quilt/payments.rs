//! `POST /payment/intent` begins at a reader or charges a stored card, `/payment/capture` takes the money,
//! `/payment/cancel` gives it up.

use axum::extract::State;
use axum::routing::post;
use axum::{Json, Router};
use card_entry_protocol::dialect::quilt::{
    CancelBody, CancelResponse, CaptureBody, CaptureResponse, CardQuery, ChargeMethod, IntentBody,
    IntentResponse,
};

use super::super::once::Key;
use super::caller::{Caller, refused};
use super::view;
use crate::app::App;
use crate::error::ApiError;
use crate::gateway::IntentStatus;
use crate::read;
use crate::wallet::{self, Paid};

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/payment/intent", post(begin))
        .route("/payment/capture", post(capture))
        .route("/payment/cancel", post(cancel))
}

async fn begin(
    State(app): State<App>,
    caller: Caller,
    key: Key,
    read::Json(body): read::Json<IntentBody>,
) -> Result<Json<IntentResponse>, ApiError> {
    let name = body.account().ok_or_else(view::no_account)?;
    let currency = caller.account(name)?.currency.clone();
    let order = body.check(&currency).map_err(refused)?;
    let whose = CardQuery {
        external_customer_id: order.customer,
        external_account_id: order.account,
    };
    let (account, owner) = caller.owner(&app, &whose).await?;
    let paid = Paid {
        amount: order.amount,
        sale: order.transaction.as_ref().map(|sale| sale.as_str()),
        key: key.0,
    };
    let intent = match &order.charge {
        ChargeMethod::CardPresent => wallet::begin_in_person(&app, account, &owner, paid).await?,
        ChargeMethod::StoredCard(card) => {
            let intent = wallet::charge(&app, account, &owner, card.as_str(), paid).await?;
            match intent.status {
                IntentStatus::Succeeded | IntentStatus::Processing => intent,
                _ => return Err(ApiError::Challenge(intent.client_secret)),
            }
        }
    };
    Ok(Json(view::intent(&intent, &account.currency)?))
}

async fn capture(
    State(app): State<App>,
    caller: Caller,
    read::Json(body): read::Json<CaptureBody>,
) -> Result<Json<CaptureResponse>, ApiError> {
    let account = caller.account(body.account())?;
    let amount = body.minor_units(&account.currency).map_err(refused)?;
    let id = body.payment_id().as_str();
    let intent = wallet::capture(&app, account, id, amount).await?;
    Ok(Json(view::capture(&intent, &account.currency)?))
}

async fn cancel(
    State(app): State<App>,
    caller: Caller,
    read::Json(body): read::Json<CancelBody>,
) -> Result<Json<CancelResponse>, ApiError> {
    let account = caller.account(body.account())?;
    let id = body.payment_id().as_str();
    let intent = wallet::cancel_payment(&app, account, id).await?;
    Ok(Json(view::canceled(&intent)?))
}
