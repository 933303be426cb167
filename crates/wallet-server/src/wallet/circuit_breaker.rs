//! The circuit breaker: an account whose cards are mostly declined accepts no new ones for a while. Card testers use
//! hundreds of stolen cards, many addresses and many names, but they cannot hide that most cards are declined.
//!
//! Called before a card is tried and after an issuer responded. It must never block a card that is saved already.

use crate::app::App;
use crate::audit::{self, Event};
use crate::clock::now;
use crate::config::Account;
use crate::error::ApiError;
use wallet_store::audit_events::{AuditAction, AuditReason};
use wallet_store::issuer_responses::{self, IssuerDecision, IssuerResponse};
use wallet_store::outbox::{self, OutboxAction};
use wallet_store::owners;
use wallet_store::{StoreError, WriteTransaction, account_cooldowns};

/// Fails while the account has a cooldown.
///
/// # Errors
/// [`ApiError::AccountPaused`], with the time that is left.
pub(super) async fn check_cooldown(
    app: &App,
    tx: &mut WriteTransaction,
    account: &Account,
) -> Result<(), ApiError> {
    let ends_at = account_cooldowns::ends_at(&mut **tx, account.id).await?;
    let left = ends_at.unwrap_or(0) - now();
    if left > 0 {
        app.limiter.count_hit("account_cooldown");
        return Err(ApiError::AccountPaused(left));
    }
    Ok(())
}

/// Records an issuer's response. Too many declines cancel the intent, or start a cooldown of the account.
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
    let owner = match response.intent {
        Some(intent) => owners::find_id_by_intent(&mut **tx, intent).await?,
        None => audit::current_owner(),
    };
    let event = Event::new(AuditAction::Refused).because(AuditReason::Declined);
    audit::record(&mut **tx, account.id, owner, event).await?;
    let breaker = account.breaker.unwrap_or(app.config.breaker);
    if let (Some(intent), Some(max)) = (response.intent, breaker.declines_per_intent)
        && issuer_responses::declines_of_intent(&mut **tx, intent).await? >= max
    {
        outbox::insert(&mut **tx, account.id, OutboxAction::Cancel, intent).await?;
    }
    let ends_at = account_cooldowns::ends_at(&mut **tx, account.id).await?;
    let ends_at = ends_at.unwrap_or(0);
    // Declines that led to the last cooldown do not lead to the next one.
    let after = ends_at.max(now() - breaker.window);
    let counts = issuer_responses::count(&mut **tx, account.id, after).await?;
    if ends_at <= now() && breaker.trips(counts.total, counts.declined) {
        account_cooldowns::start(&mut **tx, account.id, now() + breaker.pause).await?;
        tracing::warn!(
            account = account.id,
            declined = counts.declined,
            total = counts.total,
            seconds = breaker.pause,
            "most cards were declined: account accepts no new cards for a while"
        );
    }
    Ok(())
}
