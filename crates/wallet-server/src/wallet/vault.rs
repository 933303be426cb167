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

use super::begin::full;
use super::breaker;
use super::customer::{ensure_customer, replace_customer};
use super::dollar::{self, Unproven};
use crate::app::App;
use crate::clock::HOUR;
use crate::config::Account;
use crate::error::ApiError;
use crate::gateway::GatewayError;
use crate::gateway::braintree::{Billing, VaultCard};
use crate::secret::Fingerprint;
use crate::store::StoreError;
use crate::store::cards::{self, Card, Facts};
use crate::store::client_cards::{self, KeptWith};
use crate::store::clients::Address;
use crate::store::consents;
use crate::store::outbox::{self, Action};
use crate::store::owners::Owner;

/// When what a crash left in the vault is taken out, in seconds: after the longest request has ended.
pub(super) const TIDY_AFTER: i64 = 120;

/// A card to keep.
#[derive(Debug)]
pub struct NewCard<'a> {
    /// A nonce, or the deprecated number.
    pub source: &'a CardSource,
    /// Who holds it, unless the vault knows.
    pub name: &'a str,
    /// What the person calls it.
    pub label: Option<&'a str>,
    /// An address of the owner.
    pub address_id: i64,
    /// The same, as the vault is told.
    pub billing: Billing,
    /// A telephone number of the owner.
    pub phone_number_id: i64,
    /// Where the person is.
    pub ip_address: Option<Ipv4Addr>,
    /// What the person agreed to.
    pub consent: Option<&'a ConsentProof>,
}

/// Why a card of a request is not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// The bank refused it.
    Declined(DeclineReason),
    /// Its nonce was used before, or is over.
    Spent,
    /// The wallet has it already.
    Twice,
    /// The account does not take such cards; says which it takes.
    NotTaken(String),
}

/// Why nothing was kept.
#[derive(Debug)]
pub enum NotKept {
    /// For the sake of this one, counted from 0.
    Card(usize, Why),
    /// The vault has no such customer any more.
    CustomerMissing,
    /// For another reason.
    Other(ApiError),
}

impl<E: Into<ApiError>> From<E> for NotKept {
    fn from(error: E) -> Self {
        Self::Other(error.into())
    }
}

/// Makes what Braintree's fields in the browser start with. Kept nowhere.
///
/// # Errors
/// 429 above the hourly limit; 503 when the vault does not answer.
pub async fn client_token(
    app: &App,
    account: &Arc<Account>,
    owner: &Owner,
) -> Result<String, ApiError> {
    let limit = app.config.limits.intents_per_hour.saturating_mul(5);
    app.limiter
        .take(&format!("client token {}", owner.id.0), limit, HOUR)?;
    Ok(app.vault.of(account)?.create_client_token().await?)
}

