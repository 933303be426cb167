//! Changing a card that Braintree keeps: its label, holder, date, address, and whether it is the default.

use std::sync::Arc;

use super::vault::{NotKept, Why};
use crate::app::App;
use crate::config::Account;
use crate::error::ApiError;
use crate::gateway::GatewayError;
use crate::gateway::braintree::Update;
use crate::store::cards::{self, CardId, Dating};
use crate::store::client_cards::{self, KeptWith};
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

/// Changes a card of the owner: in the vault first, whose no is final.
///
/// # Errors
/// 404 when it is not the owner's; the bank's refusal of a new date; 503 when the vault does not answer.
pub async fn change(
    app: &App,
    account: &Arc<Account>,
    owner: &Owner,
    id: CardId,
    change: Change,
) -> Result<(), NotKept> {
    let _turn = app.turns.take(owner.id).await;
    let all = cards::of_owner(app.store.pool(), owner.id).await?;
    let Some(card) = all.iter().find(|card| card.id == id) else {
        return Err(ApiError::NotFound(NOT_HERE).into());
    };
    let told = app
        .vault
        .of(account)?
        .update(&card.payment_method, &change.vault)
        .await;
    match told {
        Ok(()) => {}
        Err(GatewayError::Declined(refusal)) => {
            return Err(NotKept::Card(0, Why::Declined(refusal)));
        }
        Err(other) => return Err(other.into()),
    }
    let mut tx = app.store.write().await?;
    let rows = client_cards::of_owner(&mut *tx, owner.id).await?;
    let kept = rows.into_iter().find(|row| row.card_id == id);
    let kept = kept.ok_or(ApiError::NotFound(NOT_HERE))?;
    client_cards::put(
        &mut *tx,
        &KeptWith {
            label: change.label.unwrap_or(kept.label),
            address_id: change.address_id.unwrap_or(kept.address_id),
            ..kept
        },
    )
    .await?;
    let dating = Dating {
        name: change.vault.name.as_deref(),
        expiry: change.vault.expiry,
    };
    cards::redate(&mut *tx, id, &dating).await?;
    if change.make_default {
        cards::make_default(&mut tx, owner.id, id).await?;
    }
    tx.commit().await?;
    Ok(())
}
