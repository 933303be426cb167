//! Vaults one card of a request, and verifies it.
//!
//! Called for each card in its order. It must never return a card that the issuer did not approve.

use card_entry_protocol::dialect::ticket_evolution::create::CardSource;

use super::card::gateway_card;
use super::lost_response::vault_nonce;
use super::{NewVaultCard, VaultCardError, VaultError};
use crate::error::ApiError;
use crate::gateway::GatewayError;
use crate::gateway::braintree::{StoredCard, VaultCardUpdate};
use crate::secret::Fingerprint;
use crate::wallet::OwnerWallet;
use crate::wallet::card_verification::{self, CardEntry, VerificationError};
use wallet_store::cards::Card;
use wallet_store::issuer_responses::IssuerDecision;

/// The cards of a customer that are in the vault for a known reason.
#[derive(Debug, Clone, Copy)]
pub(super) struct KnownCards<'a> {
    /// The wallet's cards.
    pub before: &'a [Card],
    /// The earlier cards of the same request.
    pub vaulted: &'a [StoredCard],
    /// Whether the vault has no others. An earlier request may have left a card that is not deleted yet.
    pub are_all: bool,
}

impl KnownCards<'_> {
    /// Whether a card with this id is known.
    pub fn contains(&self, id: &str) -> bool {
        self.before.iter().any(|card| card.payment_method == id)
            || self.vaulted.iter().any(|other| other.card.id == id)
    }
}

impl OwnerWallet<'_> {
    /// Vaults and verifies one card.
    pub(super) async fn vault_one(
        &self,
        customer: &str,
        known: KnownCards<'_>,
        new: &NewVaultCard<'_>,
    ) -> Result<StoredCard, OneCardError> {
        let Self {
            app,
            account,
            owner,
        } = *self;
        let entry = CardEntry {
            account,
            owner: owner.id,
            network: self.network_fingerprint(new.client_network().as_ref()),
        };
        let vault = app.vault.for_account(account)?;
        let nonce = match new.source {
            CardSource::Nonce(nonce) => nonce.as_str().to_owned(),
            CardSource::Number(card) => vault.tokenize(card, new.name).await?,
        };
        let result = vault_nonce(vault, (&nonce, customer), new, known).await;
        if let Err(GatewayError::Declined(_)) = result {
            // There is no card id. The nonce identifies the response, because it can be used once only.
            let key = Fingerprint::of(&nonce).to_hex();
            card_verification::record_response(app, entry, &key, IssuerDecision::Declined)
                .await
                .map_err(ApiError::from)?;
        }
        // The reusable token of a stored card is not a nonce to the vault.
        let reused = match result {
            Err(GatewayError::NotFound) => self.find_reusable_token(&nonce).await?,
            _ => None,
        };
        let is_reused = reused.is_some();
        let stored = match reused {
            Some(stored) => stored,
            None => StoredCard {
                card: result?,
                customer: customer.to_owned(),
            },
        };
        let card = &stored.card;
        // Whether it came as a nonce or as a number, the vault's details count.
        let details = gateway_card(card, new, &stored.customer).map_err(ApiError::from)?;
        if let Some(sentence) = account.accept.reason_not_accepted(&details) {
            return Err(OneCardError::Card(VaultCardError::NotAccepted(sentence)));
        }
        if is_duplicate(&stored, known.before, known.vaulted) {
            return Err(OneCardError::Card(VaultCardError::Duplicate));
        }
        card_verification::verify(app, entry, vault, &card.id)
            .await
            .map_err(|error| match error {
                VerificationError::Gateway(error) => OneCardError::Gateway(error),
                VerificationError::Internal(error) => OneCardError::Internal(error),
            })?;
        if is_reused {
            let update = VaultCardUpdate {
                billing: Some(new.billing.clone()),
                ..VaultCardUpdate::default()
            };
            vault.update(&card.id, &update).await?;
        }
        Ok(stored)
    }
}

/// Whether the wallet or an earlier card of the request is the same card, by its id or its number.
fn is_duplicate(new: &StoredCard, before: &[Card], vaulted: &[StoredCard]) -> bool {
    let number = new.card.details.unique_number_identifier.as_deref();
    let stored = before
        .iter()
        .map(|card| (card.payment_method.as_str(), card.fingerprint.as_deref()));
    let mut others = stored.chain(vaulted.iter().map(|other| {
        let number = other.card.details.unique_number_identifier.as_deref();
        (other.card.id.as_str(), number)
    }));
    others.any(|(id, other)| id == new.card.id || (number.is_some() && other == number))
}

/// Why one card was not vaulted.
pub(super) enum OneCardError {
    Card(VaultCardError),
    Gateway(GatewayError),
    Internal(ApiError),
}

impl OneCardError {
    /// The error of the request, for the card at this index.
    pub fn at(self, index: usize) -> VaultError {
        match self {
            Self::Card(error) => VaultError::Card(index, error),
            Self::Gateway(GatewayError::Declined(reason)) => {
                VaultError::Card(index, VaultCardError::Declined(reason))
            }
            Self::Gateway(GatewayError::NotFound) => {
                VaultError::Card(index, VaultCardError::NonceUsed)
            }
            Self::Gateway(GatewayError::CustomerNotFound) => VaultError::CustomerNotFound,
            Self::Gateway(other) => VaultError::Other(other.into()),
            Self::Internal(error) => VaultError::Other(error),
        }
    }
}

impl From<GatewayError> for OneCardError {
    fn from(error: GatewayError) -> Self {
        Self::Gateway(error)
    }
}

impl From<ApiError> for OneCardError {
    fn from(error: ApiError) -> Self {
        Self::Internal(error)
    }
}
