//! Keeping cards in Braintree's vault: all cards of a request or none, each proven by a dollar that is held and given
//! back at once.
//!
//! What the vault says of a card is stored. Before anything goes into the vault, an errand is written that takes out of
//! it again what the wallet turns out not to hold: whatever ends the request, a refusal, a lost answer or a crash,
//! nothing is left behind.

use std::net::Ipv4Addr;
use std::sync::Arc;

use card_entry_protocol::decline::DeclineReason;
use card_entry_protocol::dialect::ticket_evolution::create::CardSource;
use card_entry_protocol::message::ConsentProof;

use super::OwnerWallet;
use super::card_verification::{self, VerificationError};
use super::circuit_breaker;
use super::create_intent::wallet_full;
use super::reusable_token;
use crate::app::App;
use crate::clock::HOUR;
use crate::config::Account;
use crate::error::ApiError;
use crate::gateway::GatewayError;
use crate::gateway::braintree::{BillingAddress, StoredCard, VaultCard, VaultCardUpdate};
use crate::secret::Fingerprint;
use crate::store::StoreError;
use crate::store::cards::{self, Card, CardFlags, GatewayCard};
use crate::store::client_cards::{self, ClientCardMetadata};
use crate::store::clients::Address;
use crate::store::consents::{self, ConsentedCard};
use crate::store::outbox::{self, OutboxAction};
use crate::store::owners::Owner;

/// When what a crash left in the vault is taken out, in seconds: after the longest request has ended.
pub(super) const RECONCILE_DELAY_SECONDS: i64 = 120;

/// A card to keep.
#[derive(Debug)]
pub struct NewVaultCard<'a> {
    /// A nonce, or the deprecated number.
    pub source: &'a CardSource,
    /// Who holds it, unless the vault knows.
    pub name: &'a str,
    /// What the person calls it.
    pub label: Option<&'a str>,
    /// An address of the owner.
    pub address_id: i64,
    /// The same, as the vault is told.
    pub billing: BillingAddress,
    /// A telephone number of the owner.
    pub phone_number_id: i64,
    /// Where the person is.
    pub ip_address: Option<Ipv4Addr>,
    /// What the person agreed to.
    pub consent: Option<&'a ConsentProof>,
}

/// VaultCardError a card of a request is not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VaultCardError {
    /// The bank refused it.
    Declined(DeclineReason),
    /// Its nonce was used before, or is over.
    NonceUsed,
    /// The wallet has it already.
    Duplicate,
    /// The account does not take such cards; says which it takes.
    NotAccepted(String),
}

/// VaultCardError nothing was kept.
#[derive(Debug)]
pub enum VaultError {
    /// For the sake of this one, counted from 0.
    Card(usize, VaultCardError),
    /// The vault has no such customer any more.
    CustomerNotFound,
    /// For another reason.
    Other(ApiError),
}

impl<E: Into<ApiError>> From<E> for VaultError {
    fn from(error: E) -> Self {
        Self::Other(error.into())
    }
}

/// Makes what Braintree's fields in the browser start with. Kept nowhere.
///
/// # Errors
/// 429 above the hourly limit; 503 when the vault does not answer.
impl OwnerWallet<'_> {
    pub async fn create_client_token(&self) -> Result<String, ApiError> {
        let Self {
            app,
            account,
            owner,
        } = *self;
        let limit = app.config.limits.intents_per_hour.saturating_mul(5);
        app.limiter
            .count_attempt(&format!("client token {}", owner.id.0), limit, HOUR)?;
        Ok(app
            .vault
            .for_account(account)?
            .create_client_token()
            .await?)
    }
}

