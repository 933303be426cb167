//! Idempotency keys: the first answer is the answer, for a day. Asked by the API before a call begins.

use crate::error::ApiError;
use serde_json::Value;
use std::collections::HashMap;
use std::time::{Duration, Instant};

/// How long an answer is kept.
const KEPT: Duration = Duration::from_secs(24 * 60 * 60);

/// An answer as it was sent: status and body.
pub type Answer = (u16, Value);

#[derive(Clone, Debug)]
struct Kept {
    request: String,
    answer: Option<Answer>,
    request_id: String,
    since: Instant,
}

/// The keys one account has used.
#[derive(Clone, Debug, Default)]
pub struct IdempotencyKeys(HashMap<String, Kept>);

impl IdempotencyKeys {
    /// Opens a call under `key`. `request` is its method, path and parameters.
    ///
    /// `request_id` is the id of the call itself. Returns the first answer and the id of the call it
    /// answered when there is one, `None` when the call may begin.
    ///
    /// # Errors
    /// 400 when the key was used for another request, 409 while the first is under way.
    pub fn begin(
        &mut self,
        key: &str,
        request: &str,
        request_id: &str,
    ) -> Result<Option<(Answer, String)>, ApiError> {
        self.0.retain(|_, kept| kept.since.elapsed() < KEPT);
        match self.0.get(key) {
            None => {
                let kept = Kept {
                    request: request.to_owned(),
                    answer: None,
                    request_id: request_id.to_owned(),
                    since: Instant::now(),
                };
                self.0.insert(key.to_owned(), kept);
                Ok(None)
            }
            Some(kept) if kept.request != request => Err(ApiError::idempotency_mismatch(key)),
            Some(kept) => match &kept.answer {
                Some(answer) => Ok(Some((answer.clone(), kept.request_id.clone()))),
                None => Err(ApiError::idempotency_in_use(key)),
            },
        }
    }

    /// Keeps the answer of the call that was begun under `key`.
    pub fn keep(&mut self, key: &str, answer: Answer) {
        if let Some(kept) = self.0.get_mut(key) {
            kept.answer = Some(answer);
        }
    }

    /// Forgets a call that never began: refused at the door, it may be sent again.
    pub fn forget(&mut self, key: &str) {
        self.0.remove(key);
    }
}
