//! Saves cards in Braintree's vault: all cards of a request or none, each verified with a $1 authorization.
//!
//! The details that the vault returns are stored. Before anything is vaulted, an outbox job is written that deletes
//! from the vault what the wallet has no row for. So nothing stays there, whether the request ends with a decline, a
//! lost response or a crash. It must never leave a card in the vault that no wallet shows.

mod card;
mod lost_response;
mod one_card;

use std::net::Ipv4Addr;

use card_entry_protocol::decline::DeclineReason;
use card_entry_protocol::dialect::ticket_evolution::create::CardSource;
use card_entry_protocol::message::ConsentProof;

use super::attempt_limits::Refusal;
use super::create_intent::wallet_full;
use super::{OwnerWallet, circuit_breaker};
use crate::audit::{self, Event};
use crate::client_network::ClientNetwork;
use crate::clock::HOUR;
use crate::error::ApiError;
use crate::gateway::braintree::{BillingAddress, StoredCard};
use crate::monitor::SaveResult;
pub use card::billing_address;
use card::gateway_card;
use one_card::KnownCards;
use wallet_store::audit_events::AuditAction;
use wallet_store::cards::{self, Card, CardFlags};
use wallet_store::client_cards::{self, ClientCardMetadata};
use wallet_store::consents::{self, ConsentedCard};
use wallet_store::outbox::{self, OutboxAction};
use wallet_store::{StoreError, WriteTransaction};

/// When the vault is reconciled after a crash: after the longest request has ended.
pub(super) const RECONCILE_DELAY_SECONDS: i64 = 120;

/// How many client tokens an owner gets in an hour, for each intent allowed.
const CLIENT_TOKENS_PER_INTENT: u32 = 5;

/// A card to vault.
#[derive(Debug)]
pub struct NewVaultCard<'a> {
    /// A nonce, or the deprecated card number.
    pub source: &'a CardSource,
    /// The cardholder's name, unless the vault has one.
    pub name: &'a str,
    pub label: Option<&'a str>,
    /// An address of the owner.
    pub address_id: i64,
    /// The same address, for the vault.
    pub billing: BillingAddress,
    /// A telephone number of the owner.
    pub phone_number_id: i64,
    /// The IP address of the person.
    pub ip_address: Option<Ipv4Addr>,
    /// What the person agreed to.
    pub consent: Option<&'a ConsentProof>,
}

impl NewVaultCard<'_> {
    /// The network of the person, if the booking site names an address.
    fn client_network(&self) -> Option<ClientNetwork> {
        self.ip_address.map(|ip| ClientNetwork::of(ip.into()))
    }
}

/// Why a card of a request was not vaulted or updated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VaultCardError {
    Declined(DeclineReason),
    /// The nonce is used, unknown or expired.
    NonceUsed,
    /// The wallet has the card already.
    Duplicate,
    /// The account does not accept cards of this kind. The sentence says which it accepts.
    NotAccepted(String),
}

/// Why nothing was saved.
#[derive(Debug)]
pub enum VaultError {
    /// Because of the card at this index.
    Card(usize, VaultCardError),
    /// The vault no longer has the customer.
    CustomerNotFound,
    Other(ApiError),
}

impl From<&VaultError> for SaveResult {
    fn from(error: &VaultError) -> Self {
        match error {
            VaultError::Card(_, VaultCardError::Declined(_)) => Self::Declined,
            VaultError::Card(_, VaultCardError::Duplicate) => Self::AlreadySaved,
            VaultError::Card(..) | VaultError::CustomerNotFound => Self::Refused,
            VaultError::Other(error) => error.into(),
        }
    }
}

impl<E: Into<ApiError>> From<E> for VaultError {
    fn from(error: E) -> Self {
        Self::Other(error.into())
    }
}