/// Keeps all of the cards, in their order, or none.
///
/// # Errors
/// The first card that is refused; else 422 when the wallet is full, 429 above the hourly limit, 503 when the vault does
/// not answer.
impl OwnerWallet<'_> {
    pub async fn vault_cards(&self, new: &[NewVaultCard<'_>]) -> Result<Vec<Card>, VaultError> {
        let Self {
            app,
            account,
            owner,
        } = *self;
        let _lock = app.owner_locks.lock_for_request(owner.id).await?;
        let limits = &app.config.limits;
        for _ in new {
            let what = format!("keep {}", owner.id.0);
            app.limiter
                .count_attempt(&what, limits.intents_per_hour, HOUR)
                .map_err(ApiError::from)?;
        }
        let mut tx = app.store.write().await?;
        circuit_breaker::check_cooldown(&mut tx, account).await?;
        drop(tx);
        let mut before = cards::of_owner(app.store.pool(), owner.id).await?;
        if before.len() + new.len() > limits.cards_per_wallet as usize {
            return Err(wallet_full().into());
        }
        let mut customer = self.ensure_customer().await?;
        let pool = app.store.pool();
        // An earlier request may have left something there that could not be taken out yet.
        let untidy = outbox::contains(pool, OutboxAction::Reconcile, &customer).await?;
        outbox::insert_delayed(
            pool,
            account.id,
            OutboxAction::Reconcile,
            &customer,
            RECONCILE_DELAY_SECONDS,
        )
        .await?;
        let mut vaulted = vault_all(app, account, (owner, &customer), &before, new).await;
        if matches!(vaulted, Err(VaultError::CustomerNotFound)) {
            // Nothing can have been kept for a customer that is not there.
            outbox::remove(pool, OutboxAction::Reconcile, &customer).await?;
            customer = self.replace_customer(&customer).await?;
            before = cards::of_owner(pool, owner.id).await?;
            outbox::insert_delayed(
                pool,
                account.id,
                OutboxAction::Reconcile,
                &customer,
                RECONCILE_DELAY_SECONDS,
            )
            .await?;
            vaulted = vault_all(app, account, (owner, &customer), &before, new).await;
        }
        let vaulted = match vaulted {
            Ok(vaulted) => vaulted,
            // What has no answer may be at work still, and is waited for.
            Err(refusal @ VaultError::Other(ApiError::GatewayUnreachable(_))) => {
                return Err(refusal);
            }
            Err(refusal) => {
                outbox::insert(pool, account.id, OutboxAction::Reconcile, &customer).await?;
                app.outbox.wake();
                return Err(refusal);
            }
        };
        let mut tx = app.store.write().await?;
        for (at, (StoredCard { card, customer }, order)) in vaulted.iter().zip(new).enumerate() {
            let facts = gateway_card(card, order, customer)?;
            let first = cards::of_owner(&mut *tx, owner.id).await?.is_empty();
            match cards::insert(
                &mut *tx,
                owner.id,
                &facts,
                CardFlags {
                    sole: false,
                    is_default: first,
                },
            )
            .await
            {
                // Another wallet was given the same reusable token at the same moment.
                Err(error) if error.is_duplicate() => {
                    return Err(VaultError::Card(at, VaultCardError::NonceUsed));
                }
                other => other?,
            };
            let all = cards::of_owner(&mut *tx, owner.id).await?;
            let row = all.iter().find(|row| row.payment_method == card.id);
            let kept = ClientCardMetadata {
                card_id: row.ok_or(StoreError::InvalidRow("card"))?.id,
                label: order.label.map(str::to_owned),
                address_id: order.address_id,
                phone_number_id: order.phone_number_id,
            };
            client_cards::upsert(&mut *tx, &kept).await?;
            if let Some(consent) = order.consent {
                consents::insert(
                    &mut *tx,
                    owner,
                    ConsentedCard {
                        payment_method: &card.id,
                        wallet_payment_method: &card.id,
                    },
                    consent,
                )
                .await?;
            }
        }
        if untidy {
            outbox::insert(&mut *tx, account.id, OutboxAction::Reconcile, &customer).await?;
        } else {
            outbox::remove(&mut *tx, OutboxAction::Reconcile, &customer).await?;
        }
        let all = cards::of_owner(&mut *tx, owner.id).await?;
        tx.commit().await?;
        if untidy {
            app.outbox.wake();
        }
        let of = |vaulted: &StoredCard| {
            all.iter()
                .find(|row| row.payment_method == vaulted.card.id)
                .cloned()
        };
        Ok(vaulted.iter().filter_map(of).collect())
    }
}

