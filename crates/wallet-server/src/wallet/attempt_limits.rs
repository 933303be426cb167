//! Limits of card-entry attempts. Somebody with many stolen card numbers looks for a page that shows which of them
//! work.
//!
//! Called before an intent is created. Attempts are counted in the database, in the transaction that records them, so
//! that neither a restart nor parallel requests exceed a limit. `Retry-After` is the true time to wait.

use super::{OwnerWallet, circuit_breaker};
use crate::client_network::ClientNetwork;
use crate::clock::{DAY, HOUR, Seconds, now};
use crate::error::ApiError;
use crate::rate_limiter::RateLimited;
use wallet_store::Executor;
use wallet_store::attempts::{self, NewAttempt, PendingAttempt};
use wallet_store::{WriteTransaction, saves};

/// An attempt to record.
#[derive(Debug, Clone, Copy)]
pub(super) struct AttemptRequest<'a> {
    /// The network of the browser; `None` if a booking site's server sent the request.
    pub network: Option<&'a ClientNetwork>,
    /// The payment method that this server confirms; `None` if a browser confirms.
    pub payment_method: Option<&'a str>,
    /// A new idempotency key.
    pub key: &'a str,
}

impl OwnerWallet<'_> {
    /// Checks how many cards were added to the wallet in one day.
    ///
    /// # Errors
    /// 429 with the time until the oldest of them is one day old.
    pub(super) async fn check_daily_limit(&self, db: impl Executor<'_>) -> Result<(), ApiError> {
        let max = self.app.config.limits.cards_per_day;
        let last = saves::nth_newest_of_owner(db, self.owner.id, max).await?;
        Ok(self.check_limit("cards_per_day", check(max, last, DAY))?)
    }

    /// Counts a limit that is reached.
    fn check_limit(
        &self,
        name: &'static str,
        checked: Result<(), RateLimited>,
    ) -> Result<(), RateLimited> {
        checked.inspect_err(|_| self.app.limiter.count_hit(name))
    }

    /// Records an attempt unless a limit is reached.
    ///
    /// # Errors
    /// 429 with the time until the oldest counted attempt leaves its window, or until the account's cooldown ends.
    pub(super) async fn record_attempt(
        &self,
        tx: &mut WriteTransaction,
        request: &AttemptRequest<'_>,
    ) -> Result<PendingAttempt, ApiError> {
        let Self {
            app,
            account,
            owner,
        } = *self;
        circuit_breaker::check_cooldown(app, tx, account).await?;
        self.check_daily_limit(&mut **tx).await?;
        let limits = &app.config.limits;
        let max = limits.intents_per_hour;
        let last = attempts::nth_newest_of_owner(&mut **tx, owner.id, max).await?;
        self.check_limit("intents_per_hour", check(max, last, HOUR))?;
        let network = self.network_fingerprint(request.network);
        if let Some(network) = network {
            let max = limits.intents_per_hour_and_address;
            let last = attempts::nth_newest_of_network(&mut **tx, network, max).await?;
            let name = "intents_per_hour_and_address";
            self.check_limit(name, check(max, last, HOUR))?;
        }
        let new = NewAttempt {
            account_id: account.id,
            owner: owner.id,
            network,
            payment_method: request.payment_method,
            key: request.key,
        };
        Ok(attempts::insert(&mut **tx, &new).await?)
    }
}

/// Fails if the attempt at the limit is still inside its window.
fn check(limit: u32, at_limit: Option<Seconds>, window: Seconds) -> Result<(), RateLimited> {
    match at_limit {
        _ if limit == 0 => Err(RateLimited(window)),
        Some(at) => Err(RateLimited((at + window - now()).clamp(1, window))),
        None => Ok(()),
    }
}
