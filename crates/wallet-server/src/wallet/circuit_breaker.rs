//! The circuit breaker: an account whose cards are mostly declined refuses new ones for a while, in stages. Card testers
//! use hundreds of stolen cards, many addresses and many names, but they cannot hide that most cards are declined.
//!
//! Called before a card is tried and after an issuer responded. It must never block a card that is saved already, and
//! never refuse an owner with a history because of what new owners did: a vandal could then close an account.

use super::OwnerWallet;
use super::breaker_stage::stage_of;
use super::cancel_open::{Reach, cancel_open_intents, log_canceled};
use crate::app::App;
use crate::audit::{self, Event};
use crate::browser_client::BrowserClient;
use crate::challenge;
use crate::clock::{HOUR, now};
use crate::config::Account;
use crate::error::ApiError;
use wallet_store::account_cooldowns::{self, BreakerStage, Cooldown};
use wallet_store::audit_events::{AuditAction, AuditReason};
use wallet_store::issuer_responses::{self, IssuerDecision, IssuerResponse};
use wallet_store::outbox::{self, OutboxAction};
use wallet_store::owners::OwnerId;
use wallet_store::{Executor, StoreError, WriteTransaction, owner_history};

async fn running(db: impl Executor<'_>, account: i64) -> Result<Option<Cooldown>, StoreError> {
    let cooldown = account_cooldowns::find(db, account).await?;
    Ok(cooldown.filter(|cooldown| cooldown.ends_at > now()))
}

impl OwnerWallet<'_> {
    /// Requires a CAPTCHA of a browser while the account has a cooldown. An owner whom the stage refuses is not asked
    /// for one, because it would not help.
    ///
    /// # Errors
    /// 422 without a valid token; 503 if the CAPTCHA's provider does not respond.
    pub(super) async fn require_challenge(
        &self,
        client: Option<&BrowserClient>,
    ) -> Result<(), ApiError> {
        let Self {
            app,
            account,
            owner,
        } = *self;
        let Some(client) = client.filter(|_| challenge::covers_card_entry(app)) else {
            return Ok(());
        };
        let pool = app.store.pool();
        let Some(cooldown) = running(pool, account.id).await? else {
            return Ok(());
        };
        let is_asked = match cooldown.stage {
            BreakerStage::Normal | BreakerStage::AllRefused => false,
            BreakerStage::Challenge => true,
            BreakerStage::NewRefused => {
                owner_history::exists(pool, owner.id, cooldown.history_before).await?
            }
        };
        if is_asked {
            challenge::require_with_card(app, client.challenge_token.as_deref()).await?;
        }
        Ok(())
    }
}

/// Fails while the account refuses cards of this owner.
///
/// # Errors
/// [`ApiError::AccountPaused`], with the time that is left.
pub(super) async fn check(
    app: &App,
    tx: &mut WriteTransaction,
    account: &Account,
    owner: OwnerId,
) -> Result<(), ApiError> {
    let Some(cooldown) = running(&mut **tx, account.id).await? else {
        return Ok(());
    };
    let is_refused = match cooldown.stage {
        BreakerStage::Normal | BreakerStage::Challenge => false,
        BreakerStage::NewRefused => {
            !owner_history::exists(&mut **tx, owner, cooldown.history_before).await?
        }
        BreakerStage::AllRefused => true,
    };
    if is_refused {
        app.limiter.count_hit("account_cooldown");
        return Err(ApiError::AccountPaused((cooldown.ends_at - now()).max(1)));
    }
    Ok(())
}

/// Records an issuer's response. Too many declines cancel the intent, cancel the open intents of the network, or bring
/// the account into another stage. The caller wakes the outbox after the commit.
pub(super) async fn record_response(
    app: &App,
    tx: &mut WriteTransaction,
    account: &Account,
    response: &IssuerResponse<'_>,
) -> Result<(), StoreError> {
    if !issuer_responses::insert(&mut **tx, response).await?
        || response.decision == IssuerDecision::Approved
    {
        return Ok(());
    }
    let event = Event::new(AuditAction::Refused).because(AuditReason::Declined);
    audit::record(&mut **tx, account.id, response.owner, event).await?;
    let breaker = account.breaker.unwrap_or(app.config.breaker);
    if let (Some(intent), Some(max)) = (response.intent, breaker.declines_per_intent)
        && issuer_responses::declines_of_intent(&mut **tx, intent).await? >= max
    {
        outbox::insert(&mut **tx, account.id, OutboxAction::Cancel, intent).await?;
    }
    if let Some(network) = response.network {
        let (max, after) = (
            app.config.limits.declines_per_hour_and_address,
            now() - HOUR,
        );
        let declines = issuer_responses::declines_of_network(&mut **tx, network, after).await?;
        if declines >= max {
            let canceled = cancel_open_intents(tx, Reach::NewOwnersInNetwork(network)).await?;
            log_canceled(canceled);
        }
    }
    change_stage(app, tx, account).await
}

/// Brings the account into a stricter stage if its responses call for it. Only the end of the cooldown makes it milder.
async fn change_stage(
    app: &App,
    tx: &mut WriteTransaction,
    account: &Account,
) -> Result<(), StoreError> {
    let breaker = account.breaker.unwrap_or(app.config.breaker);
    let last = account_cooldowns::find(&mut **tx, account.id).await?;
    let running = last.filter(|last| last.ends_at > now());
    let window_start = now() - breaker.window;
    // Declines that led to an earlier cooldown do not lead to the next one.
    let after = match (running, last) {
        (Some(running), _) => running.history_before.max(window_start),
        (None, Some(ended)) => ended.ends_at.max(window_start),
        (None, None) => window_start,
    };
    let history_before = running.map_or(after, |running| running.history_before);
    let sources = issuer_responses::by_source(&mut **tx, account.id, after, history_before).await?;
    let stage = match stage_of(&breaker, &sources) {
        BreakerStage::Challenge if !challenge::covers_card_entry(app) => BreakerStage::Normal,
        stage => stage,
    };
    let before = running.map_or(BreakerStage::Normal, |running| running.stage);
    if stage <= before {
        return Ok(());
    }
    let cooldown = Cooldown {
        stage,
        history_before,
        ends_at: now() + breaker.pause,
    };
    account_cooldowns::start(&mut **tx, account.id, &cooldown).await?;
    let reach = match stage {
        BreakerStage::AllRefused => Reach::Account(account.id),
        _ => Reach::NewOwners {
            account: account.id,
            history_before,
        },
    };
    let canceled = cancel_open_intents(tx, reach).await?;
    app.config.monitor.metrics().count_stage(stage);
    tracing::warn!(
        account = account.id,
        stage = stage.label(),
        before = before.label(),
        declined = sources.iter().map(|at| at.declined).sum::<u32>(),
        networks = sources.iter().filter(|at| at.declined > 0).count(),
        canceled_intents = canceled,
        seconds = breaker.pause,
        "most cards were declined: the account refuses new cards for a while"
    );
    Ok(())
}

/// Logs and counts the cooldowns that have ended. Called by the outbox's clean-up.
pub async fn end_expired(app: &App) -> Result<(), StoreError> {
    for account in account_cooldowns::end_expired(app.store.pool()).await? {
        app.config
            .monitor
            .metrics()
            .count_stage(BreakerStage::Normal);
        tracing::info!(
            account,
            stage = BreakerStage::Normal.label(),
            "the account accepts new cards again"
        );
    }
    Ok(())
}
