//! Write transactions: they never interleave, they vanish when they are dropped, and readers do not wait for them.

use std::sync::Arc;
use std::time::Duration;

use wallet_core::ids::OwnerId;
use wallet_store::owners::{self, OwnerKind};
use wallet_store::{Executor, LockKey, Store, outbox, users};

use crate::databases::new_databases;

const ACCOUNT: i64 = 7;

/// Reads the number of an owner's customer, waits, and writes the next one.
async fn increment(store: &Store, owner: OwnerId) {
    let mut tx = store.write().await.unwrap();
    let before = number(&mut *tx, owner).await;
    tokio::task::yield_now().await;
    if before > 0 {
        let cleared = owners::clear_customer(&mut *tx, owner, &before.to_string()).await;
        assert!(cleared.unwrap());
    }
    let next = (before + 1).to_string();
    owners::set_customer_if_none(&mut *tx, owner, &next)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

async fn number(db: impl Executor<'_>, owner: OwnerId) -> u32 {
    let owner = owners::find(db, ACCOUNT, owner).await.unwrap().unwrap();
    owner
        .customer_id
        .map_or(0, |number| number.parse().unwrap())
}

async fn guest(store: &Store) -> OwnerId {
    let owner = owners::insert(store.pool(), ACCOUNT, OwnerKind::Guest).await;
    owner.unwrap().id
}

#[tokio::test(flavor = "multi_thread")]
async fn writes_that_read_first_never_interleave() {
    for new in new_databases().await {
        // Two stores, as of two processes.
        let stores = [Arc::new(new.open().await), Arc::new(new.open().await)];
        let owner = guest(&stores[0]).await;
        let tasks: Vec<_> = (0..40)
            .map(|number| {
                let store = Arc::clone(&stores[number % 2]);
                tokio::spawn(async move { increment(&store, owner).await })
            })
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
        let sum = number(stores[0].pool(), owner).await;
        assert_eq!(sum, 40, "{:?}", new.database);
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
        let owner = guest(&store).await;
        increment(&store, owner).await;
        let other = new.open().await;
        let kept = number(other.pool(), owner).await;
        assert_eq!(kept, 1, "the write was not swallowed");
        for number in (1..owner.0).map(OwnerId) {
            let dropped = owners::find(other.pool(), ACCOUNT, number).await;
            assert!(dropped.unwrap().is_none(), "{:?}", new.database);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn readers_do_not_wait_for_a_writer() {
    for new in new_databases().await {
        let store = new.open().await;
        let owner = guest(&store).await;
        let mut tx = store.write().await.unwrap();
        owners::set_customer_if_none(&mut *tx, owner, "cus_1")
            .await
            .unwrap();
        let seen = owners::find(store.pool(), ACCOUNT, owner).await.unwrap();
        assert_eq!(seen.unwrap().customer_id, None, "not committed yet");
        tx.commit().await.unwrap();
        let seen = owners::find(store.pool(), ACCOUNT, owner).await.unwrap();
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

#[tokio::test(flavor = "multi_thread")]
async fn changes_of_one_wallet_wait_and_those_of_another_need_not() {
    for new in new_databases().await {
        let store = new.open().await;
        let (ann, bob) = (guest(&store).await, guest(&store).await);
        let of_ann = store.write_for(&[LockKey::Owner(ann)]).await.unwrap();
        if new.is_postgres() {
            let of_bob = store.write_for(&[LockKey::Owner(bob)]).await.unwrap();
            of_bob.commit().await.unwrap();
        }
        for keys in [&[LockKey::Owner(ann)][..], &[]] {
            let begin = async {
                match keys {
                    [] => store.write().await,
                    keys => store.write_for(keys).await,
                }
            };
            let waits = tokio::time::timeout(Duration::from_millis(300), begin).await;
            assert!(waits.is_err(), "{:?} {keys:?}", new.database);
        }
        of_ann.commit().await.unwrap();
        store.write().await.unwrap().commit().await.unwrap();
    }
}
