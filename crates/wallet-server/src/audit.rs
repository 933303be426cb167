//! The audit trail: records who did what to wallets and people.
//!
//! Called by routes and wallet, in the transaction of the change where there is one, so that a change that is rolled back
//! leaves no event. Who sends a request is known from the [`origin`] of its task. It must never record a secret, an e-mail
//! address, a card number, or an address of a network in clear.

mod origin;
mod refusal;

use wallet_core::ids::{CardRowId, OwnerId};
use wallet_store::audit_events::{self, AuditAction, AuditReason, NewAuditEvent};
use wallet_store::cards::Card;
use wallet_store::{Executor, StoreError};

use crate::app::App;
use crate::secret::Fingerprint;

pub(crate) use origin::{RequestOrigin, by_actor, by_this_server, record_account, record_owner};
pub(crate) use refusal::record_refusal;

/// How many events one clean-up deletes, so that it never keeps the write lock for long.
const MAX_DELETED: u32 = 5_000;

/// What is recorded of a change, beside whose it is and who made it.
#[derive(Debug, Clone)]
pub(crate) struct Event {
    action: AuditAction,
    reason: Option<AuditReason>,
    card: Option<(CardRowId, String)>,
}

impl Event {
    pub fn new(action: AuditAction) -> Self {
        Self {
            action,
            reason: None,
            card: None,
        }
    }

    /// The event of a card, which is named by its row and its last four digits.
    pub fn of_card(action: AuditAction, card: &Card) -> Self {
        Self {
            card: Some((card.id, card.last4.clone())),
            ..Self::new(action)
        }
    }

    pub fn because(self, reason: AuditReason) -> Self {
        Self {
            reason: Some(reason),
            ..self
        }
    }
}

/// Records an event of an account, and of one of its owners where there is one.
pub(crate) async fn record(
    db: impl Executor<'_>,
    account_id: i64,
    owner: Option<OwnerId>,
    event: Event,
) -> Result<(), StoreError> {
    let origin = origin::current();
    let network = origin.as_ref().and_then(|origin| origin.network);
    let new = NewAuditEvent {
        account_id,
        owner,
        action: event.action,
        reason: event.reason,
        actor: origin
            .as_ref()
            .map_or(origin::DEFAULT_ACTOR, |origin| origin.actor),
        request_id: origin
            .as_ref()
            .and_then(|origin| origin.request_id.as_deref()),
        client_network: network.as_ref().map(Fingerprint::as_bytes),
        card: event
            .card
            .as_ref()
            .map(|(row, last4)| (*row, last4.as_str())),
    };
    audit_events::insert(db, &new).await
}

/// Deletes events that are older than the setting `audit_retention_days`. Called by the clean-up, once a minute.
pub(crate) async fn delete_expired(app: &App) -> Result<(), StoreError> {
    let age = app.config.audit_retention_seconds;
    audit_events::delete_older_than(app.store.pool(), age, MAX_DELETED).await
}
