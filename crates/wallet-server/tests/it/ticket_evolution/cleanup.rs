//! After a failed request: authorizations are voided, and cards are removed from the vault.

use serde_json::json;

use super::{AMEX, DECLINED, VISA};
use crate::support::seller::Seller;
use crate::support::{World, eventually};

const MASTERCARD: &str = "5555555555554444";

#[tokio::test]
async fn an_authorization_that_cannot_be_voided_at_once_is_voided_later() {
    let world = World::open().await;
    let ned = Seller::with_client(&world, "tickets").await;
    ned.adds(AMEX).await;
    let nonce = ned.types(VISA).await;
    // After the vault call and the authorization: the void and its repeats fail.
    let fault =
        json!({"on": "braintree", "do": "graphql_status", "status": 503, "skip": 2, "times": 3});
    world.gateway_fault_of("tickets", fault).await;
    let made = ned.keeps(&[ned.card(&nonce)]).await;
    assert_eq!(made.status, 201, "{made:?}");
    assert_eq!(ned.calls("authorizePaymentMethod").await, 2);
    eventually("it was given back", async || ned.has_empty_outbox().await).await;
    assert_eq!(ned.calls("reverseTransaction").await, 5);
}

#[tokio::test]
async fn a_lost_response_leaves_no_card_in_the_vault() {
    let world = World::open().await;
    let ned = Seller::with_client(&world, "tickets").await;
    ned.adds(AMEX).await;
    let nonce = ned.types(VISA).await;
    let fault = json!({"on": "braintree", "do": "graphql_drop_after", "times": 2});
    world.gateway_fault_of("tickets", fault).await;
    let lost = ned.keeps(&[ned.card(&nonce)]).await;
    assert_eq!(lost.status, 503, "{lost:?}");
    assert_eq!(ned.cards().await.len(), 1);
    ned.makes_outbox_jobs_due().await;
    eventually("the vault has what the wallet has", async || {
        ned.vaulted().await.len() == 1
    })
    .await;
}

#[tokio::test]
async fn an_authorization_with_a_lost_response_is_found_and_voided() {
    let world = World::open().await;
    let ned = Seller::with_client(&world, "tickets").await;
    ned.adds(AMEX).await;
    let nonce = ned.types(VISA).await;
    // After the vault call: the authorization succeeds, and its response and those of its repeats are lost.
    let fault = json!({"on": "braintree", "do": "graphql_drop_after", "skip": 1, "times": 3});
    world.gateway_fault_of("tickets", fault).await;
    let lost = ned.keeps(&[ned.card(&nonce)]).await;
    assert_eq!(lost.status, 503, "{lost:?}");
    assert_eq!(ned.calls("authorizePaymentMethod").await, 4);
    assert_eq!(ned.authorizations().await, ["AUTHORIZED", "VOIDED"]);
    // Only after the timeout of the call.
    assert!(!ned.has_empty_outbox().await);
    ned.makes_outbox_jobs_due().await;
    eventually("the outbox is empty", async || ned.has_empty_outbox().await).await;
    assert_eq!(ned.authorizations().await, ["VOIDED", "VOIDED"]);
    assert_eq!(ned.vaulted().await.len(), 1);
}

#[tokio::test]
async fn a_later_success_still_cleans_up_an_earlier_failure() {
    let world = World::open().await;
    let ned = Seller::with_client(&world, "tickets").await;
    ned.adds(AMEX).await;
    let (good, bad) = (ned.types(VISA).await, ned.types(DECLINED).await);
    let third = ned.types(MASTERCARD).await;
    // Four calls succeed: vault, authorize, void, and the declined vault. The fifth is the outbox job's.
    let fault =
        json!({"on": "braintree", "do": "graphql_status", "status": 503, "skip": 4, "times": 1});
    world.gateway_fault_of("tickets", fault).await;
    let refused = ned.keeps(&[ned.card(&good), ned.card(&bad)]).await;
    assert_eq!(refused.status, 422, "{refused:?}");
    let db = world.database().await;
    eventually("the outbox job failed once", async || {
        let put_off =
            "UPDATE outbox SET due_at = due_at + 600 WHERE action = 'reconcile' AND attempts = 1";
        sqlx::query(put_off)
            .execute(&db)
            .await
            .unwrap()
            .rows_affected()
            == 1
    })
    .await;
    assert_eq!(ned.vaulted().await.len(), 2);
    let made = ned.keeps(&[ned.card(&third)]).await;
    assert_eq!(made.status, 201, "{made:?}");
    eventually("the outbox is empty", async || ned.has_empty_outbox().await).await;
    assert_eq!((ned.vaulted().await.len(), ned.cards().await.len()), (2, 2));
}
