//! Requests under way: how many at most, and whether all have ended.
//!
//! Called by the layer that runs each request in a task of its own, and by the server when it stops: a task may outlive
//! the connection that began it.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::error::ApiError;

/// The most requests under way: far above what the database and the gateway can serve, so that only a flood meets it.
const MAX_TASKS: u32 = 4096;

/// When a caller that was turned away may come again, in seconds.
const RETRY_AFTER_SECONDS: i64 = 2;

/// The requests under way.
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
    /// [`ApiError::Busy`] when too many are under way.
    pub fn begin(&self) -> Result<OwnedSemaphorePermit, ApiError> {
        let permit = Arc::clone(&self.0).try_acquire_owned();
        permit.map_err(|_| ApiError::Busy(RETRY_AFTER_SECONDS))
    }

    /// Waits until all have ended, and lets none begin after that.
    pub async fn end(&self) {
        // Nothing closes the semaphore but this.
        let _all = self.0.acquire_many(MAX_TASKS).await;
        self.0.close();
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[tokio::test]
    async fn the_end_waits_for_all_and_then_none_begins() {
        let tasks = Tasks::default();
        let under_way = tasks.begin().unwrap();
        let mut end = std::pin::pin!(tasks.end());
        tokio::select! {
            biased;
            () = &mut end => unreachable!("a request is under way"),
            () = std::future::ready(()) => {}
        }
        drop(under_way);
        end.await;
        assert!(matches!(tasks.begin(), Err(ApiError::Busy(2))));
    }

    #[test]
    fn a_flood_is_turned_away() {
        let tasks = Tasks::default();
        let taken: Vec<_> = (0..MAX_TASKS).map(|_| tasks.begin().unwrap()).collect();
        assert!(matches!(tasks.begin(), Err(ApiError::Busy(_))));
        drop(taken);
        assert!(tasks.begin().is_ok());
    }
}
