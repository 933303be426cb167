//! Limits of card-entry attempts. Somebody with many stolen card numbers looks for a page that shows which of them
//! work.
//!
//! Called before an intent is created. Attempts are counted in the database, in the transaction that records them, so
//! that neither a restart nor parallel requests exceed a limit. `Retry-After` is the true time to wait. A limit that
//! trips must never leave open intents in its reach.

use super::cancel_open::{Reach, cancel_open_intents, log_canceled};
use super::{OwnerWallet, circuit_breaker};
use crate::client_network::ClientNetwork;
use crate::clock::{DAY, HOUR, Seconds, now};
use crate::error::ApiError;
use crate::outbox_runner::INTENT_TIMEOUT;
use crate::rate_limiter::RateLimited;
use crate::secret::Fingerprint;
use wallet_store::attempts::{self, NewAttempt, PendingAttempt};
use wallet_store::{Executor, StoreError, WriteTransaction};
use wallet_store::{issuer_responses, open_intents, owner_history, saves};

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

/// Why an attempt is refused, and which open intents are canceled with it.
#[derive(Debug)]
pub(super) enum Refusal {
    /// A limit of the owner.
    Owner(ApiError),
    /// A limit of the network.
    Network(ApiError, Fingerprint),
    /// Another cause, which cancels nothing.
    Other(ApiError),
}

impl Refusal {
    /// The error of the request.
    pub(super) fn into_error(self) -> ApiError {
        match self {
            Self::Owner(error) | Self::Network(error, _) | Self::Other(error) => error,
        }
    }
}

impl From<ApiError> for Refusal {
    fn from(error: ApiError) -> Self {
        Self::Other(error)
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Self::Other(error.into())
    }
}

impl OwnerWallet<'_> {
    /// Checks how many cards were added to the wallet in one day.
    ///
    /// # Errors
    /// 429 with the time until the oldest of them is one day old.
    pub(super) async fn check_daily_limit(&self, db: impl Executor<'_>) -> Result<(), ApiError> {
        let max = self.app.config.limits.cards_per_day;
        let last = saves::nth_newest_of_owner(db, self.owner.id, max).await?;
        self.check_limit("cards_per_day", check(max, last, DAY))
    }

    /// Counts a limit that is reached.
    fn check_limit(
        &self,
        name: &'static str,
        checked: Result<(), RateLimited>,
    ) -> Result<(), ApiError> {
        Ok(checked.inspect_err(|_| self.app.limiter.count_hit(name))?)
    }

    /// Records an attempt unless a limit is reached.
    ///
    /// # Errors
    /// 429 with the time until the oldest counted attempt leaves its window, or until the account's cooldown ends.
    pub(super) async fn record_attempt(
        &self,
        mut tx: WriteTransaction,
        request: &AttemptRequest<'_>,
    ) -> Result<(WriteTransaction, PendingAttempt), ApiError> {
        if let Err(refusal) = self.check_attempt(&mut tx, request).await {
            return Err(self.refuse(tx, refusal).await?);
        }
        let new = NewAttempt {
            account_id: self.account.id,
            owner: self.owner.id,
            network: self.network_fingerprint(request.network),
            payment_method: request.payment_method,
            key: request.key,
        };
        let attempt = attempts::insert(&mut *tx, &new).await?;
        Ok((tx, attempt))
    }

    async fn check_attempt(
        &self,
        tx: &mut WriteTransaction,
        request: &AttemptRequest<'_>,
    ) -> Result<(), Refusal> {
        let network = self.network_fingerprint(request.network);
        self.check_reach(tx, network).await?;
        let limits = &self.app.config.limits;
        let max = limits.intents_per_hour;
        let last = attempts::nth_newest_of_owner(&mut **tx, self.owner.id, max).await?;
        self.check_limit("intents_per_hour", check(max, last, HOUR))
            .map_err(Refusal::Owner)?;
        let Some(network) = network else {
            return Ok(());
        };
        let max = limits.intents_per_hour_and_address;
        let last = attempts::nth_newest_of_network(&mut **tx, network, max).await?;
        self.check_limit("intents_per_hour_and_address", check(max, last, HOUR))
            .map_err(|error| Refusal::Network(error, network))?;
        if request.payment_method.is_none() {
            let max = limits.open_intents_per_address;
            let last = open_intents::nth_newest_of_network(&mut **tx, network, max).await?;
            self.check_limit("open_intents_per_address", check(max, last, INTENT_TIMEOUT))?;
        }
        Ok(())
    }

    /// Checks the limits that also hold for an intent that exists already: the account's stage, the cards of a day, and
    /// the declines of the network.
    pub(super) async fn check_reach(
        &self,
        tx: &mut WriteTransaction,
        network: Option<Fingerprint>,
    ) -> Result<(), Refusal> {
        let Self {
            app,
            account,
            owner,
        } = *self;
        circuit_breaker::check(app, tx, account, owner.id).await?;
        self.check_daily_limit(&mut **tx)
            .await
            .map_err(Refusal::Owner)?;
        match network {
            Some(network) => self.check_network_declines(tx, network).await,
            None => Ok(()),
        }
    }

    /// Checks how many cards from the network were declined in an hour. An owner with a history goes on.
    pub(super) async fn check_network_declines(
        &self,
        tx: &mut WriteTransaction,
        network: Fingerprint,
    ) -> Result<(), Refusal> {
        let max = self.app.config.limits.declines_per_hour_and_address;
        let after = now() - HOUR;
        let last =
            issuer_responses::nth_newest_decline_of_network(&mut **tx, network, after, max).await?;
        if last.is_none() || owner_history::exists(&mut **tx, self.owner.id, after).await? {
            return Ok(());
        }
        self.check_limit("declines_per_hour_and_address", check(max, last, HOUR))
            .map_err(|error| Refusal::Network(error, network))
    }

    /// Cancels the open intents in the reach of the limit, and returns the error of the request.
    pub(super) async fn refuse(
        &self,
        mut tx: WriteTransaction,
        refusal: Refusal,
    ) -> Result<ApiError, ApiError> {
        let network;
        let (error, reach) = match refusal {
            Refusal::Other(error) => return Ok(error),
            Refusal::Owner(error) => (error, Reach::Owner(self.owner.id)),
            Refusal::Network(error, of) => {
                network = of;
                (error, Reach::NewOwnersInNetwork(network.as_bytes()))
            }
        };
        let canceled = cancel_open_intents(&mut tx, reach).await?;
        tx.commit().await?;
        log_canceled(canceled);
        self.app.outbox.wake();
        Ok(error)
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
