//! Saving: into a wallet of one the new card takes the old one's place, into one of many it comes beside the others.
//! Exactly once, whatever is repeated.

use std::sync::Arc;

use card_entry_protocol::card::GatewayCardId;
use card_entry_protocol::message::ConsentProof;
use sqlx::SqliteConnection;

use super::begin::full;
use super::follow::refresh_all;
use super::limits;
use super::pay;
use super::proof::{self, Proof};
use crate::app::App;
use crate::config::{Account, Capacity};
use crate::error::ApiError;
use crate::gateway::GatewayError;
use crate::limiter::Place;
use crate::secret::Fingerprint;
use crate::store::cards::{self, Card, Facts};
use crate::store::outbox::{self, Action};
use crate::store::owners::Owner;
use crate::store::saves::{self, Outcome, Save};
use crate::store::verdicts::{self, Verdict};
use crate::store::{StoreError, Write, consents, intents, let_go};

/// A card in the wallet, and how it came there.
#[derive(Debug)]
pub struct Saved {
    /// The card.
    pub card: Card,
    /// How the save ended; the same for every repeat of it.
    pub outcome: Outcome,
    /// Another request saved this very payment method before; a repeat of that request with its key does not count.
    pub again: bool,
}

/// Saves a payment method for the owner. The caller holds the owner's turn; `key` is the idempotency key of its
/// request, if it has one; `place` is where it came from, unless a site's server sent it; `consent` is what the person
/// agreed to, which is kept with the card.
///
/// # Errors
/// 402 when the bank wants a challenge; 422 when the card is refused or not this owner's, or the wallet is full; 503
/// when the gateway does not answer. Nothing is saved then.
pub async fn save(
    app: &App,
    account: &Arc<Account>,
    owner: &Owner,
    id: &GatewayCardId,
    key: Option<Fingerprint>,
    place: Option<&Place>,
    consent: Option<&ConsentProof>,
) -> Result<Saved, ApiError> {
    let proof = proof::find(app, account, owner, id, place);
    save_proven(app, account, owner, id, (Asked::By(key), consent), proof).await
}

/// Saves a card that was confirmed with an intent made for a card to keep, before anybody asks for it. The caller holds
/// the owner's turn.
///
/// # Errors
/// As [`save`].
pub(super) async fn save_learned(
    app: &App,
    account: &Arc<Account>,
    owner: &Owner,
    id: &GatewayCardId,
    proof: impl Future<Output = Result<Proof, ApiError>>,
) -> Result<Saved, ApiError> {
    save_proven(app, account, owner, id, (Asked::Nobody, None), proof).await
}

/// Who asks for a save.
#[derive(Debug, Clone, Copy)]
enum Asked {
    /// A request, with its idempotency key if it has one.
    By(Option<Fingerprint>),
    /// Nobody yet: this server has learned of it.
    Nobody,
}

/// Saves the card that came of a payment in person. The caller holds the owner's turn; `key` as in [`save`].
///
/// # Errors
/// [`ApiError::NotFound`] when it is not this owner's payment; [`ApiError::NotCaptured`] and
/// [`ApiError::NoReusableCard`] as they say; else as [`save`].
pub async fn save_of_payment(
    app: &App,
    account: &Arc<Account>,
    owner: &Owner,
    payment: &str,
    key: Option<Fingerprint>,
) -> Result<Saved, ApiError> {
    let id = &pay::generated_card(app, account, owner, payment).await?;
    let proof = proof::of_payment(app, account, owner, id, payment);
    save_proven(app, account, owner, id, (Asked::By(key), None), proof).await
}