impl OwnerWallet<'_> {
    /// Creates the client token that Braintree's fields in the browser start with. It must never be stored.
    ///
    /// # Errors
    /// 429 above the hourly limit; 503 if the vault does not respond.
    pub async fn create_client_token(&self) -> Result<String, ApiError> {
        let Self {
            app,
            account,
            owner,
        } = *self;
        let limits = &app.config.limits;
        let max = limits
            .intents_per_hour
            .saturating_mul(CLIENT_TOKENS_PER_INTENT);
        let key = format!("client token {}", owner.id.0);
        app.limiter.count_attempt(&key, max, HOUR)?;
        let vault = app.vault.for_account(account)?;
        Ok(vault.create_client_token().await?)
    }

    /// Saves all of the cards, in their order, or none.
    ///
    /// # Errors
    /// The first card that is refused; else 422 if the wallet is full, 429 above the hourly limit, 503 if the vault
    /// does not respond.
    pub async fn vault_cards(&self, new: &[NewVaultCard<'_>]) -> Result<Vec<Card>, VaultError> {
        let saved = self.vault_all_or_none(new).await;
        let metrics = self.app.config.monitor.metrics();
        match &saved {
            Ok(cards) => cards
                .iter()
                .for_each(|_| metrics.count_save(SaveResult::Saved)),
            Err(error) => metrics.count_save(error.into()),
        }
        saved
    }

    async fn vault_all_or_none(&self, new: &[NewVaultCard<'_>]) -> Result<Vec<Card>, VaultError> {
        let Self {
            app,
            account,
            owner,
        } = *self;
        let _lock = app.owner_locks.lock_for_request(owner.id).await?;
        let limits = &app.config.limits;
        let key = format!("vault {}", owner.id.0);
        for _ in new {
            app.limiter
                .count_attempt(&key, limits.intents_per_hour, HOUR)
                .map_err(ApiError::from)?;
        }
        let mut tx = app.store.write().await?;
        circuit_breaker::check(app, &mut tx, account, owner.id).await?;
        for card in new {
            if let Some(network) = self.network_fingerprint(card.client_network().as_ref()) {
                let checked = self.check_network_declines(&mut tx, network).await;
                checked.map_err(Refusal::into_error)?;
            }
        }
        drop(tx);
        let pool = app.store.pool();
        let mut before = cards::of_owner(pool, owner.id).await?;
        if before.len() + new.len() > limits.cards_per_wallet as usize {
            return Err(wallet_full().into());
        }
        let mut customer = self.ensure_customer().await?;
        let (action, delay) = (OutboxAction::Reconcile, RECONCILE_DELAY_SECONDS);
        // An earlier request may have left a card in the vault that is not deleted yet.
        let reconcile_pending = outbox::contains(pool, action, &customer).await?;
        outbox::insert_delayed(pool, account.id, action, &customer, delay).await?;
        let mut vaulted = self
            .vault_all(&customer, (&before, !reconcile_pending), new)
            .await;
        if matches!(vaulted, Err(VaultError::CustomerNotFound)) {
            // Nothing can have been vaulted for a customer that does not exist.
            outbox::remove(pool, action, &customer).await?;
            customer = self.replace_customer(&customer).await?;
            before = cards::of_owner(pool, owner.id).await?;
            outbox::insert_delayed(pool, account.id, action, &customer, delay).await?;
            vaulted = self.vault_all(&customer, (&before, true), new).await;
        }
        let vaulted = match vaulted {
            Ok(vaulted) => vaulted,
            // The call may still be in progress at the vault. The job runs after its delay.
            Err(error @ VaultError::Other(ApiError::GatewayUnreachable(_))) => return Err(error),
            Err(error) => {
                outbox::insert(pool, account.id, action, &customer).await?;
                app.outbox.wake();
                return Err(error);
            }
        };
        let mut tx = app.store.write().await?;
        for (index, (stored, new)) in vaulted.iter().zip(new).enumerate() {
            self.store_vaulted(&mut tx, index, stored, new).await?;
        }
        if reconcile_pending {
            outbox::insert(&mut *tx, account.id, action, &customer).await?;
        } else {
            outbox::remove(&mut *tx, action, &customer).await?;
        }
        let all = cards::of_owner(&mut *tx, owner.id).await?;
        tx.commit().await?;
        if reconcile_pending {
            app.outbox.wake();
        }
        let row_of = |vaulted: &StoredCard| {
            all.iter()
                .find(|row| row.payment_method == vaulted.card.id)
                .cloned()
        };
        Ok(vaulted.iter().filter_map(row_of).collect())
    }

    /// Stores a vaulted card with its metadata and consent.
    async fn store_vaulted(
        &self,
        tx: &mut WriteTransaction,
        index: usize,
        StoredCard { card, customer }: &StoredCard,
        new: &NewVaultCard<'_>,
    ) -> Result<(), VaultError> {
        let owner = self.owner;
        let details = gateway_card(card, new, customer)?;
        let flags = CardFlags {
            sole: false,
            is_default: cards::of_owner(&mut **tx, owner.id).await?.is_empty(),
        };
        match cards::insert(&mut **tx, owner.id, &details, flags).await {
            // Another wallet got the same reusable token at the same moment.
            Err(error) if error.is_duplicate() => {
                return Err(VaultError::Card(index, VaultCardError::NonceUsed));
            }
            other => other?,
        };
        let all = cards::of_owner(&mut **tx, owner.id).await?;
        let row = all.iter().find(|row| row.payment_method == card.id);
        let row = row.ok_or(StoreError::InvalidRow("card"))?;
        let event = Event::of_card(AuditAction::CardAdded, row);
        audit::record(&mut **tx, self.account.id, Some(owner.id), event).await?;
        let metadata = ClientCardMetadata {
            card_id: row.id,
            label: new.label.map(str::to_owned),
            address_id: new.address_id,
            phone_number_id: new.phone_number_id,
        };
        client_cards::upsert(&mut **tx, &metadata).await?;
        if let Some(consent) = new.consent {
            let consented = ConsentedCard {
                payment_method: &card.id,
                wallet_payment_method: &card.id,
            };
            consents::insert(&mut **tx, owner, consented, consent).await?;
        }
        Ok(())
    }

    /// Vaults and verifies each card. If one is refused, the outbox job deletes those that were vaulted before it.
    /// `are_all` tells whether the vault has the wallet's cards only.
    async fn vault_all(
        &self,
        customer: &str,
        (before, are_all): (&[Card], bool),
        new: &[NewVaultCard<'_>],
    ) -> Result<Vec<StoredCard>, VaultError> {
        let mut vaulted: Vec<StoredCard> = Vec::new();
        for (index, new) in new.iter().enumerate() {
            let known = KnownCards {
                before,
                vaulted: &vaulted,
                are_all,
            };
            let stored = self
                .vault_one(customer, known, new)
                .await
                .map_err(|error| error.at(index))?;
            vaulted.push(stored);
        }
        Ok(vaulted)
    }
}
