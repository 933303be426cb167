//! The breaker: an account whose cards are mostly refused takes no new ones for a while. Thieves try stolen cards by the
//! hundred, from many addresses and under many names; what they cannot hide is that most are refused.
//!
//! Called when a card is to be tried and when a bank has spoken. It stops no one from using a card that is kept.

use crate::app::App;
use crate::clock::now;
use crate::config::Account;
use crate::error::ApiError;
use crate::store::outbox::{self, Action};
use crate::store::verdicts::{self, Verdict};
use crate::store::{StoreError, Write, pauses};

/// Refuses while the account pauses.
///
/// # Errors
/// [`ApiError::Paused`], with the time that is left.
pub(super) async fn check(tx: &mut Write, account: &Account) -> Result<(), ApiError> {
    let left = pauses::end(&mut **tx, account.id).await?.unwrap_or(0) - now();
    if left > 0 {
        return Err(ApiError::Paused(left));
    }
    Ok(())
}

/// Remembers what a bank said, and draws the consequences: the account pauses, the intent is closed.
///
/// # Errors
/// When the database refuses.
pub(super) async fn note(
    app: &App,
    tx: &mut Write,
    account: &Account,
    verdict: &Verdict<'_>,
) -> Result<(), StoreError> {
    if !verdicts::insert(&mut **tx, verdict).await? || !verdict.refused {
        return Ok(());
    }
    let breaker = account.breaker.unwrap_or(app.config.breaker);
    if let (Some(intent), Some(most)) = (verdict.intent, breaker.refusals_per_intent)
        && verdicts::refusals_of_intent(&mut **tx, intent).await? >= most
    {
        outbox::insert(&mut **tx, account.id, Action::Cancel, intent).await?;
    }
    let ended = pauses::end(&mut **tx, account.id).await?.unwrap_or(0);
    // What led to the last pause does not lead to the next one.
    let after = ended.max(now() - breaker.window);
    let count = verdicts::count(&mut **tx, account.id, after).await?;
    if ended <= now() && breaker.trips(count.all, count.refused) {
        pauses::begin(&mut **tx, account.id, now() + breaker.pause).await?;
        tracing::warn!(
            account = account.id,
            refused = count.refused,
            of = count.all,
            seconds = breaker.pause,
            "most cards are refused: the account takes no new ones for a while"
        );
    }
    Ok(())
}
