//! How one account's webhooks are sent: how patiently, and with which misbehaviour. Set through
//! `POST /sandbox/webhooks`, asked by the postman and the courier.

use serde::{Deserialize, Serialize};
use std::time::Duration;

/// What is wrong with each request on purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tamper {
    /// One letter of the event's id is another than the one signed.
    Byte,
    /// The signature is an hour old.
    OldTimestamp,
    /// There is no `v1`, only `v0`.
    V0Only,
    /// Signed with a secret that was never handed out.
    WrongSecret,
}

/// The switches. A member that is not given has its default.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Habits {
    /// How many more times each event is sent, though it was taken.
    pub duplicates: u32,
    /// Whether events that come close together are sent in reverse order.
    pub shuffle: bool,
    /// Milliseconds from the event to its first sending.
    pub delay: u64,
    /// What is wrong with each request.
    pub tamper: Option<Tamper>,
    /// How often an event that was not taken is sent again.
    pub retries: u32,
    /// Milliseconds before the first repeat; each later one waits twice as long.
    pub backoff: u64,
    /// Milliseconds a receiver may take.
    pub timeout: u64,
}

impl Default for Habits {
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

impl Habits {
    /// Refuses numbers that would only keep a test waiting.
    ///
    /// # Errors
    /// What is wrong, in words.
    pub fn check(&self) -> Result<(), String> {
        for (name, value, most) in [
            ("duplicates", u64::from(self.duplicates), 20),
            ("retries", u64::from(self.retries), 20),
            ("delay", self.delay, 60_000),
            ("backoff", self.backoff, 60_000),
            ("timeout", self.timeout, 60_000),
        ] {
            if value > most {
                return Err(format!("`{name}` must be {most} at most"));
            }
        }
        Ok(())
    }

    /// How long to wait after the `failures`th failure.
    #[must_use]
    pub fn pause(&self, failures: u32) -> Duration {
        let doubled = 1_u64
            .checked_shl(failures.saturating_sub(1))
            .unwrap_or(u64::MAX);
        Duration::from_millis(self.backoff.saturating_mul(doubled).min(60_000))
    }
}
