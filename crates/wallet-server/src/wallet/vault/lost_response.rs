//! Vaults the card of a nonce, also if the vault's response is lost: the same call is sent once more, and the vault is
//! read.
//!
//! Called by [`super::one_card`]. The vault's mutations take no `apiRequestKey`, but a nonce can be vaulted once, so that a
//! repeat never makes a second card. It must never take another card in the vault for the card of the nonce.

use super::NewVaultCard;
use super::one_card::KnownCards;
use crate::gateway::GatewayError;
use crate::gateway::braintree::{Vault, VaultCard};

/// Vaults a nonce, and returns its card.
pub(super) async fn vault_nonce(
    vault: Vault<'_>,
    (nonce, customer): (&str, &str),
    new: &NewVaultCard<'_>,
    known: KnownCards<'_>,
) -> Result<VaultCard, GatewayError> {
    let call = || vault.vault_card(nonce, customer, &new.billing, new.ip_address);
    let lost = match call().await {
        Err(error) if error.is_indeterminate() => error,
        other => return other,
    };
    tracing::warn!(error = %lost, "the vault's response was lost, sending the nonce once more");
    match call().await {
        // The nonce is used: by the call whose response was lost, or before this request.
        Err(GatewayError::NotFound) if known.are_all => {}
        // Other cards may be left in the vault, so that it does not show which one is the nonce's.
        Err(GatewayError::NotFound) => return Err(lost),
        other => return other,
    }
    let listed = vault.cards_of(customer).await?;
    let mut unknown = listed
        .into_iter()
        .filter(|card| !known.contains(&card.id))
        .map(|card| card.id);
    match (unknown.next(), unknown.next()) {
        (Some(id), None) => match vault.stored_card(&id).await? {
            Some(stored) if stored.customer == customer => Ok(stored.card),
            _ => Err(lost),
        },
        (None, _) => Err(GatewayError::NotFound),
        (Some(_), Some(_)) => Err(lost),
    }
}
