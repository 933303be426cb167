//! Updates a card in Braintree's vault: its label, holder, expiry, address, and whether it is the default. It must
//! never report that nothing has changed after a step was done.

use super::OwnerWallet;
use super::vault::{RECONCILE_DELAY_SECONDS, VaultCardError, VaultError};
use crate::audit::{self, Event};
use crate::error::ApiError;
use crate::gateway::GatewayError;
use crate::gateway::braintree::VaultCardUpdate;
use wallet_store::audit_events::{AuditAction, AuditReason};
use wallet_store::cards::{self, Card, CardRowId, HolderAndExpiry};
use wallet_store::client_cards::{self, ClientCardMetadata};
use wallet_store::outbox::{self, OutboxAction};
use wallet_store::{StoreError, WriteTransaction};

/// What changes; `None` leaves the stored value.
#[derive(Debug, Default)]
pub struct CardUpdate {
    /// What changes in the vault too.
    pub vault: VaultCardUpdate,
    /// The new label; `Some(None)` deletes the label.
    pub label: Option<Option<String>>,
    /// An address of the owner.
    pub address_id: Option<i64>,
    pub make_default: bool,
}

const CARD_NOT_FOUND: &str = "This card is not in your wallet.";

impl OwnerWallet<'_> {
    /// Updates a card of the owner step by step: each step in the vault first, whose refusal is final, and then here.
    /// If it stops between two steps, an outbox job makes vault and wallet agree, and a repeated request does the rest.
    ///
    /// # Errors
    /// 404 if the card is not in this wallet; the issuer's decline of a new expiry, with nothing changed; 503 if the
    /// vault does not respond.
    pub async fn update_card(&self, id: CardRowId, update: CardUpdate) -> Result<(), VaultError> {
        let Self {
            app,
            account,
            owner,
        } = *self;
        let _lock = app.owner_locks.lock_for_request(owner.id).await?;
        let pool = app.store.pool();
        let all = cards::of_owner(pool, owner.id).await?;
        let Some(card) = all.iter().find(|card| card.id == id) else {
            return Err(ApiError::NotFound(CARD_NOT_FOUND).into());
        };
        let new_expiry = update.vault.expiry;
        let new_expiry = new_expiry.filter(|new| *new != (card.exp_month, card.exp_year));
        let not_accepted = new_expiry
            .and_then(|(month, year)| account.accept.reason_expiry_not_accepted(month, year));
        if let Some(sentence) = not_accepted {
            return Err(VaultError::Card(0, VaultCardError::NotAccepted(sentence)));
        }
        let steps = update.vault.steps();
        let vault = app.vault.for_account(account)?;
        let action = OutboxAction::Reconcile;
        let (customer, changes_vault) = (&card.customer_id, !steps.is_empty());
        let reconcile_pending = changes_vault && outbox::contains(pool, action, customer).await?;
        if changes_vault {
            let delay = RECONCILE_DELAY_SECONDS;
            outbox::insert_delayed(pool, account.id, action, customer, delay).await?;
        }
        for (done, step) in steps.iter().enumerate() {
            match vault.update(&card.payment_method, step).await {
                Ok(()) => self.store_step(card, step, update.address_id).await?,
                Err(error) => {
                    if matches!(error, GatewayError::Declined(_)) {
                        let event = Event::of_card(AuditAction::Refused, card);
                        let event = event.because(AuditReason::Declined);
                        audit::record(pool, account.id, Some(owner.id), event).await?;
                    }
                    if !error.is_indeterminate() {
                        outbox::insert(pool, account.id, action, customer).await?;
                        app.outbox.wake();
                    }
                    return Err(step_failed(error, done));
                }
            }
        }
        let mut tx = app.store.write().await?;
        if let Some(label) = update.label {
            let stored = self.client_card(&mut tx, id).await?;
            let changed = ClientCardMetadata { label, ..stored };
            client_cards::upsert(&mut *tx, &changed).await?;
            self.record_update(&mut tx, AuditAction::CardUpdated, card)
                .await?;
        }
        if update.make_default {
            cards::set_default(&mut tx, owner.id, id).await?;
            if !card.is_default {
                self.record_update(&mut tx, AuditAction::DefaultCardSet, card)
                    .await?;
            }
        }
        if reconcile_pending {
            outbox::insert(&mut *tx, account.id, action, customer).await?;
        } else if changes_vault {
            outbox::remove(&mut *tx, action, customer).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    async fn record_update(
        &self,
        tx: &mut WriteTransaction,
        action: AuditAction,
        card: &Card,
    ) -> Result<(), StoreError> {
        let owner = Some(self.owner.id);
        audit::record(
            &mut **tx,
            self.account.id,
            owner,
            Event::of_card(action, card),
        )
        .await
    }

    /// Stores a step that the vault has accepted.
    async fn store_step(
        &self,
        card: &Card,
        step: &VaultCardUpdate,
        address_id: Option<i64>,
    ) -> Result<(), ApiError> {
        let id = card.id;
        let mut tx = self.app.store.write().await?;
        let new = HolderAndExpiry {
            name: step.name.as_deref(),
            expiry: step.expiry,
        };
        cards::update_holder_and_expiry(&mut *tx, id, &new).await?;
        if let Some(address_id) = address_id.filter(|_| step.billing.is_some()) {
            let stored = self.client_card(&mut tx, id).await?;
            let changed = ClientCardMetadata {
                address_id,
                ..stored
            };
            client_cards::upsert(&mut *tx, &changed).await?;
        }
        self.record_update(&mut tx, AuditAction::CardUpdated, card)
            .await?;
        Ok(tx.commit().await?)
    }

    async fn client_card(
        &self,
        tx: &mut WriteTransaction,
        id: CardRowId,
    ) -> Result<ClientCardMetadata, ApiError> {
        let rows = client_cards::of_owner(&mut **tx, self.owner.id).await?;
        let stored = rows.into_iter().find(|row| row.card_id == id);
        stored.ok_or(ApiError::NotFound(CARD_NOT_FOUND))
    }
}

/// The error of a step that failed after `done` others. Only an error that is returned before anything changed may say
/// that nothing has changed.
fn step_failed(error: GatewayError, done: usize) -> VaultError {
    match error {
        GatewayError::Declined(reason) => VaultError::Card(0, VaultCardError::Declined(reason)),
        other if done > 0 || other.is_indeterminate() => {
            tracing::warn!(error = %other, steps_done = done, "updating a vaulted card failed");
            VaultError::Other(ApiError::TimedOut)
        }
        other => other.into(),
    }
}
