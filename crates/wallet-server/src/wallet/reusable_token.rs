//! A card that is in Braintree's vault already, named by its reusable token in the place of a nonce.
//!
//! Called for a nonce that the vault does not know as one. The vendor's page takes "either a reusable token or a
//! single-use nonce". A token whose card or customer belongs to another wallet must never be accepted, and gets the
//! same answer as an unknown one, so that responses cannot be used to probe. A refused token stays in the vault: it is
//! the seller's.

use crate::app::App;
use crate::config::Account;
use crate::error::ApiError;
use crate::gateway::braintree::StoredCard;
use crate::store::owners::Owner;
use crate::store::{cards, owners};

/// Finds the card of a token that this owner may add; `None` for a token that is unknown or another wallet's.
///
/// # Errors
/// 503 when vault or database do not answer.
pub(super) async fn find(
    app: &App,
    account: &Account,
    owner: &Owner,
    token: &str,
) -> Result<Option<StoredCard>, ApiError> {
    let Some(found) = app.vault.for_account(account)?.stored_card(token).await? else {
        return Ok(None);
    };
    let pool = app.store.pool();
    if owners::is_customer_of_another(pool, owner.id, &found.customer).await? {
        return Ok(None);
    }
    let held = cards::contains(pool, &found.card.id).await?;
    let own = cards::of_owner(pool, owner.id).await?;
    let is_own = own.iter().any(|card| card.payment_method == found.card.id);
    Ok((!held || is_own).then_some(found))
}
