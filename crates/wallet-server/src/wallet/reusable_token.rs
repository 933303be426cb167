//! A card that is in Braintree's vault already, sent as its reusable token instead of a nonce.
//!
//! Called for a nonce that the vault does not know. Ticket Evolution's API accepts "either a reusable token or a
//! single-use nonce". A token whose card or customer belongs to another wallet must never be accepted, and gets the
//! same response as an unknown one, so that responses cannot be used to probe. A refused token stays in the vault: the
//! seller stored its card.

use super::OwnerWallet;
use crate::error::ApiError;
use crate::gateway::braintree::StoredCard;
use wallet_store::{cards, owners};

impl OwnerWallet<'_> {
    /// Finds the card of a token that this owner may add; `None` if the token is unknown or belongs to another wallet.
    ///
    /// # Errors
    /// 503 if vault or database do not respond.
    pub(super) async fn find_reusable_token(
        &self,
        token: &str,
    ) -> Result<Option<StoredCard>, ApiError> {
        let Self {
            app,
            account,
            owner,
        } = *self;
        let vault = app.vault.for_account(account)?;
        let Some(found) = vault.stored_card(token).await? else {
            return Ok(None);
        };
        let pool = app.store.pool();
        if owners::is_customer_of_another(pool, owner.id, &found.customer).await? {
            return Ok(None);
        }
        let is_stored = cards::contains(pool, &found.card.id).await?;
        let own = cards::of_owner(pool, owner.id).await?;
        let is_own = own.iter().any(|card| card.payment_method == found.card.id);
        Ok((!is_stored || is_own).then_some(found))
    }
}
