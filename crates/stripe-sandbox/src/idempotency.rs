//! Idempotency keys: a repeated call gets the response of the first one, for a day. Called by `api/dispatch.rs` before
//! and after a call is executed. A key must never be accepted for two different calls.
//! Source: <https://docs.stripe.com/api/idempotent_requests>.

use crate::error::ApiError;
use serde_json::Value;
use std::collections::HashMap;
use std::time::{Duration, Instant};

/// How long a response is stored.
const KEY_LIFETIME: Duration = Duration::from_secs(24 * 60 * 60);

/// A response: HTTP status and JSON body.
pub type StatusAndBody = (u16, Value);

#[derive(Clone, Debug)]
struct StoredKey {
    request: String,
    response: Option<StatusAndBody>,
    request_id: String,
    stored_at: Instant,
    /// How much older it is than the time since it was stored, because a test made it so.
    extra_age: Duration,
}

impl StoredKey {
    fn is_remembered(&self) -> bool {
        self.stored_at.elapsed() + self.extra_age < KEY_LIFETIME
    }
}

/// The keys one account has used.
#[derive(Clone, Debug, Default)]
pub struct IdempotencyKeys(HashMap<String, StoredKey>);

impl IdempotencyKeys {
    /// Reserves `key` for a call. `request` is its method, path and parameters, and `request_id` its id.
    ///
    /// Returns the stored response and the id of the first call, or `None` when the call is to be executed.
    ///
    /// # Errors
    /// 400 when the key was used for another request, 409 while the first call is being executed.
    pub fn begin(
        &mut self,
        key: &str,
        request: &str,
        request_id: &str,
    ) -> Result<Option<(StatusAndBody, String)>, ApiError> {
        self.0.retain(|_, stored| stored.is_remembered());
        match self.0.get(key) {
            None => {
                let stored = StoredKey {
                    request: request.to_owned(),
                    response: None,
                    request_id: request_id.to_owned(),
                    stored_at: Instant::now(),
                    extra_age: Duration::ZERO,
                };
                self.0.insert(key.to_owned(), stored);
                Ok(None)
            }
            Some(stored) if stored.request != request => Err(ApiError::idempotency_mismatch(key)),
            Some(stored) => match &stored.response {
                Some(response) => Ok(Some((response.clone(), stored.request_id.clone()))),
                None => Err(ApiError::idempotency_in_use(key)),
            },
        }
    }

    /// Stores the response of the call that reserved `key`.
    pub fn store(&mut self, key: &str, response: StatusAndBody) {
        if let Some(stored) = self.0.get_mut(key) {
            stored.response = Some(response);
        }
    }

    /// Makes every key older, and returns how many are remembered then.
    pub fn age(&mut self, by: Duration) -> usize {
        for stored in self.0.values_mut() {
            stored.extra_age += by;
        }
        self.0.retain(|_, stored| stored.is_remembered());
        self.0.len()
    }

    /// Releases a key whose call was not executed, so that the call may be sent again.
    pub fn remove(&mut self, key: &str) {
        self.0.remove(key);
    }
}
