//! Handles the gateway's webhook events: payment methods that changed or were detached, customers that were deleted,
//! setup intents that ended.
//!
//! Called with an event whose signature was verified. An event must never be trusted for the state of its object: the
//! object is read again under its owner's lock, and the wallet follows what it is now. So the same events in any order,
//! however often, end in the same wallet, and so does a save that comes between them.

use std::sync::Arc;

use card_entry_protocol::card::GatewayCardId;
use serde::Deserialize;

use super::OwnerWallet;
use super::circuit_breaker;
use super::customer::sync_customer;
use super::sync::sync_payment_method;
use crate::app::App;
use crate::config::Account;
use crate::error::ApiError;
use crate::gateway::{GatewayError, IntentStatus};
use wallet_store::intents::{self, IntentState};
use wallet_store::issuer_responses::{IssuerDecision, IssuerResponse};
use wallet_store::outbox::{self, OutboxAction};
use wallet_store::{owners, webhook_events};

/// An event, as far as this server reads it: <https://docs.stripe.com/api/events/object>.
#[derive(Debug, Deserialize)]
pub struct WebhookEvent {
    /// The event's id, `evt_…`.
    pub id: String,
    #[serde(rename = "type")]
    kind: String,
    livemode: bool,
    /// The connected account it happened in.
    #[serde(default)]
    account: Option<String>,
    data: EventData,
}

#[derive(Debug, Deserialize)]
struct EventData {
    /// The object, as it was then.
    object: EventObject,
    /// The changed members of the object, as they were before.
    #[serde(default)]
    previous_attributes: Option<PreviousAttributes>,
}

/// An object of any type. Some have no id; they are ignored.
#[derive(Debug, Deserialize)]
struct EventObject {
    #[serde(default)]
    id: Option<String>,
    #[serde(default)]
    customer: Option<String>,
}

#[derive(Debug, Deserialize)]
struct PreviousAttributes {
    #[serde(default)]
    customer: Option<String>,
}

/// Handles an event, unless it was processed before.
///
/// # Errors
/// 503 if gateway or database do not respond. The gateway then delivers the event again.
pub async fn handle(
    app: &App,
    account: &Arc<Account>,
    event: &WebhookEvent,
) -> Result<(), ApiError> {
    let connected = account.gateway_account.as_ref().map(|id| id.as_str());
    if event.livemode != account.livemode() || event.account.as_deref() != connected {
        tracing::info!("ignoring webhook event: wrong livemode or account");
        return Ok(());
    }
    let pool = app.store.pool();
    if webhook_events::is_processed(pool, account.id, &event.id).await? {
        return Ok(());
    }
    if let Some(id) = &event.data.object.id {
        match event.kind.as_str() {
            "payment_method.detached"
            | "payment_method.updated"
            | "payment_method.automatically_updated" => {
                if let Some(id) = GatewayCardId::parse(id) {
                    sync_payment_method(app, account, &id, event.customer()).await?;
                }
            }
            "customer.deleted" => sync_customer(app, account, id).await?,
            "setup_intent.succeeded" | "setup_intent.canceled" => {
                intent_ended(app, account, id).await?;
            }
            "setup_intent.setup_failed" => intent_declined(app, account, id, &event.id).await?,
            _ => {}
        }
    }
    Ok(webhook_events::mark_processed(pool, account.id, &event.id).await?)
}

impl WebhookEvent {
    /// The customer that the object belongs to, or belonged to before the event.
    fn customer(&self) -> Option<&str> {
        let previous = self.data.previous_attributes.as_ref();
        let customer = previous.and_then(|previous| previous.customer.as_deref());
        customer.or(self.data.object.customer.as_deref())
    }
}

/// Saves the card of an intent that succeeded, if it is to be saved; else schedules its release.
async fn intent_ended(app: &App, account: &Arc<Account>, id: &str) -> Result<(), ApiError> {
    let Some(stored) = intents::find(app.store.pool(), account.id, id).await? else {
        return Ok(());
    };
    let intent = match app.gateway.for_account(account).intent(id).await {
        Err(GatewayError::NotFound) => return Ok(()),
        other => other?,
    };
    if intent.status == IntentStatus::Succeeded && stored.save_when_confirmed {
        let customer = intent.customer.as_deref().unwrap_or_default();
        let owner = owners::find_by_customer(app.store.pool(), account.id, customer).await?;
        if let Some(owner) = owner {
            let wallet = OwnerWallet::new(app, account, &owner);
            wallet.save_succeeded_intent(&intent).await?;
        }
    }
    let mut tx = app.store.write().await?;
    let is_over = intent.status == IntentStatus::Canceled || stored.state == IntentState::Abandoned;
    let needs_cleanup = stored.state == IntentState::Open || intent.payment_method.is_some();
    if is_over && needs_cleanup && stored.state != IntentState::Used {
        intents::mark_abandoned(&mut *tx, id).await?;
        outbox::insert(&mut *tx, account.id, OutboxAction::Cancel, id).await?;
    }
    if intent.status == IntentStatus::Succeeded {
        let approved = IssuerResponse {
            dedup_key: &format!("{id}:accepted"),
            account_id: account.id,
            intent: Some(id),
            owner: Some(stored.owner_id),
            network: stored.client_network.as_deref(),
            decision: IssuerDecision::Approved,
        };
        circuit_breaker::record_response(app, &mut tx, account, &approved).await?;
    }
    tx.commit().await?;
    app.outbox.wake();
    Ok(())
}

/// Records that an issuer declined a card in a browser.
async fn intent_declined(
    app: &App,
    account: &Account,
    id: &str,
    event: &str,
) -> Result<(), ApiError> {
    let stored = intents::find(app.store.pool(), account.id, id).await?;
    // If this server confirmed the intent, the decline is recorded already.
    let Some(stored) = stored.filter(|stored| !stored.confirmed_by_server) else {
        return Ok(());
    };
    let declined = IssuerResponse {
        dedup_key: event,
        account_id: account.id,
        intent: Some(id),
        owner: Some(stored.owner_id),
        network: stored.client_network.as_deref(),
        decision: IssuerDecision::Declined,
    };
    let mut tx = app.store.write().await?;
    circuit_breaker::record_response(app, &mut tx, account, &declined).await?;
    tx.commit().await?;
    app.outbox.wake();
    Ok(())
}
