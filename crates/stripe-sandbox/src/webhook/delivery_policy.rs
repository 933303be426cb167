//! How the webhooks of one account are sent: timeout, retries, and deliberate misbehaviour. Set through
//! `POST /sandbox/webhooks`, read by [`super::delivery_queue`] and [`super::sender`].

use serde::{Deserialize, Serialize};
use std::time::Duration;

/// The longest time a setting can have, in milliseconds.
const MAX_TIME_MS: u64 = 60_000;

/// The largest count a setting can have.
const MAX_COUNT: u64 = 20;

/// What is wrong with each request on purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tampering {
    /// One character of the event's id differs from the one that was signed.
    Byte,
    /// The timestamp of the signature is one hour old.
    OldTimestamp,
    /// There is no `v1`, only `v0`.
    V0Only,
    /// Signed with a secret that no endpoint has.
    WrongSecret,
}

/// The settings. A member that is not given has its default.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DeliveryPolicy {
    /// How many more times each event is sent, although the endpoint accepted it.
    pub duplicates: u32,
    /// Whether events that are recorded close together are sent in reverse order.
    pub shuffle: bool,
    /// Milliseconds from the event to the first request.
    pub delay: u64,
    /// What is wrong with each request.
    pub tamper: Option<Tampering>,
    /// How many times a failed delivery is retried.
    pub retries: u32,
    /// Milliseconds before the first retry; each later retry waits twice as long.
    pub backoff: u64,
    /// Milliseconds the receiver may take to answer.
    pub timeout: u64,
}

impl Default for DeliveryPolicy {
    fn default() -> Self {
        Self {
            duplicates: 0,
            shuffle: false,
            delay: 0,
            tamper: None,
            retries: 5,
            backoff: 250,
            timeout: 5000,
        }
    }
}

impl DeliveryPolicy {
    /// Refuses numbers so large that a test would only wait.
    ///
    /// # Errors
    /// A sentence that names the setting and its maximum.
    pub fn check(&self) -> Result<(), String> {
        for (name, value, max) in [
            ("duplicates", u64::from(self.duplicates), MAX_COUNT),
            ("retries", u64::from(self.retries), MAX_COUNT),
            ("delay", self.delay, MAX_TIME_MS),
            ("backoff", self.backoff, MAX_TIME_MS),
            ("timeout", self.timeout, MAX_TIME_MS),
        ] {
            if value > max {
                return Err(format!("`{name}` must be {max} at most"));
            }
        }
        Ok(())
    }

    /// How long to wait before the next retry, after `failures` failed attempts.
    #[must_use]
    pub fn retry_delay(&self, failures: u32) -> Duration {
        let doubled = 1_u64
            .checked_shl(failures.saturating_sub(1))
            .unwrap_or(u64::MAX);
        Duration::from_millis(self.backoff.saturating_mul(doubled).min(MAX_TIME_MS))
    }
}
