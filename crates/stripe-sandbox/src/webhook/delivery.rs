//! One event for one endpoint. Made when an event is recorded, and again for each retry.

use std::time::Instant;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// The name of the account the event is of.
    pub event_account: String,
    pub event: String,
    /// The name of the account the endpoint is of: the event's own account, or its platform.
    pub endpoint_account: String,
    pub endpoint: String,
    /// How many attempts have failed.
    pub failures: u32,
    /// When it was queued. The policy's delay counts from this moment.
    pub queued_at: Instant,
}

impl Delivery {
    /// The same delivery with no failed attempt.
    #[must_use]
    pub fn restarted(&self) -> Self {
        Self {
            failures: 0,
            queued_at: Instant::now(),
            ..self.clone()
        }
    }

    /// The same delivery after one more failed attempt.
    #[must_use]
    pub fn retried(&self) -> Self {
        Self {
            failures: self.failures + 1,
            queued_at: Instant::now(),
            ..self.clone()
        }
    }
}
