//! `POST /webhooks/stripe/{account}`: the gateway tells what happened to the account's objects.
//!
//! Called by Stripe, never by a browser. Only what is signed with one of the account's secrets is read; what an event
//! says of an object is not believed but looked up, so that neither order nor repetition matters. Anything but a 2xx is
//! sent again, for days: what is signed and not for us is acknowledged.

use std::sync::atomic::{AtomicU64, Ordering};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use card_entry_protocol::number::id_contains_card_number;
use serde::Deserialize;

use crate::app::App;
use crate::clock;
use crate::error::ApiError;
use crate::signature::is_signed;
use crate::wallet::{self, Event};

/// An event holds one object whole, and what changed of it.
pub(super) const LARGEST_EVENT: usize = 256 * 1024;

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
    match serde_json::from_slice::<Event>(&body) {
        Ok(event) => wallet::hear(&app, &account, &event).await?,
        Err(_) => note_ignored(account.id, &body),
    }
    Ok(StatusCode::OK)
}

/// Signed events that were acknowledged and not read, since the start.
static IGNORED: AtomicU64 = AtomicU64::new(0);

/// What an event of another form says of itself: a thin event (`v2.core.event`) names its object and does not hold it.
/// See <https://docs.stripe.com/event-destinations#thin-events>.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Unread {
    object: Option<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
}

/// Writes a line about a signed event that this server does not read. A refusal would make the gateway send it again,
/// for days, and would change nothing.
fn note_ignored(account: i64, body: &[u8]) {
    let unread: Unread = serde_json::from_slice(body).unwrap_or_default();
    let ignored = IGNORED.fetch_add(1, Ordering::Relaxed) + 1;
    tracing::warn!(
        account,
        object = plain(unread.object.as_deref()),
        kind = plain(unread.kind.as_deref()),
        ignored,
        "ignoring webhook event: not an event of API version 1"
    );
}

/// A word for the log; what is none is left out.
fn plain(word: Option<&str>) -> &str {
    let is_plain = |word: &&str| {
        word.len() <= 80
            && word
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b"._0123456789".contains(&b))
            && !id_contains_card_number(word)
    };
    word.filter(is_plain).unwrap_or("-")
}
