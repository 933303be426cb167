//! `POST /webhooks/stripe/{account}`: receives the gateway's webhook events of an account.
//!
//! Called by Stripe. An event's content is not trusted: the object is retrieved from the gateway, so that the order and
//! the repetition of events do not matter. The gateway resends an event for days unless it gets a 2xx, so a signed event
//! of an unknown kind is acknowledged. It must never parse an event without a valid signature.

use std::sync::atomic::{AtomicU64, Ordering};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use card_entry_protocol::number::id_contains_card_number;
use serde::Deserialize;

use crate::app::App;
use crate::audit;
use crate::clock;
use crate::error::ApiError;
use crate::log;
use crate::wallet::{self, WebhookEvent};
use crate::webhook_signature::is_signed;

/// The maximum size of an event, which contains one whole object and its changes.
pub(super) const MAX_EVENT_BYTES: usize = 256 * 1024;

const INVALID_SIGNATURE: ApiError = ApiError::BadRequest("The signature is missing or not right.");

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/webhooks/stripe/{account}", post(receive))
        .layer(DefaultBodyLimit::max(MAX_EVENT_BYTES))
}

async fn receive(
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
        .ok_or(ApiError::RouteNotFound)?;
    log::record_account(account.id);
    let body = body.map_err(|e| match e.status() {
        StatusCode::PAYLOAD_TOO_LARGE => ApiError::BodyTooLarge,
        _ => ApiError::BadRequest("The request didn’t arrive whole. Please try again."),
    })?;
    let signature = headers.get("stripe-signature");
    let signature = signature.and_then(|value| value.to_str().ok());
    if !signature
        .is_some_and(|header| is_signed(header, &body, &account.webhook_secrets, clock::now()))
    {
        tracing::warn!(
            account = account.id,
            "webhook rejected: its signature is missing or invalid"
        );
        return Err(INVALID_SIGNATURE);
    }
    match serde_json::from_slice::<WebhookEvent>(&body) {
        Ok(event) => {
            // The gateway only reports. What follows from it, this server does by itself.
            audit::by_this_server(wallet::handle_webhook(&app, &account, &event)).await?;
        }
        Err(_) => log_ignored(account.id, &body),
    }
    Ok(StatusCode::OK)
}

/// The number of ignored events since the start.
static IGNORED_EVENTS: AtomicU64 = AtomicU64::new(0);

/// The head of an event in another format. A thin event (`v2.core.event`) names its object and does not contain it. See <https://docs.stripe.com/event-destinations#thin-events>.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct EventHead {
    object: Option<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
}

/// Logs a signed event in a format that this server does not know. An error response would only make the gateway resend it
/// for days.
fn log_ignored(account: i64, body: &[u8]) {
    let head: EventHead = serde_json::from_slice(body).unwrap_or_default();
    let ignored = IGNORED_EVENTS.fetch_add(1, Ordering::Relaxed) + 1;
    tracing::warn!(
        account,
        object = loggable(head.object.as_deref()),
        kind = loggable(head.kind.as_deref()),
        ignored,
        "ignoring webhook event: not an event of API version 1"
    );
}

/// The word itself, or `-` for a text that must not be logged.
fn loggable(word: Option<&str>) -> &str {
    let is_plain = |word: &&str| {
        word.len() <= 80
            && word
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b"._0123456789".contains(&b))
            && !id_contains_card_number(word)
    };
    word.filter(is_plain).unwrap_or("-")
}
