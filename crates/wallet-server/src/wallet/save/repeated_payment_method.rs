//! Repeated saves: a payment method that was saved before gets the same result. A repeat must never call the gateway.

use card_entry_protocol::card::GatewayCardId;

use super::{SaveOrigin, SavedCard};
use crate::error::ApiError;
use crate::secret::Fingerprint;
use crate::wallet::OwnerWallet;
use wallet_store::StoreConnection;
use wallet_store::consents::{self, ConsentedCard};
use wallet_store::{StoreError, abandoned_payment_methods, cards, saves};

impl OwnerWallet<'_> {
    /// Whether this payment method was saved or abandoned before. It takes no lock.
    pub(super) async fn is_repeat(&self, id: &GatewayCardId) -> Result<bool, StoreError> {
        let pool = self.app.store.pool();
        Ok(saves::find(pool, id.as_str()).await?.is_some()
            || abandoned_payment_methods::contains(pool, id.as_str()).await?)
    }

    /// The earlier result of this payment method: the card if it is in the wallet; an error if it was removed, or if it
    /// was abandoned before any save came.
    pub(super) async fn find_repeat(
        &self,
        db: &mut StoreConnection,
        id: &GatewayCardId,
        origin: SaveOrigin<'_>,
    ) -> Result<Option<Result<SavedCard, ApiError>>, ApiError> {
        let owner = self.owner.id;
        let Some(save) = saves::find(&mut *db, id.as_str()).await? else {
            let is_abandoned = abandoned_payment_methods::contains(&mut *db, id.as_str()).await?;
            return Ok(is_abandoned.then(|| {
                let sentence = "This card wasn’t saved in time. Please enter it again.";
                Err(ApiError::Unprocessable(sentence.to_owned()))
            }));
        };
        let key = origin.key();
        let is_request = matches!(origin, SaveOrigin::Request { .. });
        if is_request && save.unclaimed && save.owner_id == owner {
            let key = key.as_ref().map(Fingerprint::as_bytes);
            saves::claim(&mut *db, id.as_str(), key).await?;
        }
        let cards = cards::of_owner(db, owner).await?;
        let card = cards.into_iter().find(|card| {
            save.owner_id == owner && card.payment_method == save.wallet_payment_method
        });
        let is_same_request =
            key.is_some_and(|key| save.key_hash.as_deref() == Some(key.as_bytes()));
        Ok(Some(match card {
            Some(card) => Ok(SavedCard {
                card,
                effect: save.effect,
                already_saved: !is_same_request && !save.unclaimed,
            }),
            None => Err(ApiError::Unprocessable(
                "This card was removed. Please enter it again.".to_owned(),
            )),
        }))
    }

    /// Stores the consent of a save, once for a payment method. A card that this server saved by itself gets the
    /// consent of the request that comes later.
    pub(super) async fn store_consent<E>(
        &self,
        db: &mut StoreConnection,
        id: &GatewayCardId,
        saved: &Result<SavedCard, E>,
        origin: SaveOrigin<'_>,
    ) -> Result<(), StoreError> {
        let SaveOrigin::Request { consent, .. } = origin else {
            return Ok(());
        };
        if let (Ok(saved), Some(consent)) = (saved, consent) {
            let card = ConsentedCard {
                payment_method: id.as_str(),
                wallet_payment_method: &saved.card.payment_method,
            };
            consents::insert(db, self.owner, card, consent).await?;
        }
        Ok(())
    }
}
