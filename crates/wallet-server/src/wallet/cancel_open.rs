//! Cancels open intents: those of an owner before the next one is created, and those in the reach of a limit that
//! tripped. A browser tries cards with an open intent without this server, so a limit that leaves it open limits nothing.
//!
//! Called by the limits, the circuit breaker and the creation of intents. It must never cancel a card that succeeded: the
//! row stays open until the gateway has canceled the intent, so that the save of such a card finds it.

use super::OwnerWallet;
use crate::clock::{HOUR, now};
use crate::error::ApiError;
use crate::gateway::{GatewayError, IntentStatus};
use wallet_store::outbox::{self, OutboxAction};
use wallet_store::owners::OwnerId;
use wallet_store::{StoreError, WriteTransaction, intents, open_intents};

/// Whose open intents a limit cancels.
#[derive(Debug, Clone, Copy)]
pub(super) enum Reach<'a> {
    Owner(OwnerId),
    /// Those of a network, by its fingerprint, whose owners have saved no card more than an hour ago. In all accounts.
    NewOwnersInNetwork(&'a [u8]),
    NewOwners {
        account: i64,
        history_before: i64,
    },
    Account(i64),
}

/// Schedules the cancellation of the open intents in reach, and returns their number. The caller wakes the outbox after
/// the commit.
pub(super) async fn cancel_open_intents(
    tx: &mut WriteTransaction,
    reach: Reach<'_>,
) -> Result<usize, StoreError> {
    let open = match reach {
        Reach::Owner(owner) => open_intents::of_owner(&mut **tx, owner).await?,
        Reach::NewOwnersInNetwork(network) => {
            open_intents::of_new_owners_in_network(&mut **tx, network, now() - HOUR).await?
        }
        Reach::NewOwners {
            account,
            history_before,
        } => open_intents::of_new_owners(&mut **tx, account, history_before).await?,
        Reach::Account(account) => open_intents::of_account(&mut **tx, account).await?,
    };
    for intent in &open {
        outbox::insert(
            &mut **tx,
            intent.account_id,
            OutboxAction::Cancel,
            &intent.id,
        )
        .await?;
    }
    Ok(open.len())
}

/// Logs that a limit cancels open intents, if there are any.
pub(super) fn log_canceled(canceled: usize) {
    if canceled > 0 {
        tracing::info!(
            canceled,
            "limit reached: canceling open intents in its reach"
        );
    }
}

impl OwnerWallet<'_> {
    /// Cancels an open intent of the owner at the gateway, before another one is created. An intent that succeeded, or
    /// whose card is being checked, stays: no other card can be tried with it.
    ///
    /// # Errors
    /// 503 if the gateway does not respond.
    pub(super) async fn cancel_replaced(&self, id: &str) -> Result<(), ApiError> {
        match self.gateway().cancel_intent(id).await {
            Ok(_) | Err(GatewayError::NotFound) => {}
            Err(GatewayError::UnexpectedState) => {
                let intent = self.gateway().intent(id).await?;
                if intent.status != IntentStatus::Canceled {
                    return Ok(());
                }
            }
            Err(error) => return Err(error.into()),
        }
        Ok(intents::mark_used(self.app.store.pool(), id).await?)
    }
}
