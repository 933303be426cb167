//! Counts attempts in fixed time windows, in memory.
//!
//! Called by sign-in, sign-up and the CSP reports. A restart resets the counts; limits that must survive a restart are
//! counted in the database (intents). It must never store an e-mail address: keys are fingerprints.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::clock::{Seconds, now};
use crate::monitor::{self, MetricName};
use crate::secret::Fingerprint;

/// Above this number of counters the expired ones are dropped: about 10 MB of memory.
const MAX_COUNTERS: usize = 100_000;

/// The counters of attempts, by key.
#[derive(Debug)]
pub struct RateLimiter {
    counters: Mutex<HashMap<[u8; 32], Counter>>,
    hits: monitor::Counter,
}

/// The names of the limits in the metrics, by the first words of their keys.
const NAMES: [(&str, &str); 11] = [
    ("sign-in", "sign_ins_per_15_minutes"),
    ("sign-up", "sign_ups_per_hour"),
    ("verification", "verifications"),
    ("reuse intent", "reused_intents"),
    ("open intents", "open_intents"),
    ("client token", "client_tokens"),
    ("vault", "vaulted_cards"),
    ("payment", "payments"),
    ("checkout", "checkouts"),
    ("clients", "clients_per_hour"),
    ("policy report", "policy_reports"),
];

/// The limits that are counted in the database.
const DATABASE_NAMES: [&str; 6] = [
    "intents_per_hour",
    "intents_per_hour_and_address",
    "open_intents_per_address",
    "declines_per_hour_and_address",
    "cards_per_day",
    "account_cooldown",
];

impl Default for RateLimiter {
    fn default() -> Self {
        let name = MetricName::new(
            "card_entry_rate_limits_hit_total",
            "Attempts that a rate limit refused, by the name of the limit.",
        );
        let hits = monitor::Counter::new(name, &["limit"]);
        let names = NAMES.iter().map(|(_, name)| name);
        for name in names.chain(&DATABASE_NAMES) {
            hits.add(&[name], 0);
        }
        Self {
            counters: Mutex::default(),
            hits,
        }
    }
}

#[derive(Debug, Clone, Copy)]
struct Counter {
    window_end: Seconds,
    attempts: u32,
}

/// The limit is reached. The value is the number of seconds until the window ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateLimited(pub Seconds);

impl RateLimiter {
    /// Counts one attempt under a key. `window` is its length in seconds.
    ///
    /// # Errors
    /// [`RateLimited`] when `limit` attempts were counted in the window already.
    ///
    /// # Examples
    /// ```
    /// use wallet_server::rate_limiter::RateLimiter;
    ///
    /// let limiter = RateLimiter::default();
    /// assert!(limiter.count_attempt("sign-in 192.0.2.1", 1, 60).is_ok());
    /// assert!(limiter.count_attempt("sign-in 192.0.2.1", 1, 60).is_err());
    /// ```
    pub fn count_attempt(&self, key: &str, limit: u32, window: Seconds) -> Result<(), RateLimited> {
        let at = now();
        let mut counters = self.lock();
        if counters.len() > MAX_COUNTERS {
            counters.retain(|_, counter| counter.window_end > at);
        }
        let counter = counters.entry(hash(key)).or_insert(Counter {
            window_end: at + window,
            attempts: 0,
        });
        if counter.window_end <= at {
            *counter = Counter {
                window_end: at + window,
                attempts: 0,
            };
        }
        if counter.attempts >= limit {
            let is_of = |(words, _): &&(&str, &str)| key.starts_with(words);
            let name = NAMES.iter().find(is_of).map_or("other", |(_, name)| name);
            self.count_hit(name);
            return Err(RateLimited((counter.window_end - at).max(1)));
        }
        counter.attempts += 1;
        Ok(())
    }

    /// Counts that a limit refused an attempt, for limits that are counted in the database.
    pub(crate) fn count_hit(&self, limit: &'static str) {
        self.hits.increment(&[limit]);
    }

    pub(crate) fn register_metrics(&self, registry: &prometheus::Registry) {
        self.hits.register(registry);
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<[u8; 32], Counter>> {
        self.counters.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The number of attempts under a key in the current window.
    pub fn attempts(&self, key: &str) -> u32 {
        let counters = self.lock();
        let running = counters
            .get(&hash(key))
            .filter(|counter| counter.window_end > now());
        running.map_or(0, |counter| counter.attempts)
    }

    /// Removes one attempt of a key, because it was no failure.
    pub fn remove_attempt(&self, key: &str) {
        let mut counters = self.lock();
        if let Some(counter) = counters.get_mut(&hash(key)) {
            counter.attempts = counter.attempts.saturating_sub(1);
        }
    }
}

fn hash(key: &str) -> [u8; 32] {
    let mut hash = [0; 32];
    hash.copy_from_slice(Fingerprint::of(key).as_bytes());
    hash
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_limit_is_exact_and_removed_attempts_do_not_count() {
        let limiter = RateLimiter::default();
        for _ in 0..3 {
            limiter.count_attempt("a", 3, 60).unwrap();
        }
        assert!(matches!(
            limiter.count_attempt("a", 3, 60),
            Err(RateLimited(1..=60))
        ));
        limiter.count_attempt("b", 3, 60).unwrap();
        limiter.remove_attempt("a");
        limiter.count_attempt("a", 3, 60).unwrap();
        assert!(
            limiter.count_attempt("a", 3, 0).is_err(),
            "a running window keeps its end"
        );
    }
}
