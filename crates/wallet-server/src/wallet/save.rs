//! Saves a card: in a wallet of one card it replaces the old one, in a wallet of many it is added to the others.
//!
//! Called by the routes, and by this server for a card that was confirmed in a page and never requested. It must never
//! save one payment method twice, whatever is repeated.

mod commit;
mod plan;
mod repeated_payment_method;

use card_entry_protocol::card::GatewayCardId;
use card_entry_protocol::message::ConsentProof;

use super::OwnerWallet;
use super::create_intent::wallet_full;
use super::payment_method_verification::VerifiedPaymentMethod;
use crate::browser_client::BrowserClient;
use crate::config::Capacity;
use crate::error::ApiError;
use crate::gateway::{GatewayError, SetupIntent};
use crate::monitor::SaveResult;
use crate::secret::Fingerprint;
use plan::SavePlan;
use wallet_store::cards::{self, Card, GatewayCard};
use wallet_store::intents;
use wallet_store::outbox::{self, OutboxAction};
use wallet_store::saves::SaveEffect;

/// A card in the wallet, and the result of its save.
#[derive(Debug)]
pub struct SavedCard {
    pub card: Card,
    /// What the save did to the wallet. The same for every repeat.
    pub effect: SaveEffect,
    /// Another request saved this payment method before. A repeat of that request with its key does not count.
    pub already_saved: bool,
}

/// A request to save a payment method.
#[derive(Debug, Clone, Copy)]
pub struct SaveRequest<'a> {
    pub payment_method: &'a GatewayCardId,
    /// The fingerprint of the idempotency key, if the request has one.
    pub key: Option<Fingerprint>,
    /// The browser; `None` if a booking site's server sent the request.
    pub client: Option<&'a BrowserClient>,
    /// What the person agreed to. Stored with the card.
    pub consent: Option<&'a ConsentProof>,
}

/// Who asks for a save.
#[derive(Debug, Clone, Copy)]
enum SaveOrigin<'a> {
    Request {
        key: Option<Fingerprint>,
        consent: Option<&'a ConsentProof>,
    },
    /// This server, for a card that was confirmed in a page. No request has asked for the save yet.
    Server,
}

/// A save of this call, or the card of an earlier one.
enum SaveOrRepeat {
    Saved(SavedCard),
    Repeat(SavedCard),
}

impl From<SaveEffect> for SaveResult {
    fn from(effect: SaveEffect) -> Self {
        match effect {
            SaveEffect::Added => Self::Saved,
            SaveEffect::Replaced => Self::Replaced,
            SaveEffect::Unchanged => Self::AlreadySaved,
        }
    }
}

impl From<&ApiError> for SaveResult {
    fn from(error: &ApiError) -> Self {
        match error {
            ApiError::Declined(_) => Self::Declined,
            ApiError::GatewayUnreachable(_)
            | ApiError::StorageBusy(_)
            | ApiError::StorageFull(_)
            | ApiError::Internal(_)
            | ApiError::TimedOut => Self::Indeterminate,
            _ => Self::Refused,
        }
    }
}

impl SaveOrigin<'_> {
    fn key(self) -> Option<Fingerprint> {
        match self {
            Self::Request { key, .. } => key,
            Self::Server => None,
        }
    }
}

