//! Writes a save in one transaction: the card, the result, the used intent, and the outbox job that detaches the old
//! card. A part of it must never be written alone.

use super::plan::SavePlan;
use super::{SaveOrigin, SavedCard};
use crate::audit::{self, Event};
use crate::wallet::OwnerWallet;
use crate::wallet::payment_method_verification::VerifiedPaymentMethod;
use wallet_store::audit_events::AuditAction;
use wallet_store::issuer_responses::{self, IssuerDecision, IssuerResponse};
use wallet_store::outbox::{self, OutboxAction};
use wallet_store::saves::{self, SaveEffect, SaveRecord};
use wallet_store::{StoreError, WriteTransaction, cards, intents};

impl OwnerWallet<'_> {
    pub(super) async fn commit_save(
        &self,
        tx: &mut WriteTransaction,
        verified: &VerifiedPaymentMethod,
        plan: SavePlan,
        origin: SaveOrigin<'_>,
    ) -> Result<SavedCard, StoreError> {
        let (account, owner) = (self.account.id, self.owner.id);
        let (intent, saved) = (&verified.intent, &verified.card.payment_method);
        match plan.row {
            Some(id) => cards::update(&mut **tx, id, &plan.card).await?,
            None => cards::insert(&mut **tx, owner, &plan.card, plan.flags).await?,
        }
        if let Some(method) = &plan.detach {
            outbox::insert(&mut **tx, account, OutboxAction::Detach, method).await?;
        }
        intents::mark_used(&mut **tx, intent).await?;
        outbox::remove(&mut **tx, OutboxAction::Release, saved).await?;
        let stored = intents::find(&mut **tx, account, intent).await?;
        let network = stored.and_then(|stored| stored.client_network);
        let response = IssuerResponse {
            dedup_key: &format!("{intent}:accepted"),
            account_id: account,
            intent: Some(intent),
            owner: Some(owner),
            network: network.as_deref(),
            decision: IssuerDecision::Approved,
        };
        issuer_responses::insert(&mut **tx, &response).await?;
        let save = SaveRecord {
            owner_id: owner,
            wallet_payment_method: plan.card.payment_method.clone(),
            effect: plan.effect,
            key_hash: origin.key().map(|key| key.as_bytes().to_vec()),
            unclaimed: matches!(origin, SaveOrigin::Server),
        };
        saves::insert(&mut **tx, saved, &save).await?;
        let card = cards::of_owner(&mut **tx, owner)
            .await?
            .into_iter()
            .find(|card| card.payment_method == save.wallet_payment_method)
            .ok_or(StoreError::InvalidRow("card"))?;
        let action = match plan.effect {
            SaveEffect::Added => AuditAction::CardAdded,
            SaveEffect::Replaced => AuditAction::CardReplaced,
            SaveEffect::Unchanged => AuditAction::CardUpdated,
        };
        audit::record(
            &mut **tx,
            account,
            Some(owner),
            Event::of_card(action, &card),
        )
        .await?;
        Ok(SavedCard {
            card,
            effect: plan.effect,
            already_saved: false,
        })
    }
}
