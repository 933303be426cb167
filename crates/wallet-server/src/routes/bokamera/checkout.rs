//! `POST /checkout`: creates a checkout session, and expires older ones of the same reference.
//!
//! It must never return the session of another company.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use card_entry_protocol::dialect::bokamera::{
    Checkout, CheckoutResponse, CheckoutSecret, CheckoutStatus, CheckoutTarget, CreateCheckout,
    SessionId, UiModeOptions, WebAddress,
};

use super::caller::BokaMeraCaller;
use super::error::BokaMeraError;
use super::gateway_checkout::gateway_checkout;
use crate::app::App;
use crate::config::Account;
use crate::error::ApiError;
use crate::extract::Json;
use crate::gateway::CheckoutSession;
use crate::routes::idempotency::{IdempotencyKey, run_without_response};
use crate::routes::json_response::JsonResponse;
use crate::secret::Fingerprint;
use crate::wallet;
use wallet_store::checkouts::IdempotentRequest;
use wallet_store::idempotency_keys::KeyScope;

const NOT_OPEN: ApiError = ApiError::Conflict(
    "The checkout of this key is over. Please ask for its status, or for a new one with a new key.",
);

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/checkout", post(open))
        .route("/checkout.json", post(open))
}

async fn open(
    State(app): State<App>,
    caller: BokaMeraCaller,
    key: IdempotencyKey,
    Json(body): Json<CreateCheckout>,
) -> Result<JsonResponse, BokaMeraError> {
    let request = body.check()?;
    let company = caller.company(request.company)?;
    let checkout = gateway_checkout(&caller.account, company, &request)?;
    let reference = request.reference.as_str();
    let content = serde_json::to_string(&request.body());
    let content = content.map_err(|error| ApiError::Internal(error.to_string()))?;
    let idempotent = key.fingerprint.map(|key| IdempotentRequest {
        key,
        request: Fingerprint::of(&content),
    });
    let account = &caller.account;
    let work = wallet::create_checkout(&app, account, reference, checkout, idempotent);
    let keyed = (KeyScope::Account(account.id), content.as_str());
    let session = run_without_response(&app, key, keyed, Box::pin(work)).await?;
    if idempotent.is_some() && session.status != "open" {
        // The session of this key is paid or was replaced, so it cannot be opened again.
        return Err(NOT_OPEN.into());
    }
    let response = render(&caller.account, &request.mode, session).ok_or_else(|| {
        ApiError::Internal("the gateway's session has no URL or client secret".to_owned())
    })?;
    Ok(JsonResponse::new(StatusCode::OK, &response)?)
}

/// The session in the vendor's format. `None` means that a member is missing that its mode needs.
fn render(
    account: &Account,
    mode: &UiModeOptions,
    session: CheckoutSession,
) -> Option<CheckoutResponse> {
    let target = match mode {
        UiModeOptions::Hosted { .. } => {
            CheckoutTarget::Hosted(WebAddress::parse(session.url.as_deref()?)?)
        }
        UiModeOptions::Embedded => {
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
