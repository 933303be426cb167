//! `POST /payment/intent` creates a card-present payment or charges a stored card, `/payment/capture` captures it,
//! `/payment/cancel` cancels it.
//!
//! It must never answer an unfinished charge of a stored card as a success.

use axum::extract::State;
use axum::routing::post;
use axum::{Json, Router};
use card_entry_protocol::dialect::quilt::{
    CancelBody, CancelResponse, CaptureBody, CaptureResponse, CardQuery, ChargeMethod, IntentBody,
    IntentResponse,
};
use serde_json::json;

use super::caller::{QuiltCaller, invalid_request};
use super::presenter;
use crate::app::App;
use crate::error::ApiError;
use crate::extract;
use crate::gateway::IntentStatus;
use crate::routes::idempotency::{IdempotencyKey, run_without_response};
use crate::wallet::{self, OwnerWallet, PaymentRequest};
use wallet_store::idempotency_keys::KeyScope;

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/payment/intent", post(create))
        .route("/payment/capture", post(capture))
        .route("/payment/cancel", post(cancel))
}

async fn create(
    State(app): State<App>,
    caller: QuiltCaller,
    key: IdempotencyKey,
    extract::Json(body): extract::Json<IntentBody>,
) -> Result<Json<IntentResponse>, ApiError> {
    let name = body.account().ok_or_else(presenter::no_account)?;
    let currency = caller.account(name)?.currency.clone();
    let order = body.check(&currency).map_err(invalid_request)?;
    let wallet_query = CardQuery {
        external_customer_id: order.customer,
        external_account_id: order.account,
    };
    let (account, owner) = caller.owner(&app, &wallet_query).await?;
    let payment = PaymentRequest {
        amount: order.amount,
        sale: order
            .transaction
            .as_ref()
            .map(|transaction| transaction.as_str()),
        key: key.fingerprint,
    };
    let card = match &order.charge {
        ChargeMethod::CardPresent => None,
        ChargeMethod::StoredCard(card) => Some(card.as_str()),
    };
    let content = json!(["payment", payment.amount.get(), payment.sale, card]).to_string();
    let wallet = OwnerWallet::new(&app, account, &owner);
    let work = async {
        let Some(card) = card else {
            return wallet.create_terminal_payment(payment).await;
        };
        let intent = wallet.charge_card(card, payment).await?;
        match intent.status {
            IntentStatus::Succeeded | IntentStatus::Processing => Ok(intent),
            _ => Err(ApiError::AuthenticationRequired(intent.client_secret)),
        }
    };
    let request = (KeyScope::Owner(owner.id), content.as_str());
    let intent = run_without_response(&app, key, request, Box::pin(work)).await?;
    Ok(Json(presenter::intent(&intent, &account.currency)?))
}

async fn capture(
    State(app): State<App>,
    caller: QuiltCaller,
    extract::Json(body): extract::Json<CaptureBody>,
) -> Result<Json<CaptureResponse>, ApiError> {
    let account = caller.account(body.account())?;
    let amount = body
        .minor_units(&account.currency)
        .map_err(invalid_request)?;
    let id = body.payment_id().as_str();
    let intent = wallet::capture_payment(&app, account, id, amount).await?;
    Ok(Json(presenter::capture(&intent, &account.currency)?))
}

async fn cancel(
    State(app): State<App>,
    caller: QuiltCaller,
    extract::Json(body): extract::Json<CancelBody>,
) -> Result<Json<CancelResponse>, ApiError> {
    let account = caller.account(body.account())?;
    let id = body.payment_id().as_str();
    let intent = wallet::cancel_payment(&app, account, id).await?;
    Ok(Json(presenter::canceled(&intent)?))
}
