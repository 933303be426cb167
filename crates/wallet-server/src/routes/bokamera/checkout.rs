//! `POST /checkout`: opens a payment, and closes the older ones of the same reference.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use card_entry_protocol::dialect::bokamera::{
    Checkout, CheckoutMode, CheckoutResponse, CheckoutSecret, CheckoutStatus, CheckoutTarget,
    CreateCheckout, SessionId, WebAddress,
};

use super::super::answer::Answer;
use super::super::once::Key;
use super::caller::Caller;
use super::no::No;
use super::order::price;
use crate::app::App;
use crate::config::Account;
use crate::error::ApiError;
use crate::gateway::CheckoutSession;
use crate::read::Json;
use crate::secret::Fingerprint;
use crate::store::checkouts::Asked;
use crate::wallet;

const OVER: ApiError = ApiError::Conflict(
    "The checkout of this key is over. Please ask for its status, or for a new one with a new key.",
);

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/checkout", post(open))
        .route("/checkout.json", post(open))
}

async fn open(
    State(app): State<App>,
    caller: Caller,
    key: Key,
    Json(body): Json<CreateCheckout>,
) -> Result<Answer, No> {
    let order = body.check()?;
    let own = caller.company(order.company)?;
    let wanted = price(&caller.account, own, &order)?;
    let reference = order.reference.as_str();
    let request = serde_json::to_string(&order.body());
    let request = request.map_err(|error| ApiError::Broken(error.to_string()))?;
    let asked = key.0.map(|key| Asked {
        key,
        request: Fingerprint::of(&request),
    });
    let session = wallet::open_checkout(&app, &caller.account, reference, wanted, asked).await?;
    if asked.is_some() && session.status != "open" {
        // What a repeat finds is paid or was replaced: there is nothing left to open.
        return Err(OVER.into());
    }
    let answer = view(&caller.account, &order.mode, session)
        .ok_or_else(|| ApiError::Broken("the gateway's session lacks its opening".to_owned()))?;
    Ok(Answer::new(StatusCode::OK, &answer)?)
}

/// The session as the vendor shows it; `None` when it has not what its mode needs.
fn view(
    account: &Account,
    mode: &CheckoutMode,
    session: CheckoutSession,
) -> Option<CheckoutResponse> {
    let target = match mode {
        CheckoutMode::Hosted { .. } => {
            CheckoutTarget::Hosted(WebAddress::parse(session.url.as_deref()?)?)
        }
        CheckoutMode::Embedded => {
            CheckoutTarget::Embedded(CheckoutSecret::parse(session.client_secret.as_deref()?)?)
        }
    };
    let checkout = Checkout {
        session: SessionId::parse(&session.id)?,
        status: CheckoutStatus::parse(&session.status)?,
        target,
        account: account.gateway_account.clone(),
        key: Some(account.publishable_key.clone()),
    };
    Some(CheckoutResponse {
        customer_id: session.customer,
        payment_intent_id: session.payment_intent,
        ..CheckoutResponse::new(&checkout)
    })
}
