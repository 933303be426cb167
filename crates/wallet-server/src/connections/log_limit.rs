//! At most one log line per key and minute, so that a flood of connections does not fill the log.
//!
//! Called by the accept loop. It must never grow with the number of addresses that connect.

use std::collections::HashMap;
use std::hash::Hash;
use std::time::Duration;

use tokio::time::Instant;

const LOG_INTERVAL: Duration = Duration::from_secs(60);

/// Further keys get no line until older ones have expired.
const MAX_LOGGED_KEYS: usize = 100;

/// The keys that have a line in the last minute.
#[derive(Debug)]
pub(super) struct LogLimit<K>(HashMap<K, Instant>);

impl<K> Default for LogLimit<K> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<K: Eq + Hash + Clone> LogLimit<K> {
    /// Whether to write a line of this key now.
    pub(super) fn is_due(&mut self, key: &K) -> bool {
        self.0
            .retain(|_, logged_at| logged_at.elapsed() < LOG_INTERVAL);
        if self.0.contains_key(key) || self.0.len() >= MAX_LOGGED_KEYS {
            return false;
        }
        self.0.insert(key.clone(), Instant::now());
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_key_has_one_line_a_minute_and_the_number_of_keys_is_bounded() {
        let mut limit = LogLimit::default();
        assert!(limit.is_due(&0) && !limit.is_due(&0) && limit.is_due(&1));
        tokio::time::advance(LOG_INTERVAL).await;
        assert!(limit.is_due(&0));
        let due = (1..1_000).filter(|key| limit.is_due(key)).count();
        assert_eq!(due, MAX_LOGGED_KEYS - 1);
    }
}
