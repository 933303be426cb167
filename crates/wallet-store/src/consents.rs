//! Proofs of consent: what a person agreed to when a card was saved. Rows are added, and never changed.

use crate::{Executor, StoreError, query};
use card_entry_protocol::message::ConsentProof;

use super::owners::Owner;
use wallet_core::clock::now;

/// The card that a consent belongs to.
#[derive(Debug, Clone, Copy)]
pub struct ConsentedCard<'a> {
    /// The payment method that was sent with the consent.
    pub payment_method: &'a str,
    /// The payment method that is in the wallet for it: the same, or an earlier copy of the same card.
    pub wallet_payment_method: &'a str,
}

/// Records a consent. If the payment method has one already, that one stays.
pub async fn insert(
    db: impl Executor<'_>,
    owner: &Owner,
    card: ConsentedCard<'_>,
    proof: &ConsentProof,
) -> Result<(), StoreError> {
    query(
        "INSERT INTO consents (account_id, owner_id, payment_method, wallet_payment_method, text, locale, shown_at,
                               accepted_at, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (payment_method) DO NOTHING",
    )
    .bind(owner.account_id)
    .bind(owner.id)
    .bind(card.payment_method)
    .bind(card.wallet_payment_method)
    .bind(proof.text.as_str())
    .bind(proof.locale.as_str())
    .bind(proof.shown_at.as_str())
    .bind(proof.accepted_at.as_ref().map(|at| at.as_str()))
    .bind(now())
    .execute(db)
    .await?;
    Ok(())
}
