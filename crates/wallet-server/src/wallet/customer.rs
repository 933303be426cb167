//! The owner's customer at the gateway: created if there is none, and created again if the gateway no longer has it.
//!
//! Called by whatever needs a customer, while the owner's lock is held, and by the webhook of a deleted customer. A
//! customer disappears if somebody deletes it in the gateway's dashboard, or if the account gets the keys of another
//! gateway account. Its cards can never be charged again: none of them may stay in the wallet.

use super::OwnerWallet;
use super::sync::remove_card;
use crate::app::App;
use crate::config::{Account, Provider};
use crate::error::ApiError;
use crate::gateway::{CustomerProfile, GatewayError};
use wallet_store::outbox::{self, OutboxAction};
use wallet_store::owners::{self, OwnerId};
use wallet_store::{abandoned_payment_methods, cards, clients, intents, users};

impl OwnerWallet<'_> {
    /// The owner's customer, created if there is none. Of two that are created at once, the first recorded one stays.
    pub(super) async fn ensure_customer(&self) -> Result<String, ApiError> {
        let owner = self.owner;
        // Read again, because another request may have set it since `owner` was read.
        let customer = owners::find(self.app.store.pool(), owner.account_id, owner.id)
            .await?
            .and_then(|owner| owner.customer_id);
        match customer {
            Some(customer) => Ok(customer),
            None => self.create_customer(None).await,
        }
    }

    /// Replaces a customer that the gateway no longer has.
    pub(super) async fn replace_customer(&self, lost: &str) -> Result<String, ApiError> {
        let Self {
            app,
            account,
            owner,
        } = *self;
        tracing::warn!(
            owner = owner.id.0,
            "customer no longer exists at the gateway, creating another one"
        );
        remove_lost_customer(app, account, owner.id, lost).await?;
        self.create_customer(Some(lost)).await
    }

    async fn create_customer(&self, lost: Option<&str>) -> Result<String, ApiError> {
        let Self { app, owner, .. } = *self;
        let profile = self.customer_profile().await?;
        let mut created = self.create_customer_with(&profile, lost).await;
        let is_refused = matches!(&created, Err(error @ GatewayError::InvalidRequest { .. }) if !error.is_forbidden());
        if is_refused && profile != CustomerProfile::default() {
            // Such as an e-mail address that only the gateway takes for none. The card matters more.
            tracing::warn!(
                owner = owner.id.0,
                "the gateway refused the profile of a customer, creating it without one"
            );
            let none = CustomerProfile::default();
            created = self.create_customer_with(&none, lost).await;
        }
        Ok(owners::set_customer_if_none(app.store.pool(), owner.id, &created?).await?)
    }

    async fn create_customer_with(
        &self,
        profile: &CustomerProfile,
        lost: Option<&str>,
    ) -> Result<String, GatewayError> {
        let Self {
            app,
            account,
            owner,
        } = *self;
        match account.provider {
            Provider::Stripe => {
                let gateway = self.gateway();
                Ok(gateway.create_customer(owner.id, profile, lost).await?.id)
            }
            Provider::Braintree { .. } => {
                let vault = app.vault.for_account(account)?;
                vault.create_customer(profile).await
            }
        }
    }

    /// What the owner's record says of the person. A customer gets it when it is created; no call changes the record.
    async fn customer_profile(&self) -> Result<CustomerProfile, ApiError> {
        let pool = self.app.store.pool();
        let user = users::find_by_owner(pool, self.owner.id).await?;
        if let Some(user) = user {
            let name = format!("{} {}", user.first_name, user.last_name);
            return Ok(CustomerProfile {
                name: Some(name.trim().to_owned()),
                email: Some(user.email),
                reference: None,
            });
        }
        let client = clients::find(pool, self.account.id, self.owner.id).await?;
        Ok(CustomerProfile {
            name: client.map(|client| client.name),
            email: None,
            reference: owners::external_id(pool, self.owner.id).await?,
        })
    }
}

/// Clears a lost customer, and removes its cards and intents.
async fn remove_lost_customer(
    app: &App,
    account: &Account,
    owner: OwnerId,
    lost: &str,
) -> Result<(), ApiError> {
    let mut tx = app.store.write().await?;
    owners::clear_customer(&mut *tx, owner, lost).await?;
    loop {
        let all = cards::of_owner(&mut *tx, owner).await?;
        let Some(card) = all.iter().find(|card| card.customer_id == lost) else {
            break;
        };
        abandoned_payment_methods::insert(&mut *tx, &card.payment_method, owner).await?;
        remove_card(&mut tx, account.id, card, &all).await?;
    }
    for intent in intents::unused_ids(&mut *tx, owner).await? {
        intents::mark_used(&mut *tx, &intent).await?;
        outbox::insert(&mut *tx, account.id, OutboxAction::Cancel, &intent).await?;
    }
    tx.commit().await?;
    app.outbox.wake();
    Ok(())
}

/// Checks at the gateway whether a customer was deleted, as a webhook reports, and removes it if so.
///
/// # Errors
/// 503 if gateway or database do not respond.
pub(super) async fn sync_customer(
    app: &App,
    account: &Account,
    customer: &str,
) -> Result<(), ApiError> {
    let owner = owners::find_by_customer(app.store.pool(), account.id, customer).await?;
    let Some(owner) = owner else {
        return Ok(());
    };
    let _lock = app.owner_locks.lock(owner.id).await;
    match app.gateway.for_account(account).customer(customer).await {
        Ok(current) if !current.deleted => return Ok(()),
        Ok(_) | Err(GatewayError::NotFound | GatewayError::CustomerNotFound) => {}
        Err(error) => return Err(error.into()),
    }
    remove_lost_customer(app, account, owner.id, customer).await
}
