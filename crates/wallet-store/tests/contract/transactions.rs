//! Write transactions: they never interleave, they vanish when they are dropped, and readers do not wait for them.

use std::sync::Arc;
use std::time::Duration;

use wallet_core::ids::OwnerId;
use wallet_store::owners::{self, OwnerKind};
use wallet_store::{Store, account_cooldowns, outbox, users};

use crate::databases::new_databases;

const ACCOUNT: i64 = 7;

/// Reads a number, waits, and writes it plus one.
async fn increment(store: &Store) {
    let mut tx = store.write().await.unwrap();
    let before = account_cooldowns::ends_at(&mut *tx, ACCOUNT).await.unwrap();
    tokio::task::yield_now().await;
    account_cooldowns::start(&mut *tx, ACCOUNT, before.unwrap_or(0) + 1)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn writes_that_read_first_never_interleave() {
    for new in new_databases().await {
        // Two stores, as of two processes.
        let stores = [Arc::new(new.open().await), Arc::new(new.open().await)];
        let tasks: Vec<_> = (0..40)
            .map(|number| {
                let store = Arc::clone(&stores[number % 2]);
                tokio::spawn(async move { increment(&store).await })
            })
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
        let sum = account_cooldowns::ends_at(stores[0].pool(), ACCOUNT).await;
        assert_eq!(sum.unwrap(), Some(40), "{:?}", new.database);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dropped_transaction_leaves_nothing_and_no_lock() {
    for new in new_databases().await {
        let store = new.open().await;
        for _ in 0..20 {
            let mut tx = store.write().await.unwrap();
            owners::insert(&mut *tx, ACCOUNT, OwnerKind::Guest)
                .await
                .unwrap();
            drop(tx);
            // A caller that leaves while the transaction begins must not leave it open.
            let begin = tokio::time::timeout(Duration::ZERO, store.write());
            drop(begin.await);
        }
        increment(&store).await;
        let other = new.open().await;
        let kept = account_cooldowns::ends_at(other.pool(), ACCOUNT).await;
        assert_eq!(kept.unwrap(), Some(1), "the write was not swallowed");
        let owner = owners::find(other.pool(), ACCOUNT, OwnerId(1)).await;
        assert!(owner.unwrap().is_none(), "{:?}", new.database);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn readers_do_not_wait_for_a_writer() {
    for new in new_databases().await {
        let store = new.open().await;
        let owner = owners::insert(store.pool(), ACCOUNT, OwnerKind::Guest)
            .await
            .unwrap();
        let mut tx = store.write().await.unwrap();
        owners::set_customer_if_none(&mut *tx, owner.id, "cus_1")
            .await
            .unwrap();
        let seen = owners::find(store.pool(), ACCOUNT, owner.id).await.unwrap();
        assert_eq!(seen.unwrap().customer_id, None, "not committed yet");
        tx.commit().await.unwrap();
        let seen = owners::find(store.pool(), ACCOUNT, owner.id).await.unwrap();
        assert_eq!(seen.unwrap().customer_id.as_deref(), Some("cus_1"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_duplicate_is_told_from_other_errors() {
    for new in new_databases().await {
        let store = new.open().await;
        let mut people = Vec::new();
        for _ in 0..2 {
            let owner = owners::insert(store.pool(), ACCOUNT, OwnerKind::User).await;
            people.push(users::User {
                owner_id: owner.unwrap().id,
                account_id: ACCOUNT,
                email: "Ann@Example.com".to_owned(),
                password_hash: "hash".to_owned(),
                first_name: "Ann".to_owned(),
                last_name: "Lee".to_owned(),
                phone_number: None,
                zip_code: None,
                country: None,
            });
        }
        users::insert(store.pool(), &people[0]).await.unwrap();
        let mut tx = store.write().await.unwrap();
        let again = users::insert(&mut *tx, &people[1]).await.unwrap_err();
        assert!(again.is_duplicate() && !again.is_full(), "{again}");
        drop(tx);
        let unknown_owner = users::User {
            owner_id: OwnerId(99),
            email: "bob@example.com".to_owned(),
            ..people[0].clone()
        };
        let refused = users::insert(store.pool(), &unknown_owner).await;
        assert!(!refused.unwrap_err().is_duplicate());
        let found = users::find_by_email(store.pool(), ACCOUNT, "ann@example.com").await;
        assert_eq!(found.unwrap().unwrap().owner_id, people[0].owner_id);
        let backlog = outbox::backlog(store.pool()).await.unwrap();
        assert_eq!((backlog.jobs, backlog.oldest_created_at), (0, None));
    }
}
