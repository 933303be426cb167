//! One save or delete at a time per owner, on this node. The database's constraints keep several nodes apart.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use tokio::sync::{Mutex as Turn, OwnedMutexGuard};

use crate::store::owners::OwnerId;

/// Above this many remembered owners, those that nobody waits for are forgotten.
const REMEMBERED: usize = 1024;

/// Who is at it.
#[derive(Debug, Default)]
pub struct Turns(Mutex<HashMap<OwnerId, Weak<Turn<()>>>>);

impl Turns {
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
