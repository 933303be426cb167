//! Changing a card that Braintree keeps: its label, holder, date, address, and whether it is the default.

use std::sync::Arc;

use super::vault::{NotKept, TIDY_AFTER, Why};
use crate::app::App;
use crate::config::Account;
use crate::error::ApiError;
use crate::gateway::GatewayError;
use crate::gateway::braintree::Update;
use crate::store::Write;
use crate::store::cards::{self, CardId, Dating};
use crate::store::client_cards::{self, KeptWith};
use crate::store::outbox::{self, Action};
use crate::store::owners::Owner;

/// What changes; what is `None` stays.
#[derive(Debug, Default)]
pub struct Change {
    /// What the vault is told too.
    pub vault: Update,
    /// The label, or that it goes.
    pub label: Option<Option<String>>,
    /// An address of the owner.
    pub address_id: Option<i64>,
    /// It becomes the default.
    pub make_default: bool,
}

const NOT_HERE: &str = "This card is not in your wallet.";

/// Changes a card of the owner: step by step, in the vault first, whose no is final, and then here. Whatever stops it
/// half-way, the two agree, at once or when the errand has looked; the same request again does the rest.
///
/// # Errors
/// 404 when it is not the owner's; the bank's refusal of a new date, with nothing changed; 503 when the vault does not
/// answer.
pub async fn change(
    app: &App,
    account: &Arc<Account>,
    owner: &Owner,
    id: CardId,
    change: Change,
) -> Result<(), NotKept> {
    let _turn = app.turns.enter(owner.id).await?;
    let pool = app.store.pool();
    let all = cards::of_owner(pool, owner.id).await?;
    let Some(card) = all.iter().find(|card| card.id == id) else {
        return Err(ApiError::NotFound(NOT_HERE).into());
    };
    let steps = change.vault.steps();
    let vault = app.vault.of(account)?;
    let (customer, is_told) = (&card.customer_id, !steps.is_empty());
    let untidy = is_told && outbox::is_written(pool, Action::Tidy, customer).await?;
    if is_told {
        outbox::insert_for(pool, account.id, Action::Tidy, customer, TIDY_AFTER).await?;
    }
    for (done, step) in steps.iter().enumerate() {
        match vault.update(&card.payment_method, step).await {
            Ok(()) => take_over(app, owner, id, step, change.address_id).await?,
            Err(error) => {
                if !error.is_unclear() {
                    outbox::insert(pool, account.id, Action::Tidy, customer).await?;
                    app.bell.ring();
                }
                return Err(stopped(error, done > 0));
            }
        }
    }
    let mut tx = app.store.write().await?;
    if let Some(label) = change.label {
        let kept = kept_with(&mut tx, owner, id).await?;
        client_cards::put(&mut *tx, &KeptWith { label, ..kept }).await?;
    }
    if change.make_default {
        cards::make_default(&mut tx, owner.id, id).await?;
    }
    if untidy {
        outbox::insert(&mut *tx, account.id, Action::Tidy, customer).await?;
    } else if is_told {
        outbox::strike(&mut *tx, Action::Tidy, customer).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Writes down what the vault has just taken.
async fn take_over(
    app: &App,
    owner: &Owner,
    id: CardId,
    step: &Update,
    address_id: Option<i64>,
) -> Result<(), ApiError> {
    let mut tx = app.store.write().await?;
    let dating = Dating {
        name: step.name.as_deref(),
        expiry: step.expiry,
    };
    cards::redate(&mut *tx, id, &dating).await?;
    if let Some(address_id) = address_id.filter(|_| step.billing.is_some()) {
        let kept = kept_with(&mut tx, owner, id).await?;
        client_cards::put(&mut *tx, &KeptWith { address_id, ..kept }).await?;
    }
    Ok(tx.commit().await?)
}

async fn kept_with(tx: &mut Write, owner: &Owner, id: CardId) -> Result<KeptWith, ApiError> {
    let rows = client_cards::of_owner(&mut **tx, owner.id).await?;
    let kept = rows.into_iter().find(|row| row.card_id == id);
    kept.ok_or(ApiError::NotFound(NOT_HERE))
}

/// Why it stopped; whoever is told that nothing has changed must be told the truth.
fn stopped(error: GatewayError, half_way: bool) -> NotKept {
    match error {
        GatewayError::Declined(refusal) => NotKept::Card(0, Why::Declined(refusal)),
        other if half_way || other.is_unclear() => {
            tracing::warn!(error = %other, half_way, "a change of a card stopped");
            NotKept::Other(ApiError::TimedOut)
        }
        other => other.into(),
    }
}
