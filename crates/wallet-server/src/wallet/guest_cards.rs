//! Releases the cards of guests who have left: nobody can see or delete them any more.
//!
//! Called when a guest signs out, and by the clean-up for sessions that expired and for deletion blocks that ended. A card
//! that an appointment needs stays until its deletion block ends. It must never release a card of a guest with a session.

use crate::app::App;
use crate::audit::{self, Event};
use crate::clock::{DAY, Seconds};
use wallet_store::audit_events::{AuditAction, AuditReason};
use wallet_store::outbox::{self, OutboxAction};
use wallet_store::owners::OwnerId;
use wallet_store::{StoreError, cards, deletion_blocks, password_resets, people};

/// How many guests one clean-up looks after. The next one follows within a minute.
const MAX_GUESTS: u32 = 500;

/// Of how many deleted people one clean-up deletes the consents.
const MAX_PEOPLE: u32 = 500;

/// How long the consents of a deleted person are kept. A cardholder may dispute a charge for up to 540 days, and the
/// consent is the proof that the charge was agreed to:
/// <https://usa.visa.com/dam/VCOM/global/support-legal/documents/merchants-dispute-management-guidelines.pdf>.
const CONSENT_RETENTION: Seconds = 540 * DAY;

/// Releases the cards of an owner who is a guest without a session. Of another owner it releases nothing.
pub async fn release_cards_of_gone_guest(
    app: &App,
    account_id: i64,
    owner: OwnerId,
) -> Result<(), StoreError> {
    let _lock = app.owner_locks.lock(owner).await;
    let mut tx = app.store.write().await?;
    let free = people::cards_of_gone_guest(&mut tx, owner).await?;
    if free.is_empty() {
        return Ok(());
    }
    for card in &free {
        deletion_blocks::delete_of_card(&mut *tx, card.id).await?;
        cards::delete(&mut *tx, card.id).await?;
        let method = &card.payment_method;
        outbox::insert(&mut *tx, account_id, OutboxAction::Detach, method).await?;
        let event = Event::of_card(AuditAction::CardDeleted, card).because(AuditReason::GuestLeft);
        audit::record(&mut *tx, account_id, Some(owner), event).await?;
    }
    tx.commit().await?;
    app.outbox.wake();
    Ok(())
}

/// Releases the cards of guests whose last session has expired, or whose deletion block has ended. Deletes the consents
/// of people who were deleted long ago. Called by the clean-up, once a minute.
pub async fn clean_up_people(app: &App) -> Result<(), StoreError> {
    for guest in people::gone_guests(app.store.pool(), MAX_GUESTS).await? {
        release_cards_of_gone_guest(app, guest.account_id, guest.owner_id).await?;
    }
    let mut tx = app.store.write().await?;
    people::delete_consents_of_deleted(&mut tx, CONSENT_RETENTION, MAX_PEOPLE).await?;
    password_resets::delete_expired(&mut *tx, MAX_PEOPLE).await?;
    tx.commit().await
}
