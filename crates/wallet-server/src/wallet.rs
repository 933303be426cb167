//! What a wallet does, for every wallet system: create setup intents, save, list, update and delete cards, set the
//! default card, and take payments.
//!
//! Called by the routes and the outbox. Nothing here knows HTTP or the format of a vendor. It must never store what a
//! client says about a card: only what the gateway says.

mod attempt_limits;
mod breaker_stage;
mod cancel_open;
mod card_verification;
mod charge;
mod checkout;
mod circuit_breaker;
mod confirm_on_server;
mod create_intent;
mod customer;
mod decline_reader;
mod delete_card;
mod delete_person;
mod guest_cards;
mod payment_method_verification;
mod reconcile;
mod release;
mod reusable_token;
mod reuse_intent;
mod save;
mod save_confirmed;
mod set_default;
mod sync;
mod terminal_payment;
mod update_card;
mod vault;
mod webhook_event;

use std::sync::Arc;

use crate::app::App;
use crate::client_network::ClientNetwork;
use crate::config::Account;
use crate::gateway::AccountGateway;
use crate::secret::Fingerprint;
use wallet_store::owners::Owner;
use wallet_store::{LockKey, StoreError, WriteTransaction};

pub use card_verification::void_authorization;
pub use checkout::{create_checkout, retrieve_checkout};
pub use circuit_breaker::end_expired as end_expired_cooldowns;
pub use create_intent::SavePolicy;
pub use decline_reader::run as run_decline_reader;
pub use delete_person::{NeededCards, delete_customer, delete_person};
pub use guest_cards::{clean_up_people, release_cards_of_gone_guest};
pub use reconcile::reconcile_vault;
pub use release::{cancel_intent, detach_payment_method, release_unsaved_payment_method};
pub use save::SaveRequest;
pub use terminal_payment::{PaymentRequest, cancel_payment, capture_payment};
pub use update_card::CardUpdate;
pub use vault::{NewVaultCard, VaultCardError, VaultError, billing_address};
pub use webhook_event::{WebhookEvent, handle as handle_webhook};

/// The wallet of one owner, in one account.
#[derive(Debug, Clone, Copy)]
pub struct OwnerWallet<'a> {
    app: &'a App,
    account: &'a Arc<Account>,
    owner: &'a Owner,
}

impl<'a> OwnerWallet<'a> {
    pub fn new(app: &'a App, account: &'a Arc<Account>, owner: &'a Owner) -> Self {
        Self {
            app,
            account,
            owner,
        }
    }

    fn gateway(&self) -> AccountGateway<'a> {
        self.app.gateway.for_account(self.account)
    }

    /// Opens a transaction on this wallet. It waits for other changes of the same wallet, and not for those of other
    /// wallets where the database allows it.
    async fn begin_write(&self) -> Result<WriteTransaction, StoreError> {
        self.app
            .store
            .write_for(&[LockKey::Owner(self.owner.id)])
            .await
    }

    /// The fingerprint of a network in this database.
    fn network_fingerprint(&self, network: Option<&ClientNetwork>) -> Option<Fingerprint> {
        network.map(|network| network.fingerprint(self.app.store.instance()))
    }
}
