//! Locks of owners: at most one save, deletion or payment per owner runs on this node. Between several nodes, the
//! constraints of the database decide. A lock must never be held for a request that waits for a person.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use tokio::sync::{Mutex as AsyncMutex, OwnedMutexGuard};

use crate::error::ApiError;
use wallet_store::owners::OwnerId;

/// Above this number of locks, those that nobody holds are dropped.
const MAX_IDLE_LOCKS: usize = 1024;

/// The maximum number of requests of one owner that wait. Each runs to its end even if its caller disconnects, and one
/// owner must not use up the server.
const MAX_WAITING: usize = 64;

const RETRY_AFTER_SECONDS: i64 = 2;

/// The locks, by owner.
#[derive(Debug, Default)]
pub struct OwnerLocks(Mutex<HashMap<OwnerId, Weak<AsyncMutex<()>>>>);

impl OwnerLocks {
    /// Locks an owner for a request, as [`OwnerLocks::lock`] does.
    ///
    /// # Errors
    /// [`ApiError::Overloaded`] if too many requests of this owner wait already.
    pub async fn lock_for_request(&self, owner: OwnerId) -> Result<OwnedMutexGuard<()>, ApiError> {
        let is_crowded = {
            let locks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let lock = locks.get(&owner);
            lock.is_some_and(|lock| lock.strong_count() > MAX_WAITING)
        };
        if is_crowded {
            return Err(ApiError::Overloaded(RETRY_AFTER_SECONDS));
        }
        Ok(self.lock(owner).await)
    }

    /// Waits for the owner's lock. The lock is released when the guard is dropped.
    pub async fn lock(&self, owner: OwnerId) -> OwnedMutexGuard<()> {
        let lock = {
            let mut locks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if locks.len() > MAX_IDLE_LOCKS {
                locks.retain(|_, lock| lock.strong_count() > 0);
            }
            if let Some(lock) = locks.get(&owner).and_then(Weak::upgrade) {
                lock
            } else {
                let lock = Arc::new(AsyncMutex::new(()));
                locks.insert(owner, Arc::downgrade(&lock));
                lock
            }
        };
        lock.lock_owned().await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::task::Poll;

    #[tokio::test]
    async fn one_owner_cannot_fill_the_server_with_waiting_requests() {
        let locks = OwnerLocks::default();
        let held = locks.lock(OwnerId(1)).await;
        let mut waiting: Vec<_> = (0..MAX_WAITING + 3)
            .map(|_| Box::pin(locks.lock_for_request(OwnerId(1))))
            .collect();
        let mut refused = 0;
        for one in &mut waiting {
            let polled = std::future::poll_fn(|task| Poll::Ready(one.as_mut().poll(task))).await;
            refused += usize::from(matches!(polled, Poll::Ready(Err(ApiError::Overloaded(_)))));
        }
        assert_eq!(refused, 3);
        let other = locks.lock_for_request(OwnerId(2)).await;
        assert!(other.is_ok(), "another owner does not wait");
        drop(held);
    }

    #[tokio::test]
    async fn an_owner_has_one_lock_and_others_do_not_wait() {
        let (locks, inside) = (
            Arc::new(OwnerLocks::default()),
            Arc::new(AtomicUsize::new(0)),
        );
        let held = locks.lock(OwnerId(0)).await;
        let tasks: Vec<_> = (0..20)
            .map(|_| {
                let (locks, inside) = (locks.clone(), inside.clone());
                tokio::spawn(async move {
                    let _lock = locks.lock(OwnerId(1)).await;
                    assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0);
                    tokio::task::yield_now().await;
                    inside.fetch_sub(1, Ordering::SeqCst);
                })
            })
            .collect();
        for task in tasks {
            assert!(task.await.is_ok());
        }
        drop(held);
    }
}
