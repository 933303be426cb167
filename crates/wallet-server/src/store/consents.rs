//! Proofs of consent: what a person agreed to when a card was saved. Rows are added, never changed.

use card_entry_protocol::message::ConsentProof;
use sqlx::SqliteExecutor;

use super::StoreError;
use super::owners::Owner;
use crate::clock::now;

/// Records the consent a card was saved with: the payment method that was sent, and the one the wallet holds for it. The
/// first that comes for a payment method stands.
///
/// # Errors
/// When the database refuses.
pub async fn insert(
    db: impl SqliteExecutor<'_>,
    owner: &Owner,
    (payment_method, kept): (&str, &str),
    proof: &ConsentProof,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO consents (account_id, owner_id, payment_method, kept, text, locale, shown_at, accepted_at, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (payment_method) DO NOTHING",
    )
    .bind(owner.account_id)
    .bind(owner.id)
    .bind(payment_method)
    .bind(kept)
    .bind(proof.text.as_str())
    .bind(proof.locale.as_str())
    .bind(proof.shown_at.as_str())
    .bind(proof.accepted_at.as_ref().map(|at| at.as_str()))
    .bind(now())
    .execute(db)
    .await?;
    Ok(())
}
