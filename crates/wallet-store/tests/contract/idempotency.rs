//! Idempotency keys: one request does the work, others wait, get its answer or are refused, in one process or in several.

use std::sync::Arc;

use tokio::task::JoinSet;
use wallet_core::secret::Fingerprint;
use wallet_store::idempotency_keys::{self, KeyClaim, KeyScope, KeyedRequest, StoredResponse};
use wallet_store::{StorePool, owners};

use crate::databases::new_databases;

fn request(scope: KeyScope, content: &str) -> KeyedRequest {
    KeyedRequest {
        scope,
        key: Fingerprint::of("key"),
        request: Fingerprint::of(content),
    }
}

async fn claim(pool: &StorePool, request: &KeyedRequest) -> KeyClaim {
    idempotency_keys::claim(pool, request).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_stays_with_its_first_request_for_a_day() {
    for new in new_databases().await {
        let store = new.open().await;
        let pool = store.pool();
        let first = request(KeyScope::Account(7), "first");
        let other = request(KeyScope::Account(7), "other");
        let KeyClaim::Claimed(number) = claim(pool, &first).await else {
            panic!("a new key is claimed");
        };
        assert_eq!(claim(pool, &first).await, KeyClaim::InProgress);
        assert_eq!(claim(pool, &other).await, KeyClaim::OtherRequest);
        idempotency_keys::release(pool, &first, number)
            .await
            .unwrap();
        assert_eq!(claim(pool, &other).await, KeyClaim::OtherRequest);
        let KeyClaim::Claimed(number) = claim(pool, &first).await else {
            panic!("a released key is claimed again");
        };
        let response = StoredResponse {
            status: 201,
            body: "{}".to_owned(),
            language: Some("de".to_owned()),
        };
        let written = idempotency_keys::finish(pool, &first, number, &response).await;
        assert!(written.unwrap());
        assert_eq!(claim(pool, &first).await, KeyClaim::Finished(response));
        assert_eq!(claim(pool, &other).await, KeyClaim::OtherRequest);
        let elsewhere = request(KeyScope::Account(8), "other");
        assert!(matches!(
            claim(pool, &elsewhere).await,
            KeyClaim::Claimed(_)
        ));
        new.run("UPDATE idempotency_keys SET updated_at = updated_at - 86400")
            .await;
        assert!(matches!(claim(pool, &other).await, KeyClaim::Claimed(_)));
        store.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_claim_that_was_not_renewed_is_void_and_can_no_longer_end_the_work() {
    for new in new_databases().await {
        let store = new.open().await;
        let pool = store.pool();
        let request = request(KeyScope::Account(7), "first");
        let KeyClaim::Claimed(lost) = claim(pool, &request).await else {
            panic!("a new key is claimed");
        };
        new.run("UPDATE idempotency_keys SET updated_at = updated_at - 61")
            .await;
        idempotency_keys::renew(pool, &request, lost).await.unwrap();
        assert_eq!(claim(pool, &request).await, KeyClaim::InProgress);
        new.run("UPDATE idempotency_keys SET updated_at = updated_at - 61")
            .await;
        let KeyClaim::Claimed(newest) = claim(pool, &request).await else {
            panic!("a void claim is taken over");
        };
        let response = StoredResponse {
            status: 201,
            body: "{}".to_owned(),
            language: None,
        };
        let late = idempotency_keys::finish(pool, &request, lost, &response).await;
        assert!(!late.unwrap(), "the earlier claim is void");
        idempotency_keys::release(pool, &request, lost)
            .await
            .unwrap();
        assert_eq!(claim(pool, &request).await, KeyClaim::InProgress);
        let written = idempotency_keys::finish(pool, &request, newest, &response).await;
        assert!(written.unwrap());
        store.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_simultaneous_claims_through_two_stores_one_succeeds() {
    for new in new_databases().await {
        let (here, there) = (Arc::new(new.open().await), Arc::new(new.open().await));
        let owner = owners::find_or_insert_external(here.pool(), 7, "ann").await;
        let request = request(KeyScope::Owner(owner.unwrap().id), "first");
        let mut claims = JoinSet::new();
        for number in 0..20 {
            let store = Arc::clone(if number % 2 == 0 { &here } else { &there });
            claims.spawn(async move { claim(store.pool(), &request).await });
        }
        let claims = claims.join_all().await;
        let claimed = claims
            .iter()
            .filter(|claim| matches!(claim, KeyClaim::Claimed(_)));
        assert_eq!(claimed.count(), 1, "{claims:?}");
        new.run("DELETE FROM owners").await;
        let after = idempotency_keys::claim(here.pool(), &request).await;
        assert!(after.is_err(), "the keys left with their owner: {after:?}");
        here.close().await;
        there.close().await;
    }
}
