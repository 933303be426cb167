//! One save or delete at a time per owner, on this node. The database's constraints keep several nodes apart.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use tokio::sync::{Mutex as Turn, OwnedMutexGuard};

use crate::error::ApiError;
use crate::store::owners::OwnerId;

/// Above this many remembered owners, those that nobody waits for are forgotten.
const REMEMBERED: usize = 1024;

/// The most requests of one owner that wait: each goes on though its caller leaves, and nobody may fill the server alone.
const MAX_WAITING: usize = 64;

/// When a caller that was turned away may come again, in seconds.
const RETRY_AFTER_SECONDS: i64 = 2;

/// Who is at it.
#[derive(Debug, Default)]
pub struct Turns(Mutex<HashMap<OwnerId, Weak<Turn<()>>>>);

impl Turns {
    /// Waits as [`Turns::take`] does, for a request: unless too many of this owner wait already.
    ///
    /// # Errors
    /// [`ApiError::Busy`].
    pub async fn enter(&self, owner: OwnerId) -> Result<OwnedMutexGuard<()>, ApiError> {
        let crowded = {
            let turns = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let turn = turns.get(&owner);
            turn.is_some_and(|turn| turn.strong_count() > MAX_WAITING)
        };
        if crowded {
            return Err(ApiError::Busy(RETRY_AFTER_SECONDS));
        }
        Ok(self.take(owner).await)
    }

    /// Waits until it is this caller's turn; the turn ends when the guard goes.
    pub async fn take(&self, owner: OwnerId) -> OwnedMutexGuard<()> {
        let turn = {
            let mut turns = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if turns.len() > REMEMBERED {
                turns.retain(|_, turn| turn.strong_count() > 0);
            }
            if let Some(turn) = turns.get(&owner).and_then(Weak::upgrade) {
                turn
            } else {
                let turn = Arc::new(Turn::new(()));
                turns.insert(owner, Arc::downgrade(&turn));
                turn
            }
        };
        turn.lock_owned().await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::task::Poll;

    #[tokio::test]
    async fn one_owner_cannot_fill_the_server_with_waiting_requests() {
        let turns = Turns::default();
        let held = turns.take(OwnerId(1)).await;
        let mut waiting: Vec<_> = (0..MAX_WAITING + 3)
            .map(|_| Box::pin(turns.enter(OwnerId(1))))
            .collect();
        let mut refused = 0;
        for one in &mut waiting {
            let polled = std::future::poll_fn(|task| Poll::Ready(one.as_mut().poll(task))).await;
            refused += usize::from(matches!(polled, Poll::Ready(Err(ApiError::Busy(_)))));
        }
        assert_eq!(refused, 3);
        assert!(turns.enter(OwnerId(2)).await.is_ok(), "others do not wait");
        drop(held);
    }

    #[tokio::test]
    async fn an_owner_has_one_turn_and_others_do_not_wait() {
        let (turns, inside) = (Arc::new(Turns::default()), Arc::new(AtomicUsize::new(0)));
        let held = turns.take(OwnerId(0)).await;
        let tasks: Vec<_> = (0..20)
            .map(|_| {
                let (turns, inside) = (turns.clone(), inside.clone());
                tokio::spawn(async move {
                    let _turn = turns.take(OwnerId(1)).await;
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
