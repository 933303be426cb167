//! The outbox: of several processes one leases a job, and a result counts only under its lease.

use std::collections::HashSet;

use tokio::task::JoinSet;
use wallet_store::outbox::lease::{self, AfterFailure, Lane, OutboxJob};
use wallet_store::outbox::{self, OutboxAction, dead};
use wallet_store::{Store, StorePool};

use crate::databases::new_databases;

const DETACH: Lane = Lane {
    account_id: 7,
    action: OutboxAction::Detach,
};

async fn add(pool: &StorePool, lane: Lane, object: &str) {
    let added = outbox::insert(pool, lane.account_id, lane.action, object).await;
    added.unwrap();
}

async fn claim(pool: &StorePool, lane: Lane, token: &str, limit: u32) -> Vec<OutboxJob> {
    let claimed = lease::claim(pool, lane, (token, 30), limit).await;
    claimed.unwrap()
}

async fn claim_one(store: &Store, token: &str) -> OutboxJob {
    let mut claimed = claim(store.pool(), DETACH, token, 1).await;
    claimed.pop().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn many_claims_at_once_give_each_job_to_one() {
    for new in new_databases().await {
        let store = std::sync::Arc::new(new.open().await);
        let other = std::sync::Arc::new(new.open().await);
        for at in 0..40 {
            add(store.pool(), DETACH, &format!("pm_{at}")).await;
        }
        let mut claims = JoinSet::new();
        for at in 0..20 {
            let store = if at % 2 == 0 { &store } else { &other }.clone();
            claims.spawn(async move {
                let claimed = claim(store.pool(), DETACH, &format!("token-{at}"), 3).await;
                assert!(claimed.len() <= 3, "{claimed:?}");
                claimed
            });
        }
        let claimed: Vec<OutboxJob> = claims.join_all().await.concat();
        let objects: HashSet<&str> = claimed.iter().map(|job| job.object_id.as_str()).collect();
        assert_eq!(objects.len(), claimed.len(), "{claimed:?}");
        let left = claim(store.pool(), DETACH, "last", 40).await;
        assert_eq!(claimed.len() + left.len(), 40);
        assert!(lease::due_lanes(store.pool()).await.unwrap().is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn due_lanes_are_listed_once_and_the_longest_due_first() {
    for new in new_databases().await {
        let store = new.open().await;
        let pool = store.pool();
        assert!(lease::due_lanes(pool).await.unwrap().is_empty());
        let lanes = [
            (9, OutboxAction::Void),
            (7, OutboxAction::Release),
            (7, OutboxAction::Cancel),
            (8, OutboxAction::Expire),
        ];
        let lanes = lanes.map(|(account_id, action)| Lane { account_id, action });
        for lane in lanes {
            for object in ["a", "b", "c"] {
                add(pool, lane, &format!("{object}{}", lane.account_id)).await;
            }
        }
        outbox::insert_delayed(pool, 6, OutboxAction::Void, "later", 600)
            .await
            .unwrap();
        new.run(
            "UPDATE outbox SET due_at = due_at - 100 WHERE account_id = 8 AND object_id = 'c8';
             UPDATE outbox SET due_at = due_at - 50 WHERE account_id = 9;
             INSERT INTO outbox (account_id, action, object_id, due_at, created_at) VALUES (7, 'invented', 'x', 0, 0)",
        )
        .await;
        let due = lease::due_lanes(pool).await.unwrap();
        assert_eq!(due, [lanes[3], lanes[0], lanes[2], lanes[1]]);
        let oldest = claim(pool, lanes[3], "a", 1).await;
        assert_eq!(oldest[0].object_id, "c8");
        assert_eq!(claim(pool, lanes[3], "a", 9).await.len(), 2);
        let due = lease::due_lanes(pool).await.unwrap();
        assert_eq!(due, [lanes[0], lanes[2], lanes[1]], "of the others all run");
        store.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lease_that_ended_is_taken_over_and_counts_as_a_failure() {
    for new in new_databases().await {
        let store = new.open().await;
        let pool = store.pool();
        add(pool, DETACH, "pm_1").await;
        let lost = claim_one(&store, "crashed").await;
        assert!(claim(pool, DETACH, "other", 1).await.is_empty());
        new.run("UPDATE outbox SET leased_until = leased_until - 20")
            .await;
        lease::renew(pool, "crashed", 30).await.unwrap();
        new.run("UPDATE outbox SET leased_until = leased_until - 20")
            .await;
        assert!(claim(pool, DETACH, "other", 1).await.is_empty(), "renewed");
        new.run("UPDATE outbox SET leased_until = leased_until - 20")
            .await;
        let taken = claim_one(&store, "other").await;
        assert_eq!((lost.attempts, taken.attempts), (0, 1));
        // The process that lost the job was only slow. It changes nothing.
        lease::complete(pool, &lost, "crashed").await.unwrap();
        lease::fail(pool, &lost, "crashed", AfterFailure::Die, "late")
            .await
            .unwrap();
        lease::release_all(pool, "crashed").await.unwrap();
        assert!(claim(pool, DETACH, "third", 1).await.is_empty());
        lease::release_all(pool, "other").await.unwrap();
        let again = claim_one(&store, "third").await;
        assert_eq!(again.attempts, 1, "given back, so it did not fail");
        lease::complete(pool, &again, "third").await.unwrap();
        let exists = outbox::contains(pool, OutboxAction::Detach, "pm_1").await;
        assert!(!exists.unwrap());
        store.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_is_added_again_while_it_runs_runs_again() {
    for new in new_databases().await {
        let store = new.open().await;
        let pool = store.pool();
        add(pool, DETACH, "pm_1").await;
        for succeeds in [true, false] {
            let running = claim_one(&store, "a").await;
            add(pool, DETACH, "pm_1").await;
            assert!(claim(pool, DETACH, "b", 1).await.is_empty(), "it runs");
            if succeeds {
                lease::complete(pool, &running, "a").await.unwrap();
            } else {
                let died = lease::fail(pool, &running, "a", AfterFailure::Die, "error").await;
                died.unwrap();
            }
            assert_eq!(lease::due_lanes(pool).await.unwrap(), [DETACH]);
        }
        let job = claim_one(&store, "a").await;
        let later = AfterFailure::Retry(600);
        lease::fail(pool, &job, "a", later, "error").await.unwrap();
        assert!(lease::due_lanes(pool).await.unwrap().is_empty());
        store.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dead_job_is_listed_until_it_is_retried_or_added_again() {
    for new in new_databases().await {
        let store = new.open().await;
        let pool = store.pool();
        for object in ["pm_1", "pm_2"] {
            add(pool, DETACH, object).await;
            let job = claim_one(&store, "a").await;
            let died = lease::fail(pool, &job, "a", AfterFailure::Die, "status 500").await;
            died.unwrap();
        }
        add(pool, DETACH, "pm_3").await;
        let counts = dead::count_by_action(pool).await.unwrap();
        assert_eq!(counts, [("detach".to_owned(), 2)]);
        assert_eq!(outbox::backlog(pool).await.unwrap().jobs, 1);
        let listed = dead::list(pool).await.unwrap();
        assert_eq!(listed.len(), 2);
        assert_eq!(listed[0].last_error.as_deref(), Some("status 500"));
        assert_eq!((listed[0].account_id, listed[0].attempts), (7, 1));
        assert_eq!(claim(pool, DETACH, "a", 9).await.len(), 1, "only pm_3");

        let first = listed.iter().find(|job| job.object_id == "pm_1").unwrap();
        assert!(dead::retry(pool, first.id).await.unwrap());
        assert!(!dead::retry(pool, first.id).await.unwrap(), "it is alive");
        assert!(!dead::retry(pool, 999).await.unwrap());
        add(pool, DETACH, "pm_2").await;
        assert!(dead::list(pool).await.unwrap().is_empty());
        let alive = claim(pool, DETACH, "a", 9).await;
        assert_eq!(alive.len(), 2);
        assert!(alive.iter().all(|job| job.attempts == 0), "{alive:?}");
        store.close().await;
    }
}