/// Puts each card into the vault and proves it; what was put there when one is refused is the errand's to take out.
async fn vault_all(
    app: &App,
    account: &Arc<Account>,
    (owner, customer): (&Owner, &str),
    before: &[Card],
    new: &[NewVaultCard<'_>],
) -> Result<Vec<StoredCard>, VaultError> {
    let vault = app.vault.for_account(account)?;
    let mut vaulted: Vec<StoredCard> = Vec::new();
    for (at, order) in new.iter().enumerate() {
        let refused = |error| refused(at, error);
        let nonce = match order.source {
            CardSource::Nonce(nonce) => nonce.as_str().to_owned(),
            CardSource::Number(card) => vault.tokenize(card, order.name).await.map_err(refused)?,
        };
        let kept = vault
            .vault_card(&nonce, customer, &order.billing, order.ip_address)
            .await;
        if let Err(GatewayError::Declined(_)) = kept {
            // There is no card to name it by, and a nonce is good for one verdict.
            let name = Fingerprint::of(&nonce).to_hex();
            card_verification::record_response(app, account, &name, true).await?;
        }
        // The token of a card that is stored already is no nonce to the vault.
        let stored = match kept {
            Err(GatewayError::NotFound) => {
                reusable_token::find(app, account, owner, &nonce).await?
            }
            _ => None,
        };
        let reused = stored.is_some();
        let stored = match stored {
            Some(stored) => stored,
            None => StoredCard {
                card: kept.map_err(refused)?,
                customer: customer.to_owned(),
            },
        };
        let card = &stored.card;
        // Whatever it was kept by, a nonce or a number: the vault says what it is.
        let kept = gateway_card(card, order, &stored.customer).map_err(ApiError::from)?;
        if let Some(words) = account.accept.refusal(&kept) {
            return Err(VaultError::Card(at, VaultCardError::NotAccepted(words)));
        }
        let number = card.details.unique_number_identifier.as_deref();
        let known = before.iter().map(|card| card.fingerprint.as_deref());
        let mut others = known.chain(
            vaulted
                .iter()
                .map(|other| other.card.details.unique_number_identifier.as_deref()),
        );
        let is_named_twice = before.iter().any(|row| row.payment_method == card.id)
            || vaulted.iter().any(|other| other.card.id == card.id);
        if is_named_twice || (number.is_some() && others.any(|other| other == number)) {
            return Err(VaultError::Card(at, VaultCardError::Duplicate));
        }
        card_verification::verify(app, account, vault, &card.id)
            .await
            .map_err(|error| match error {
                VerificationError::Gateway(error) => refused(error),
                VerificationError::Internal(error) => VaultError::Other(error),
            })?;
        if reused {
            let update = VaultCardUpdate {
                billing: Some(order.billing.clone()),
                ..VaultCardUpdate::default()
            };
            vault.update(&card.id, &update).await.map_err(refused)?;
        }
        vaulted.push(stored);
    }
    Ok(vaulted)
}

/// An address as the vault is told.
#[must_use]
pub fn billing_address(address: &Address) -> BillingAddress {
    BillingAddress {
        street: Some(address.street_address.clone()),
        extended: address.extended_address.clone(),
        locality: Some(address.locality.clone()),
        region: address.region.clone(),
        postal_code: Some(address.postal_code.clone()),
        country: Some(address.country_code.clone()),
    }
}

fn refused(at: usize, error: GatewayError) -> VaultError {
    match error {
        GatewayError::Declined(refusal) => VaultError::Card(at, VaultCardError::Declined(refusal)),
        GatewayError::NotFound => VaultError::Card(at, VaultCardError::NonceUsed),
        GatewayError::CustomerNotFound => VaultError::CustomerNotFound,
        other => VaultError::Other(other.into()),
    }
}

fn gateway_card(
    card: &VaultCard,
    order: &NewVaultCard<'_>,
    customer: &str,
) -> Result<GatewayCard, StoreError> {
    let details = &card.details;
    let number = |text: &str| text.parse::<u16>();
    let brand = match details.brand_code.as_str() {
        "AMERICAN_EXPRESS" => "amex".to_owned(),
        "UNION_PAY" => "unionpay".to_owned(),
        "INTERNATIONAL_MAESTRO" => "maestro".to_owned(),
        other => other.to_ascii_lowercase(),
    };
    let unreadable = |_| StoreError::InvalidRow("expiry of a vaulted card");
    let billing = &order.billing;
    Ok(GatewayCard {
        customer_id: customer.to_owned(),
        payment_method: card.id.clone(),
        fingerprint: details.unique_number_identifier.clone(),
        brand,
        last4: details.last4.clone(),
        exp_month: number(&details.expiration_month).map_err(unreadable)?,
        exp_year: number(&details.expiration_year).map_err(unreadable)?,
        funding: details
            .bin_data
            .clone()
            .unwrap_or_default()
            .funding()
            .to_owned(),
        country: None,
        preferred_network: None,
        display_brand: None,
        name: Some(
            details
                .cardholder_name
                .as_deref()
                .unwrap_or(order.name)
                .to_owned(),
        ),
        address_line1: billing.street.clone(),
        address_city: billing.locality.clone(),
        address_state: billing.region.clone(),
        address_zip: billing.postal_code.clone(),
        address_country: billing.country.clone(),
    })
}
