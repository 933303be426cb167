//! Saving: the wallet holds one card, and the new one takes its place. Exactly once, whatever is repeated.

use std::sync::Arc;

use card_entry_protocol::card::PaymentMethodId;
use sqlx::SqliteConnection;

use super::proof::{self, Proof};
use crate::app::App;
use crate::config::Account;
use crate::error::ApiError;
use crate::gateway::GatewayError;
use crate::store::cards::{self, Card, Facts};
use crate::store::outbox::{self, Action};
use crate::store::owners::Owner;
use crate::store::saves::{self, Outcome, Save};
use crate::store::{StoreError, Write, intents};

/// A card in the wallet, and how it came there.
#[derive(Debug)]
pub struct Saved {
    /// The card.
    pub card: Card,
    /// How the save ended; the same for every repeat of it.
    pub outcome: Outcome,
}

/// Saves a payment method for the owner. The caller holds the owner's turn.
///
/// # Errors
/// 402 when the bank wants a challenge; 422 when the card is refused or not this owner's; 503 when the gateway does
/// not answer. Nothing is saved then.
pub async fn save(
    app: &App,
    account: &Arc<Account>,
    owner: &Owner,
    id: &PaymentMethodId,
) -> Result<Saved, ApiError> {
    let mut db = app.store.pool().acquire().await?;
    if let Some(repeat) = repeated(&mut db, owner, id).await? {
        return repeat;
    }
    drop(db);
    let proof = proof::find(app, account, owner, id).await?;
    let current = cards::of_owner(app.store.pool(), owner.id).await?;
    let twin = match current {
        Some(card) if is_same(&card, &proof.facts) => {
            refresh(app, account, card, &proof.facts).await?
        }
        _ => None,
    };
    let mut tx = app.store.write().await?;
    // Another node may have saved it while this one asked the gateway.
    if let Some(repeat) = repeated(&mut tx, owner, id).await? {
        return repeat;
    }
    let saved = commit(&mut tx, account, owner, &proof, twin).await;
    let saved = match saved {
        Err(error) if error.is_duplicate() => {
            tracing::warn!("a payment method is in another wallet already");
            return Err(ApiError::Refused(
                "This card can’t be saved. Please enter it again.".to_owned(),
            ));
        }
        other => other?,
    };
    tx.commit().await?;
    app.bell.ring();
    Ok(saved)
}

/// The answer this payment method got before: the same card while it is in the wallet, a refusal when it is not.
async fn repeated(
    db: &mut SqliteConnection,
    owner: &Owner,
    id: &PaymentMethodId,
) -> Result<Option<Result<Saved, ApiError>>, ApiError> {
    let Some(save) = saves::find(&mut *db, id.as_str()).await? else {
        return Ok(None);
    };
    let card = cards::of_owner(db, owner.id).await?;
    Ok(Some(match card {
        Some(card) if save.owner_id == owner.id && card.payment_method == save.kept => Ok(Saved {
            card,
            outcome: save.outcome,
        }),
        _ => Err(ApiError::Refused(
            "This card was removed. Please enter it again.".to_owned(),
        )),
    }))
}

fn is_same(card: &Card, facts: &Facts) -> bool {
    card.fingerprint.is_some()
        && card.fingerprint == facts.fingerprint
        && card.payment_method != facts.payment_method
}

/// Brings the kept card's expiry up to date at the gateway. `None`: the gateway has lost it, so the new one is taken.
async fn refresh(
    app: &App,
    account: &Arc<Account>,
    card: Card,
    facts: &Facts,
) -> Result<Option<Card>, ApiError> {
    if (card.exp_month, card.exp_year) == (facts.exp_month, facts.exp_year) {
        return Ok(Some(card));
    }
    let gateway = app.gateway.of(account);
    match gateway
        .refresh_expiry(&card.payment_method, facts.exp_month, facts.exp_year)
        .await
    {
        Ok(_) => Ok(Some(card)),
        Err(
            GatewayError::Missing | GatewayError::Moved | GatewayError::Misused { status: 400, .. },
        ) => Ok(None),
        Err(other) => Err(other.into()),
    }
}

/// Writes card, outcome, spent intent and the errand in one transaction.
async fn commit(
    tx: &mut Write,
    account: &Account,
    owner: &Owner,
    proof: &Proof,
    twin: Option<Card>,
) -> Result<Saved, StoreError> {
    let new = &proof.facts.payment_method;
    let before = cards::of_owner(&mut **tx, owner.id).await?;
    // Another node may have changed the wallet since: the twin counts only if it is still there.
    let twin = twin.filter(|twin| {
        before
            .as_ref()
            .is_some_and(|card| card.payment_method == twin.payment_method)
    });
    let kept = match twin {
        Some(twin) => Facts {
            payment_method: twin.payment_method,
            ..proof.facts.clone()
        },
        None => proof.facts.clone(),
    };
    cards::put(&mut **tx, owner.id, &kept).await?;
    let (outcome, detached) = match before {
        Some(_) if kept.payment_method != *new => (Outcome::Same, Some(new.clone())),
        Some(old) if old.payment_method != *new => (Outcome::Replaced, Some(old.payment_method)),
        _ => (Outcome::Added, None),
    };
    if let Some(gone) = detached {
        outbox::insert(&mut **tx, account.company_id, Action::Detach, &gone).await?;
    }
    intents::spend(&mut **tx, &proof.intent).await?;
    saves::insert(
        &mut **tx,
        new,
        &Save {
            owner_id: owner.id,
            kept: kept.payment_method,
            outcome,
        },
    )
    .await?;
    let card = cards::of_owner(&mut **tx, owner.id)
        .await?
        .ok_or(StoreError::Unreadable("card"))?;
    Ok(Saved { card, outcome })
}
