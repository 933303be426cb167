//! Deletes a person: here at once with everything that is theirs, and at the gateway from the outbox. Refused with the
//! reason while an appointment needs one of the cards, unless the caller insists.
//!
//! Called by the people API and by the command `person delete`. What is kept, and why, is in `docs/people.md`. It must
//! never delete a customer of the gateway that another person uses.

use super::delete_card::card_in_use;
use crate::app::App;
use crate::audit::{self, Event};
use crate::config::{Account, Capacity, Provider};
use crate::error::ApiError;
use crate::gateway::GatewayError;
use wallet_store::audit_events::AuditAction;
use wallet_store::outbox::{self, OutboxAction};
use wallet_store::owners::Owner;
use wallet_store::{Store, cards, deletion_blocks, intents, owners, people};

/// What happens to cards that an appointment needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NeededCards {
    /// The deletion is refused.
    Keep,
    /// They are deleted too, and their deletion blocks with them.
    Delete,
}

/// Deletes a person of an account. The caller wakes the outbox.
///
/// # Errors
/// [`ApiError::CardInUse`] while an appointment needs a card; [`ApiError::NotFound`] if the person was deleted meanwhile.
pub async fn delete_person(
    store: &Store,
    account: &Account,
    owner: &Owner,
    needed: NeededCards,
) -> Result<(), ApiError> {
    let mut tx = store.write().await?;
    // Read again, because a request may have created the customer since.
    let owner = owners::find(&mut *tx, account.id, owner.id)
        .await?
        .ok_or(ApiError::NotFound("There is no such person."))?;
    let all = cards::of_owner(&mut *tx, owner.id).await?;
    if needed == NeededCards::Keep {
        for card in &all {
            let blocks = deletion_blocks::on_card(&mut *tx, card.id).await?;
            // To replace the card would not help a person who leaves.
            if let Some(card) = card_in_use(&blocks, Capacity::Many) {
                return Err(ApiError::CardInUse(card));
            }
        }
    }
    for intent in intents::unused_ids(&mut *tx, owner.id).await? {
        outbox::insert(&mut *tx, account.id, OutboxAction::Cancel, &intent).await?;
    }
    // A reusable token may be of another customer than the owner's.
    for card in &all {
        let method = &card.payment_method;
        outbox::insert(&mut *tx, account.id, OutboxAction::Detach, method).await?;
    }
    if let Some(customer) = &owner.customer_id {
        outbox::insert(&mut *tx, account.id, OutboxAction::DeleteCustomer, customer).await?;
    }
    people::delete(&mut tx, &owner).await?;
    let event = Event::new(AuditAction::PersonDeleted);
    audit::record(&mut *tx, account.id, Some(owner.id), event).await?;
    Ok(tx.commit().await?)
}

/// Deletes the customer of a person who was deleted, with all of its cards. Run by the outbox.
///
/// # Errors
/// If the gateway does not respond. The job is retried.
pub async fn delete_customer(
    app: &App,
    account: &Account,
    customer: &str,
) -> Result<(), GatewayError> {
    match account.provider {
        Provider::Stripe => {
            let gateway = app.gateway.for_account(account);
            gateway.delete_customer(customer).await
        }
        Provider::Braintree { .. } => {
            let vault = app.vault.for_account(account)?;
            // Braintree deletes no customer who has a payment method.
            for card in vault.cards_of(customer).await? {
                match vault.delete(&card.id).await {
                    Ok(()) | Err(GatewayError::NotFound) => {}
                    Err(error) => return Err(error),
                }
            }
            vault.delete_customer(customer).await
        }
    }
}
