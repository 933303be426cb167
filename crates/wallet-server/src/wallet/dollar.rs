//! Proving a card of the vault: a dollar is held on it and given back at once.
//!
//! Called for each card that is kept, and by the outbox for dollars that are not back yet. Before the bank is asked, an
//! errand is written under an order of our own: whatever becomes of the answer, the dollar is found and given back.

use std::sync::Arc;

use super::breaker;
use crate::app::App;
use crate::config::Account;
use crate::error::ApiError;
use crate::gateway::GatewayError;
use crate::gateway::braintree::Vault;
use crate::secret::draw;
use crate::store::StoreError;
use crate::store::outbox::{self, Action};
use crate::store::verdicts::Verdict;

/// What our orders begin with; no transaction's id does.
const ORDER: &str = "hold-";

/// When a dollar is looked for whose answer was lost, in seconds: the longest call is over then, and Braintree's search
/// knows of it.
const LOOK_AFTER: i64 = 120;

/// Why a card is not proven.
#[derive(Debug)]
pub(super) enum Unproven {
    /// The bank, or the way to it.
    Bank(GatewayError),
    /// Ourselves.
    Here(ApiError),
}

impl<E: Into<ApiError>> From<E> for Unproven {
    fn from(error: E) -> Self {
        Self::Here(error.into())
    }
}

/// Holds a dollar and gives it back; if that does not work at once, an errand goes on trying.
pub(super) async fn prove(
    app: &App,
    account: &Account,
    vault: Vault<'_>,
    card: &str,
) -> Result<(), Unproven> {
    let pool = app.store.pool();
    let order = format!("{ORDER}{}", draw()?.reveal());
    outbox::insert_for(pool, account.id, Action::Void, &order, LOOK_AFTER).await?;
    let held = match vault.hold_a_dollar(card, &order).await {
        Ok(held) => held,
        // Nobody knows whether a dollar is held: it is looked for.
        Err(error) if error.is_unclear() => return Err(Unproven::Bank(error)),
        Err(error) => {
            outbox::strike(pool, Action::Void, &order).await?;
            if let GatewayError::Declined(_) = error {
                note(app, account, card, true).await?;
            }
            return Err(Unproven::Bank(error));
        }
    };
    match vault.give_back(&held).await {
        // What stays written is looked for once more, and found to be done.
        Ok(()) | Err(GatewayError::Moved) => outbox::strike(pool, Action::Void, &order).await?,
        Err(error) => {
            tracing::warn!(%error, "a held dollar is given back later");
            // From here on the transaction is known, and need not be searched for.
            let mut tx = app.store.write().await?;
            outbox::insert(&mut *tx, account.id, Action::Void, &held).await?;
            outbox::strike(&mut *tx, Action::Void, &order).await?;
            tx.commit().await?;
            app.bell.ring();
        }
    }
    note(app, account, card, false).await?;
    Ok(())
}

/// Remembers what the bank said of a card.
pub(super) async fn note(
    app: &App,
    account: &Account,
    card: &str,
    refused: bool,
) -> Result<(), StoreError> {
    let mut tx = app.store.write().await?;
    let verdict = Verdict {
        name: &format!("{card}:{refused}"),
        account_id: account.id,
        intent: None,
        place: None,
        refused,
    };
    breaker::note(app, &mut tx, account, &verdict).await?;
    tx.commit().await?;
    Ok(())
}

/// Gives back what an errand names: a transaction, or an order of ours whose transaction nobody knows.
///
/// # Errors
/// When the vault does not answer: it is tried again.
pub async fn give_back(
    app: &App,
    account: &Arc<Account>,
    object: &str,
) -> Result<(), GatewayError> {
    let vault = app.vault.of(account)?;
    if !object.starts_with(ORDER) {
        return vault.give_back(object).await;
    }
    for held in vault.held_under(object).await? {
        match vault.give_back(&held).await {
            Ok(()) | Err(GatewayError::Moved) => {
                tracing::info!("a held dollar whose answer was lost is given back");
            }
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