/// Keeps all of the cards, in their order, or none.
///
/// # Errors
/// The first card that is refused; else 422 when the wallet is full, 429 above the hourly limit, 503 when the vault does
/// not answer.
pub async fn keep(
    app: &App,
    account: &Arc<Account>,
    owner: &Owner,
    new: &[NewCard<'_>],
) -> Result<Vec<Card>, NotKept> {
    let _turn = app.turns.enter(owner.id).await?;
    let limits = &app.config.limits;
    for _ in new {
        let what = format!("keep {}", owner.id.0);
        app.limiter
            .take(&what, limits.intents_per_hour, HOUR)
            .map_err(ApiError::from)?;
    }
    let mut tx = app.store.write().await?;
    breaker::check(&mut tx, account).await?;
    drop(tx);
    let mut before = cards::of_owner(app.store.pool(), owner.id).await?;
    if before.len() + new.len() > limits.cards_per_wallet as usize {
        return Err(full().into());
    }
    let mut customer = ensure_customer(app, account, owner).await?;
    let pool = app.store.pool();
    // An earlier request may have left something there that could not be taken out yet.
    let untidy = outbox::is_written(pool, Action::Tidy, &customer).await?;
    outbox::insert_for(pool, account.id, Action::Tidy, &customer, TIDY_AFTER).await?;
    let mut vaulted = vault_all(app, account, &customer, &before, new).await;
    if matches!(vaulted, Err(NotKept::CustomerMissing)) {
        // Nothing can have been kept for a customer that is not there.
        outbox::strike(pool, Action::Tidy, &customer).await?;
        customer = replace_customer(app, account, owner, &customer).await?;
        before = cards::of_owner(pool, owner.id).await?;
        outbox::insert_for(pool, account.id, Action::Tidy, &customer, TIDY_AFTER).await?;
        vaulted = vault_all(app, account, &customer, &before, new).await;
    }
    let vaulted = match vaulted {
        Ok(vaulted) => vaulted,
        // What has no answer may be at work still, and is waited for.
        Err(refusal @ NotKept::Other(ApiError::Unavailable(_))) => return Err(refusal),
        Err(refusal) => {
            outbox::insert(pool, account.id, Action::Tidy, &customer).await?;
            app.bell.ring();
            return Err(refusal);
        }
    };
    let mut tx = app.store.write().await?;
    for (card, order) in vaulted.iter().zip(new) {
        let facts = facts(card, order, &customer)?;
        let first = cards::of_owner(&mut *tx, owner.id).await?.is_empty();
        cards::insert(&mut *tx, owner.id, &facts, false, first).await?;
        let all = cards::of_owner(&mut *tx, owner.id).await?;
        let row = all.iter().find(|row| row.payment_method == card.id);
        let kept = KeptWith {
            card_id: row.ok_or(StoreError::Unreadable("card"))?.id,
            label: order.label.map(str::to_owned),
            address_id: order.address_id,
            phone_number_id: order.phone_number_id,
        };
        client_cards::put(&mut *tx, &kept).await?;
        if let Some(consent) = order.consent {
            consents::insert(
                &mut *tx,
                owner,
                (card.id.as_str(), card.id.as_str()),
                consent,
            )
            .await?;
        }
    }
    if untidy {
        outbox::insert(&mut *tx, account.id, Action::Tidy, &customer).await?;
    } else {
        outbox::strike(&mut *tx, Action::Tidy, &customer).await?;
    }
    let all = cards::of_owner(&mut *tx, owner.id).await?;
    tx.commit().await?;
    if untidy {
        app.bell.ring();
    }
    let of = |card: &VaultCard| {
        all.iter()
            .find(|row| row.payment_method == card.id)
            .cloned()
    };
    Ok(vaulted.iter().filter_map(of).collect())
}

/// Puts each card into the vault and proves it; what was put there when one is refused is the errand's to take out.
async fn vault_all(
    app: &App,
    account: &Arc<Account>,
    customer: &str,
    before: &[Card],
    new: &[NewCard<'_>],
) -> Result<Vec<VaultCard>, NotKept> {
    let vault = app.vault.of(account)?;
    let mut vaulted: Vec<VaultCard> = Vec::new();
    for (at, order) in new.iter().enumerate() {
        let refused = |error| refused(at, error);
        let nonce = match order.source {
            CardSource::Nonce(nonce) => nonce.as_str().to_owned(),
            CardSource::Number(card) => vault.tokenize(card, order.name).await.map_err(refused)?,
        };
        let kept = vault
            .keep(&nonce, customer, &order.billing, order.ip_address)
            .await;
        if let Err(GatewayError::Declined(_)) = kept {
            // There is no card to name it by, and a nonce is good for one verdict.
            let name = Fingerprint::of(&nonce).to_hex();
            dollar::note(app, account, &name, true).await?;
        }
        let card = kept.map_err(refused)?;
        // Whatever it was kept by, a nonce or a number: the vault says what it is.
        let kept = facts(&card, order, customer).map_err(ApiError::from)?;
        if let Some(words) = account.accept.refusal(&kept) {
            return Err(NotKept::Card(at, Why::NotTaken(words)));
        }
        let number = card.details.unique_number_identifier.as_deref();
        let known = before.iter().map(|card| card.fingerprint.as_deref());
        let mut others = known.chain(
            vaulted
                .iter()
                .map(|card| card.details.unique_number_identifier.as_deref()),
        );
        if number.is_some() && others.any(|other| other == number) {
            return Err(NotKept::Card(at, Why::Twice));
        }
        dollar::prove(app, account, vault, &card.id)
            .await
            .map_err(|error| match error {
                Unproven::Bank(error) => refused(error),
                Unproven::Here(error) => NotKept::Other(error),
            })?;
        vaulted.push(card);
    }
    Ok(vaulted)
}

/// An address as the vault is told.
#[must_use]
pub fn billing(address: &Address) -> Billing {
    Billing {
        street: Some(address.street_address.clone()),
        extended: address.extended_address.clone(),
        locality: Some(address.locality.clone()),
        region: address.region.clone(),
        postal_code: Some(address.postal_code.clone()),
        country: Some(address.country_code.clone()),
    }
}

fn refused(at: usize, error: GatewayError) -> NotKept {
    match error {
        GatewayError::Declined(refusal) => NotKept::Card(at, Why::Declined(refusal)),
        GatewayError::Missing => NotKept::Card(at, Why::Spent),
        GatewayError::CustomerMissing => NotKept::CustomerMissing,
        other => NotKept::Other(other.into()),
    }
}

fn facts(card: &VaultCard, order: &NewCard<'_>, customer: &str) -> Result<Facts, StoreError> {
    let details = &card.details;
    let number = |text: &str| text.parse::<u16>();
    let brand = match details.brand_code.as_str() {
        "AMERICAN_EXPRESS" => "amex".to_owned(),
        "UNION_PAY" => "unionpay".to_owned(),
        "INTERNATIONAL_MAESTRO" => "maestro".to_owned(),
        other => other.to_ascii_lowercase(),
    };
    let unreadable = |_| StoreError::Unreadable("expiry of a vaulted card");
    let billing = &order.billing;
    Ok(Facts {
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
