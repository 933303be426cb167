//! Counts attempts in fixed time windows, in memory.
//!
//! Called by sign-in, sign-up and the CSP reports. A restart resets the counts; limits that must survive a restart are
//! counted in the database (intents). It must never store an e-mail address: keys are fingerprints.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::clock::{Seconds, now};
use crate::secret::Fingerprint;

/// Above this number of counters the expired ones are dropped: about 10 MB of memory.
const MAX_COUNTERS: usize = 100_000;

/// The counters of attempts, by key.
#[derive(Debug, Default)]
pub struct RateLimiter(Mutex<HashMap<[u8; 32], Counter>>);

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
        let mut counters = self.0.lock().unwrap_or_else(PoisonError::into_inner);
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
            return Err(RateLimited((counter.window_end - at).max(1)));
        }
        counter.attempts += 1;
        Ok(())
    }

    /// The number of attempts under a key in the current window.
    pub fn attempts(&self, key: &str) -> u32 {
        let counters = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let running = counters
            .get(&hash(key))
            .filter(|counter| counter.window_end > now());
        running.map_or(0, |counter| counter.attempts)
    }

    /// Removes one attempt of a key, because it was no failure.
    pub fn remove_attempt(&self, key: &str) {
        let mut counters = self.0.lock().unwrap_or_else(PoisonError::into_inner);
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