impl OwnerWallet<'_> {
    /// Saves a payment method. The caller holds the owner's lock.
    ///
    /// # Errors
    /// 402 if the issuer requires authentication; 422 if the card is declined, belongs to another owner, a CAPTCHA is
    /// required, or the wallet is full; 503 if the gateway does not respond. Nothing is saved then.
    pub async fn save(&self, request: SaveRequest<'_>) -> Result<SavedCard, ApiError> {
        let origin = SaveOrigin::Request {
            key: request.key,
            consent: request.consent,
        };
        let verified = self.verify(request.payment_method, request.client);
        self.save_verified(request.payment_method, origin, verified)
            .await
    }

    /// Saves the card of an intent that succeeded, before a request asks for it. The caller holds the owner's lock.
    ///
    /// # Errors
    /// As [`OwnerWallet::save`].
    pub(super) async fn save_unclaimed(
        &self,
        id: &GatewayCardId,
        intent: &SetupIntent,
    ) -> Result<SavedCard, ApiError> {
        let verified = self.verify_from_intent(id, intent);
        self.save_verified(id, SaveOrigin::Server, verified).await
    }

    /// Saves the card of a payment at a terminal. The caller holds the owner's lock; `key` is the fingerprint of the
    /// request's idempotency key.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] if it is not a payment of this owner; [`ApiError::NotCaptured`] if it is not captured;
    /// [`ApiError::NoReusableCard`] if it left no card to charge again; else as [`OwnerWallet::save`].
    pub async fn save_from_payment(
        &self,
        payment: &str,
        key: Option<Fingerprint>,
    ) -> Result<SavedCard, ApiError> {
        let id = &self.generated_card(payment).await?;
        let origin = SaveOrigin::Request { key, consent: None };
        let verified = self.verify_from_payment(id, payment);
        self.save_verified(id, origin, verified).await
    }

    /// Saves a payment method, and counts the outcome. `verification` runs only if this is not a repeat.
    async fn save_verified(
        &self,
        id: &GatewayCardId,
        origin: SaveOrigin<'_>,
        verification: impl Future<Output = Result<VerifiedPaymentMethod, ApiError>>,
    ) -> Result<SavedCard, ApiError> {
        let saved = self.save_or_repeat(id, origin, verification).await;
        let metrics = self.app.config.monitor.metrics();
        match &saved {
            Ok(SaveOrRepeat::Saved(saved)) => metrics.count_save(saved.effect.into()),
            Ok(SaveOrRepeat::Repeat(_)) => metrics.count_save(SaveResult::AlreadySaved),
            Err(error) => metrics.count_save(error.into()),
        }
        saved.map(|(SaveOrRepeat::Saved(saved) | SaveOrRepeat::Repeat(saved))| saved)
    }

    async fn save_or_repeat(
        &self,
        id: &GatewayCardId,
        origin: SaveOrigin<'_>,
        verification: impl Future<Output = Result<VerifiedPaymentMethod, ApiError>>,
    ) -> Result<SaveOrRepeat, ApiError> {
        let Self {
            app,
            account,
            owner,
        } = *self;
        let pool = app.store.pool();
        if self.is_repeat(id).await? {
            let mut tx = self.begin_write().await?;
            if let Some(repeat) = self.find_repeat(&mut tx, id, origin).await? {
                self.store_consent(&mut tx, id, &repeat, origin).await?;
                tx.commit().await?;
                return repeat.map(SaveOrRepeat::Repeat);
            }
        }
        self.check_daily_limit(pool).await?;
        let verified = verification.await?;
        let new = &verified.card;
        if let Some(sentence) = account.accept.reason_not_accepted(new) {
            let error = ApiError::Unprocessable(sentence);
            return Err(self.detach_refused(&verified, error).await?);
        }
        let system = account.system.kind();
        let mut current = cards::of_owner(pool, owner.id).await?;
        let is_known = current.iter().any(|card| is_same_card(card, new));
        if !is_known && !current.is_empty() && system.capacity() == Capacity::Many {
            self.sync_customer_cards(&new.customer_id).await?;
            current = cards::of_owner(pool, owner.id).await?;
        }
        let copy = match current.into_iter().find(|card| is_same_card(card, new)) {
            Some(card) => self.update_expiry(card, new).await?,
            None => None,
        };
        let mut tx = self.begin_write().await?;
        // Another node may have saved it while this one called the gateway.
        if let Some(repeat) = self.find_repeat(&mut tx, id, origin).await? {
            self.store_consent(&mut tx, id, &repeat, origin).await?;
            tx.commit().await?;
            return repeat.map(SaveOrRepeat::Repeat);
        }
        let before = cards::of_owner(&mut *tx, owner.id).await?;
        // Another node may have changed the wallet since. The copy counts only if it is still there.
        let copy = copy.filter(|copy| {
            before
                .iter()
                .any(|card| card.payment_method == copy.payment_method)
        });
        if copy.is_none() && system.is_full(before.len(), &app.config.limits) {
            drop(tx);
            return Err(self.detach_refused(&verified, wallet_full()).await?);
        }
        let plan = SavePlan::of(system.capacity(), before, copy, &verified);
        let saved = self.commit_save(&mut tx, &verified, plan, origin).await;
        self.store_consent(&mut tx, id, &saved, origin).await?;
        let saved = match saved {
            Err(error) if error.is_duplicate() => {
                tracing::warn!("payment method is in another wallet already");
                return Err(ApiError::Unprocessable(
                    "This card can’t be saved. Please enter it again.".to_owned(),
                ));
            }
            other => other?,
        };
        tx.commit().await?;
        app.outbox.wake();
        Ok(SaveOrRepeat::Saved(saved))
    }

    /// Detaches a card that the wallet does not accept. The gateway has attached it to the customer by now.
    async fn detach_refused(
        &self,
        verified: &VerifiedPaymentMethod,
        error: ApiError,
    ) -> Result<ApiError, ApiError> {
        let Self { app, account, .. } = *self;
        let method = &verified.card.payment_method;
        let mut tx = self.begin_write().await?;
        outbox::insert(&mut *tx, account.id, OutboxAction::Detach, method).await?;
        intents::mark_used(&mut *tx, &verified.intent).await?;
        tx.commit().await?;
        app.outbox.wake();
        Ok(error)
    }

    /// Updates the expiry of the stored card at the gateway. Returns `None` if the gateway no longer has the card; then
    /// the new copy is saved.
    async fn update_expiry(&self, card: Card, new: &GatewayCard) -> Result<Option<Card>, ApiError> {
        if (card.exp_month, card.exp_year) == (new.exp_month, new.exp_year) {
            return Ok(Some(card));
        }
        match self
            .gateway()
            .update_expiry(&card.payment_method, new.exp_month, new.exp_year)
            .await
        {
            Ok(_) => Ok(Some(card)),
            Err(
                GatewayError::NotFound
                | GatewayError::UnexpectedState
                | GatewayError::InvalidRequest { status: 400, .. },
            ) => Ok(None),
            Err(other) => Err(other.into()),
        }
    }
}

/// Whether the wallet's card and the new one are two copies of the same card.
fn is_same_card(card: &Card, new: &GatewayCard) -> bool {
    card.fingerprint.is_some()
        && card.fingerprint == new.fingerprint
        && card.payment_method != new.payment_method
}
