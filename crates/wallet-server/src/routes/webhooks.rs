//! `POST /webhooks/stripe/{account}`: the gateway tells what happened to the account's objects.
//!
//! Called by Stripe, never by a browser. Only what is signed with one of the account's secrets is read; what an event
//! says of an object is not believed but looked up, so that neither order nor repetition matters. Anything but a 2xx is
//! sent again, for days.

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;

use crate::app::App;
use crate::clock;
use crate::error::ApiError;
use crate::signature::is_signed;
use crate::wallet::{self, Event};

/// An event holds one object whole, and what changed of it.
const LARGEST_EVENT: usize = 256 * 1024;

const NOT_SIGNED: ApiError = ApiError::Unreadable("The signature is missing or not right.");

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/webhooks/stripe/{account}", post(hear))
        .layer(DefaultBodyLimit::max(LARGEST_EVENT))
}

async fn hear(
    State(app): State<App>,
    Path(account): Path<String>,
    headers: HeaderMap,
    body: Result<Bytes, axum::extract::rejection::BytesRejection>,
) -> Result<StatusCode, ApiError> {
    let account = account
        .parse()
        .ok()
        .and_then(|id| app.config.accounts.by_id(id));
    let account = account
        .filter(|account| !account.webhook_secrets.is_empty())
        .ok_or(ApiError::NoRoute)?;
    let body = body.map_err(|e| match e.status() {
        StatusCode::PAYLOAD_TOO_LARGE => ApiError::TooLarge,
        _ => ApiError::Unreadable("The request didn’t arrive whole. Please try again."),
    })?;
    let signature = headers.get("stripe-signature");
    let signature = signature.and_then(|value| value.to_str().ok());
    if !signature
        .is_some_and(|header| is_signed(header, &body, &account.webhook_secrets, clock::now()))
    {
        tracing::warn!(
            account = account.id,
            "a webhook was not signed by the gateway"
        );
        return Err(NOT_SIGNED);
    }
    let event: Event = serde_json::from_slice(&body)
        .map_err(|_| ApiError::Unreadable("The request is no event."))?;
    wallet::hear(&app, &account, &event).await?;
    Ok(StatusCode::OK)
}