/// Saves what `proof` allows, which is asked only if this is no repeat.
async fn save_proven(
    app: &App,
    account: &Arc<Account>,
    owner: &Owner,
    id: &GatewayCardId,
    (asked, consent): (Asked, Option<&ConsentProof>),
    proof: impl Future<Output = Result<Proof, ApiError>>,
) -> Result<Saved, ApiError> {
    let mut db = app.store.pool().acquire().await?;
    if let Some(repeat) = repeated(&mut db, owner, id, asked).await? {
        keep_consent(&mut db, owner, id, &repeat, consent).await?;
        return repeat;
    }
    limits::check_day(app, &mut db, owner).await?;
    drop(db);
    let proof = proof.await?;
    if let Some(words) = account.accept.refusal(&proof.facts) {
        return Err(refuse_attached(app, account, &proof, ApiError::Refused(words)).await?);
    }
    let mut current = cards::of_owner(app.store.pool(), owner.id).await?;
    let known = current.iter().any(|card| is_same(card, &proof.facts));
    if !known && !current.is_empty() && account.system.kind().capacity() == Capacity::Many {
        refresh_all(app, account, owner.id, &proof.facts.customer_id).await?;
        current = cards::of_owner(app.store.pool(), owner.id).await?;
    }
    let twin = match current.into_iter().find(|card| is_same(card, &proof.facts)) {
        Some(card) => refresh(app, account, card, &proof.facts).await?,
        None => None,
    };
    let mut tx = app.store.write().await?;
    // Another node may have saved it while this one asked the gateway.
    if let Some(repeat) = repeated(&mut tx, owner, id, asked).await? {
        keep_consent(&mut tx, owner, id, &repeat, consent).await?;
        tx.commit().await?;
        return repeat;
    }
    let before = cards::of_owner(&mut *tx, owner.id).await?;
    // Another node may have changed the wallet since: the twin counts only if it is still there.
    let twin = twin.filter(|twin| {
        before
            .iter()
            .any(|card| card.payment_method == twin.payment_method)
    });
    let kind = account.system.kind();
    if twin.is_none() && kind.is_full(before.len(), &app.config.limits) {
        drop(tx);
        return Err(refuse_attached(app, account, &proof, full()).await?);
    }
    let plan = Plan::of(kind.capacity(), before, twin, &proof);
    let saved = commit(&mut tx, account, owner, &proof, plan, asked).await;
    keep_consent(&mut tx, owner, id, &saved, consent).await?;
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

/// Records what was agreed to, once for a payment method: a card that this server learned of by itself gets it with the
/// request that comes after.
async fn keep_consent<E>(
    db: &mut SqliteConnection,
    owner: &Owner,
    id: &GatewayCardId,
    saved: &Result<Saved, E>,
    consent: Option<&ConsentProof>,
) -> Result<(), StoreError> {
    if let (Ok(saved), Some(consent)) = (saved, consent) {
        let methods = (id.as_str(), saved.card.payment_method.as_str());
        consents::insert(db, owner, methods, consent).await?;
    }
    Ok(())
}

/// The gateway has attached the card by now: what the wallet does not take must not stay there.
async fn refuse_attached(
    app: &App,
    account: &Account,
    proof: &Proof,
    refusal: ApiError,
) -> Result<ApiError, ApiError> {
    let mut tx = app.store.write().await?;
    outbox::insert(
        &mut *tx,
        account.id,
        Action::Detach,
        &proof.facts.payment_method,
    )
    .await?;
    intents::spend(&mut *tx, &proof.intent).await?;
    tx.commit().await?;
    app.bell.ring();
    Ok(refusal)
}

/// The answer this payment method got before: the same card while it is in the wallet, a refusal when it is not, or when
/// it was let go before any save came.
async fn repeated(
    db: &mut SqliteConnection,
    owner: &Owner,
    id: &GatewayCardId,
    asked: Asked,
) -> Result<Option<Result<Saved, ApiError>>, ApiError> {
    let Some(save) = saves::find(&mut *db, id.as_str()).await? else {
        let too_late = let_go::contains(&mut *db, id.as_str()).await?;
        return Ok(too_late.then(|| {
            let words = "This card wasn’t saved in time. Please enter it again.";
            Err(ApiError::Refused(words.to_owned()))
        }));
    };
    let key = match asked {
        Asked::By(key) => key,
        Asked::Nobody => None,
    };
    if let (Asked::By(key), true) = (asked, save.learned && save.owner_id == owner.id) {
        saves::ask_for(
            &mut *db,
            id.as_str(),
            key.as_ref().map(Fingerprint::as_bytes),
        )
        .await?;
    }
    let cards = cards::of_owner(db, owner.id).await?;
    let card = cards
        .into_iter()
        .find(|card| save.owner_id == owner.id && card.payment_method == save.kept);
    let same_request = key.is_some_and(|key| save.key_hash.as_deref() == Some(key.as_bytes()));
    Ok(Some(match card {
        Some(card) => Ok(Saved {
            card,
            outcome: save.outcome,
            again: !same_request && !save.learned,
        }),
        None => Err(ApiError::Refused(
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

/// What is written, and what the gateway lets go of afterwards.
struct Plan {
    /// The row the card goes into; none: one of its own.
    into: Option<cards::CardId>,
    /// Whether the wallet may hold no other row.
    sole: bool,
    /// Whether it is the first card, which is the default.
    first: bool,
    facts: Facts,
    outcome: Outcome,
    detached: Option<String>,
}

impl Plan {
    fn of(capacity: Capacity, before: Vec<Card>, twin: Option<Card>, proof: &Proof) -> Self {
        let facts = proof.facts.clone();
        let plan = Self {
            into: None,
            sole: capacity == Capacity::One,
            first: before.is_empty(),
            facts,
            outcome: Outcome::Added,
            detached: None,
        };
        let fingerprint = plan.facts.fingerprint.clone();
        // A twin the gateway has lost gives its row to the copy: the wallet never shows one card twice.
        let lost = |card: &Card| fingerprint.is_some() && card.fingerprint == fingerprint;
        let old = match capacity {
            Capacity::One => before.into_iter().next(),
            Capacity::Many => before.into_iter().find(lost),
        };
        let new = plan.facts.payment_method.clone();
        match (twin, old) {
            (Some(twin), _) => Self {
                into: Some(twin.id),
                outcome: Outcome::Same,
                detached: Some(new),
                facts: Facts {
                    payment_method: twin.payment_method,
                    ..plan.facts
                },
                ..plan
            },
            (None, Some(old)) if old.payment_method != new => Self {
                into: Some(old.id),
                outcome: Outcome::Replaced,
                detached: Some(old.payment_method),
                ..plan
            },
            (None, Some(old)) => Self {
                into: Some(old.id),
                ..plan
            },
            (None, None) => plan,
        }
    }
}

/// Writes card, outcome, spent intent and the errand in one transaction.
async fn commit(
    tx: &mut Write,
    account: &Account,
    owner: &Owner,
    proof: &Proof,
    plan: Plan,
    asked: Asked,
) -> Result<Saved, StoreError> {
    match plan.into {
        Some(id) => cards::put(&mut **tx, id, &plan.facts).await?,
        None => cards::insert(&mut **tx, owner.id, &plan.facts, plan.sole, plan.first).await?,
    }
    if let Some(gone) = &plan.detached {
        outbox::insert(&mut **tx, account.id, Action::Detach, gone).await?;
    }
    intents::spend(&mut **tx, &proof.intent).await?;
    outbox::strike(&mut **tx, Action::Release, &proof.facts.payment_method).await?;
    let accepted = Verdict {
        name: &format!("{}:accepted", proof.intent),
        account_id: account.id,
        intent: Some(&proof.intent),
        place: None,
        refused: false,
    };
    verdicts::insert(&mut **tx, &accepted).await?;
    let save = Save {
        owner_id: owner.id,
        kept: plan.facts.payment_method.clone(),
        outcome: plan.outcome,
        key_hash: match asked {
            Asked::By(key) => key.map(|key| key.as_bytes().to_vec()),
            Asked::Nobody => None,
        },
        learned: matches!(asked, Asked::Nobody),
    };
    saves::insert(&mut **tx, &proof.facts.payment_method, &save).await?;
    let card = cards::of_owner(&mut **tx, owner.id)
        .await?
        .into_iter()
        .find(|card| card.payment_method == save.kept)
        .ok_or(StoreError::Unreadable("card"))?;
    Ok(Saved {
        card,
        outcome: plan.outcome,
        again: false,
    })
}
