//! Hearing of what happened at the gateway: cards that changed or went there, intents that came to their end.
//!
//! Called with an event whose signature was checked. What it says of its object is only a reason to look: the object is
//! read again, in its owner's turn, and the wallet follows what it is now. So the same events in any order, however
//! often, end in the same wallet, and so does a save that comes in between.

use std::sync::Arc;

use card_entry_protocol::card::GatewayCardId;
use serde::Deserialize;

use super::adopt::adopt;
use super::breaker;
use super::customer::follow_customer;
use super::follow::follow;
use crate::app::App;
use crate::config::Account;
use crate::error::ApiError;
use crate::gateway::{GatewayError, IntentStatus};
use crate::store::events;
use crate::store::intents::{self, State};
use crate::store::outbox::{self, Action};
use crate::store::owners;
use crate::store::verdicts::Verdict;

/// An event, as far as this server reads it: <https://docs.stripe.com/api/events/object>.
#[derive(Debug, Deserialize)]
pub struct Event {
    /// `evt_…`.
    pub id: String,
    /// What happened.
    #[serde(rename = "type")]
    pub kind: String,
    /// Whether real money moves.
    pub livemode: bool,
    /// The connected account it happened on.
    #[serde(default)]
    pub account: Option<String>,
    /// To what.
    pub data: Data,
}

/// What an event is about.
#[derive(Debug, Deserialize)]
pub struct Data {
    /// The object, as it then was.
    pub object: Object,
    /// What changed of it, as it was before.
    #[serde(default)]
    pub previous_attributes: Option<Before>,
}

/// Any object. Some have no id: nothing is done with those.
#[derive(Debug, Deserialize)]
pub struct Object {
    /// Its id.
    #[serde(default)]
    pub id: Option<String>,
    /// The customer it belonged to.
    #[serde(default)]
    pub customer: Option<String>,
}

/// Members of an object before they changed.
#[derive(Debug, Deserialize)]
pub struct Before {
    /// The customer it belonged to.
    #[serde(default)]
    pub customer: Option<String>,
}

/// Follows an event, unless that was done before.
///
/// # Errors
/// 503 when gateway or database do not answer: the gateway sends it again.
pub async fn hear(app: &App, account: &Arc<Account>, event: &Event) -> Result<(), ApiError> {
    let connected = account.gateway_account.as_ref().map(|id| id.as_str());
    if event.livemode != account.livemode() || event.account.as_deref() != connected {
        tracing::info!("an event of another mode or account is none of this one's");
        return Ok(());
    }
    let pool = app.store.pool();
    if events::contains(pool, account.id, &event.id).await? {
        return Ok(());
    }
    if let Some(id) = &event.data.object.id {
        match event.kind.as_str() {
            "payment_method.detached"
            | "payment_method.updated"
            | "payment_method.automatically_updated" => {
                if let Some(id) = GatewayCardId::parse(id) {
                    follow(app, account, &id, event.customer()).await?;
                }
            }
            "customer.deleted" => follow_customer(app, account, id).await?,
            "setup_intent.succeeded" | "setup_intent.canceled" => end(app, account, id).await?,
            "setup_intent.setup_failed" => refuse(app, account, id, &event.id).await?,
            _ => {}
        }
    }
    Ok(events::insert(pool, account.id, &event.id).await?)
}

impl Event {
    /// Whose object it is or was.
    fn customer(&self) -> Option<&str> {
        let before = self.data.previous_attributes.as_ref();
        let customer = before.and_then(|before| before.customer.as_deref());
        customer.or(self.data.object.customer.as_deref())
    }
}

/// An intent of ours succeeded or was cancelled: what a save does not come for is let go in time.
async fn end(app: &App, account: &Arc<Account>, id: &str) -> Result<(), ApiError> {
    let Some(known) = intents::find(app.store.pool(), account.id, id).await? else {
        return Ok(());
    };
    let intent = match app.gateway.of(account).intent(id).await {
        Err(GatewayError::Missing) => return Ok(()),
        other => other?,
    };
    if intent.status == IntentStatus::Succeeded && known.save_when_confirmed {
        let customer = intent.customer.as_deref().unwrap_or_default();
        let owner = owners::of_customer(app.store.pool(), account.id, customer).await?;
        if let Some(owner) = owner {
            adopt(app, account, &owner, &intent).await?;
        }
    }
    let mut tx = app.store.write().await?;
    let over = intent.status == IntentStatus::Canceled || known.state == State::Reaped;
    let unlooked = known.state == State::Open || intent.payment_method.is_some();
    if over && unlooked && known.state != State::Spent {
        intents::close(&mut *tx, id).await?;
        outbox::insert(&mut *tx, account.id, Action::Cancel, id).await?;
    }
    if intent.status == IntentStatus::Succeeded {
        let accepted = Verdict {
            name: &format!("{id}:accepted"),
            account_id: account.id,
            intent: Some(id),
            place: None,
            refused: false,
        };
        breaker::note(app, &mut tx, account, &accepted).await?;
    }
    tx.commit().await?;
    app.bell.ring();
    Ok(())
}

/// A bank refused a card on an intent of ours, in somebody's browser.
async fn refuse(app: &App, account: &Arc<Account>, id: &str, event: &str) -> Result<(), ApiError> {
    let known = intents::find(app.store.pool(), account.id, id).await?;
    // What this server confirmed itself it knows already.
    let Some(known) = known.filter(|known| !known.confirmed_here) else {
        return Ok(());
    };
    let refused = Verdict {
        name: event,
        account_id: account.id,
        intent: Some(id),
        place: known.place.as_deref(),
        refused: true,
    };
    let mut tx = app.store.write().await?;
    breaker::note(app, &mut tx, account, &refused).await?;
    tx.commit().await?;
    app.bell.ring();
    Ok(())
}
