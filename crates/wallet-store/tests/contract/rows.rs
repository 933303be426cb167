//! The rows: what is written is read again, in the same order on every database.

use card_entry_protocol::card::Brand;
use wallet_core::ids::OwnerId;
use wallet_core::secret::Fingerprint;
use wallet_store::cards::{self, CardFlags, GatewayCard};
use wallet_store::deletion_blocks::{self, NewDeletionBlock};
use wallet_store::intents::{self, IntentState, NewIntent};
use wallet_store::issuer_responses::{self, IssuerDecision, IssuerResponse};
use wallet_store::{attempts, owner_numbers, owners, request_signatures, saves};

use crate::databases::new_databases;

const ACCOUNT: i64 = 7;

fn card(number: u16) -> GatewayCard {
    GatewayCard {
        customer_id: "cus_1".to_owned(),
        payment_method: format!("pm_{number}"),
        fingerprint: Some(format!("print {number}")),
        brand: "visa".to_owned(),
        last4: format!("{number:04}"),
        exp_month: 12,
        exp_year: 2031,
        funding: "credit".to_owned(),
        country: Some("SE".to_owned()),
        preferred_network: None,
        display_brand: None,
        name: Some("Åsa | Lee".to_owned()),
        address_line1: None,
        address_city: None,
        address_state: None,
        address_zip: None,
        address_country: None,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wallet_has_one_default_and_keeps_its_order() {
    for new in new_databases().await {
        let store = new.open().await;
        let owner = owners::find_or_insert_external(store.pool(), ACCOUNT, "ann").await;
        let owner = owner.unwrap();
        let same = owners::find_or_insert_external(store.pool(), ACCOUNT, "ann").await;
        assert_eq!(same.unwrap().id, owner.id);
        for number in 1..=3 {
            let flags = CardFlags {
                sole: false,
                is_default: number == 1,
            };
            cards::insert(store.pool(), owner.id, &card(number), flags)
                .await
                .unwrap();
        }
        let second_default = CardFlags {
            sole: false,
            is_default: true,
        };
        let refused = cards::insert(store.pool(), owner.id, &card(4), second_default).await;
        assert!(refused.unwrap_err().is_duplicate());
        let all = cards::of_owner(store.pool(), owner.id).await.unwrap();
        let ids: Vec<_> = all
            .iter()
            .map(|card| card.payment_method.as_str())
            .collect();
        assert_eq!(ids, ["pm_1", "pm_3", "pm_2"]);
        assert_eq!(all[0].shown_brand(), Brand::Visa);
        let mut tx = store.write().await.unwrap();
        cards::set_default(&mut tx, owner.id, all[2].id)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let found = cards::find_by_id_or_default(store.pool(), ACCOUNT, None, Some(owner.id));
        assert_eq!(found.await.unwrap().unwrap().payment_method, "pm_2");
        let by_id = cards::find_by_id_or_default(store.pool(), ACCOUNT, Some("cus_1|pm_3"), None);
        assert_eq!(by_id.await.unwrap().unwrap().exp_year, 2031);
        let other = cards::find_by_id_or_default(store.pool(), 8, Some("pm_3"), None).await;
        assert!(other.unwrap().is_none());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_with_a_deletion_block_cannot_be_deleted() {
    for new in new_databases().await {
        let store = new.open().await;
        let owner = owners::find_or_insert_external(store.pool(), ACCOUNT, "ann").await;
        let owner = owner.unwrap();
        let flags = CardFlags {
            sole: true,
            is_default: true,
        };
        cards::insert(store.pool(), owner.id, &card(1), flags)
            .await
            .unwrap();
        let row = cards::of_owner(store.pool(), owner.id).await.unwrap()[0].id;
        for reference in ["b", "B", "a"] {
            let block = NewDeletionBlock {
                account_id: ACCOUNT,
                reference,
                card: row,
                reason: "Cut",
                until_text: "2036-11-24T10:00:00Z",
                until_at: 2_111_140_800,
            };
            deletion_blocks::upsert(store.pool(), &block).await.unwrap();
            deletion_blocks::upsert(store.pool(), &block).await.unwrap();
        }
        let blocks = deletion_blocks::list(store.pool(), ACCOUNT, None).await;
        let order: Vec<_> = blocks
            .unwrap()
            .into_iter()
            .map(|block| block.reference)
            .collect();
        assert_eq!(order, ["B", "a", "b"], "{:?}: by bytes", new.database);
        assert!(cards::delete(store.pool(), row).await.is_err());
        deletion_blocks::delete_of_card(store.pool(), row)
            .await
            .unwrap();
        cards::delete(store.pool(), row).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn intents_of_one_second_are_read_newest_first() {
    for new in new_databases().await {
        let store = new.open().await;
        let owner = owners::find_or_insert_external(store.pool(), ACCOUNT, "ann").await;
        let owner = owner.unwrap().id;
        for id in ["seti_2", "seti_1", "seti_3"] {
            let intent = NewIntent {
                id,
                owner,
                network: Some(Fingerprint::of("192.0.2.1")),
                confirmed_by_server: false,
                save_when_confirmed: true,
            };
            intents::insert(store.pool(), &intent).await.unwrap();
        }
        let ids = intents::ids_to_save(store.pool(), owner).await.unwrap();
        assert_eq!(ids, ["seti_3", "seti_1", "seti_2"]);
        intents::mark_used(store.pool(), "seti_3").await.unwrap();
        let found = intents::find(store.pool(), ACCOUNT, "seti_3")
            .await
            .unwrap();
        assert_eq!(found.unwrap().state, IntentState::Used);
        let stale = intents::mark_stale_abandoned(store.pool(), 0, 9)
            .await
            .unwrap();
        assert_eq!(stale.len(), 2);
        assert!(stale.iter().all(|(_, account)| *account == ACCOUNT));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn counts_and_claims_are_the_same_on_every_database() {
    for new in new_databases().await {
        let store = new.open().await;
        let owner = owners::find_or_insert_external(store.pool(), ACCOUNT, "ann").await;
        let owner = owner.unwrap().id;
        for (dedup_key, decision) in [
            ("a", IssuerDecision::Declined),
            ("a", IssuerDecision::Declined),
            ("b", IssuerDecision::Approved),
        ] {
            let response = IssuerResponse {
                dedup_key,
                account_id: ACCOUNT,
                intent: Some("seti_1"),
                owner: None,
                network: None,
                decision,
            };
            issuer_responses::insert(store.pool(), &response)
                .await
                .unwrap();
        }
        let declines = issuer_responses::declines_of_intent(store.pool(), "seti_1").await;
        assert_eq!(declines.unwrap(), 1);

        let new_attempt = attempts::NewAttempt {
            account_id: ACCOUNT,
            owner,
            network: None,
            payment_method: None,
            key: "key",
        };
        let made = attempts::insert(store.pool(), &new_attempt).await.unwrap();
        let pending = attempts::find_pending(store.pool(), owner, None).await;
        assert_eq!(pending.unwrap(), Some(made), "NULL equals NULL here");
        let other = attempts::find_pending(store.pool(), owner, Some("pm_1")).await;
        assert_eq!(other.unwrap(), None);
        assert!(
            saves::nth_newest_of_owner(store.pool(), owner, 1)
                .await
                .unwrap()
                .is_none()
        );

        let signature = Fingerprint::of("signature");
        let claim = async || {
            let claim = request_signatures::claim(store.pool(), ACCOUNT, signature);
            claim.await.unwrap()
        };
        assert!(claim().await.is_none());
        assert!(
            claim()
                .await
                .is_some_and(|earlier| earlier.status.is_none())
        );
        request_signatures::complete(store.pool(), ACCOUNT, signature, 201, Some("{}"))
            .await
            .unwrap();
        let earlier = claim().await.unwrap();
        assert_eq!(
            (earlier.status, earlier.body.as_deref()),
            (Some(201), Some("{}"))
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_of_an_owner_that_was_reserved_is_not_used() {
    for new in new_databases().await {
        let store = new.open().await;
        let next = async |name: &str| {
            let owner = owners::find_or_insert_external(store.pool(), ACCOUNT, name).await;
            owner.unwrap().id.0
        };
        owner_numbers::reserve_through(&store, OwnerId(40))
            .await
            .unwrap();
        assert_eq!(next("ann").await, 41, "{:?}", new.database);
        owner_numbers::reserve_through(&store, OwnerId(41))
            .await
            .unwrap();
        owner_numbers::reserve_through(&store, OwnerId(7))
            .await
            .unwrap();
        assert_eq!(next("bob").await, 42, "it is never lowered");
        let with_customer = owners::with_customer(store.pool(), ACCOUNT, OwnerId(0), 9);
        assert!(with_customer.await.unwrap().is_empty());
        owners::set_customer_if_none(store.pool(), OwnerId(42), "cus_42")
            .await
            .unwrap();
        let found = owners::with_customer(store.pool(), ACCOUNT, OwnerId(41), 9)
            .await
            .unwrap();
        assert_eq!(found[0].id, OwnerId(42));
    }
}
