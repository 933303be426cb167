//! Counts the requests in progress: how many run at most, and whether all have ended.
//!
//! Called by the layer that runs each request in a task of its own, and by the server when it stops, because a task may
//! outlive the connection that started it.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::error::ApiError;

/// The maximum number of requests in progress. Far above what the database and the gateway can serve, so that only a
/// flood of requests reaches it.
const MAX_TASKS: u32 = 4096;

const RETRY_AFTER_SECONDS: i64 = 2;

#[derive(Debug, Clone)]
pub struct Tasks(Arc<Semaphore>);

impl Default for Tasks {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(MAX_TASKS as usize)))
    }
}

impl Tasks {
    /// Counts a request until the permit is dropped.
    ///
    /// # Errors
    /// [`ApiError::Overloaded`] if too many requests are in progress, or after [`Tasks::drain`].
    pub fn start(&self) -> Result<OwnedSemaphorePermit, ApiError> {
        let permit = Arc::clone(&self.0).try_acquire_owned();
        permit.map_err(|_| ApiError::Overloaded(RETRY_AFTER_SECONDS))
    }

    /// Waits until all requests have ended. None can start after that.
    pub async fn drain(&self) {
        // An error would mean that the semaphore is closed, and only this function closes it.
        let _all = self.0.acquire_many(MAX_TASKS).await;
        self.0.close();
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[tokio::test]
    async fn drain_waits_for_all_and_then_none_starts() {
        let tasks = Tasks::default();
        let in_progress = tasks.start().unwrap();
        let mut drain = std::pin::pin!(tasks.drain());
        tokio::select! {
            biased;
            () = &mut drain => unreachable!("a request is in progress"),
            () = std::future::ready(()) => {}
        }
        drop(in_progress);
        drain.await;
        assert!(matches!(tasks.start(), Err(ApiError::Overloaded(2))));
    }

    #[test]
    fn a_flood_of_requests_is_refused() {
        let tasks = Tasks::default();
        let started: Vec<_> = (0..MAX_TASKS).map(|_| tasks.start().unwrap()).collect();
        assert!(matches!(tasks.start(), Err(ApiError::Overloaded(_))));
        drop(started);
        assert!(tasks.start().is_ok());
    }
}
