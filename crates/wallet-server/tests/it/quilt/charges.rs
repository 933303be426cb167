//! Charges of stored cards: once for an idempotency key or a transaction id, whatever the network does.

use serde_json::json;

use crate::support::merchant::{Merchant, code, world};

#[tokio::test(flavor = "multi_thread")]
async fn a_stored_card_is_charged_once_for_its_key() {
    let world = world().await;
    let merchant = Merchant::new(&world);
    let card = merchant.keeps("ann", "visa").await;
    let body = merchant.charge("ann", &card, "5.00", None);
    let first = merchant.posts_keyed("/payment/intent", &body, "k1").await;
    assert_eq!(
        (&first.body["status"], &first.body["amount"]),
        (&"succeeded".into(), &"5.00".into()),
        "{first:?}"
    );
    let again = merchant.posts_keyed("/payment/intent", &body, "k1").await;
    assert_eq!(again, first);
    let other = merchant.charge("ann", &card, "6.00", None);
    let other = merchant.posts_keyed("/payment/intent", &other, "k1").await;
    assert_eq!(code(&other), (400, "invalid_request"));
    assert_eq!(merchant.taken().await, 2, "the sale and one charge");
    let id = &first.body["payment_id"];
    assert_eq!(
        code(&merchant.saves(id, "ann").await),
        (200, "no_reusable_card")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_key_the_transaction_id_is_the_key() {
    let world = world().await;
    let merchant = Merchant::new(&world);
    let card = merchant.keeps("ann", "visa").await;
    let sale = merchant.charge("ann", &card, "5.00", Some("order 7"));
    let first = merchant.posts("/payment/intent", &sale).await;
    assert_eq!(merchant.posts("/payment/intent", &sale).await, first);
    let other = merchant.charge("ann", &card, "5.00", Some("order 8"));
    let other = merchant.posts("/payment/intent", &other).await;
    assert_ne!(other.body["payment_id"], first.body["payment_id"]);
    assert_eq!(merchant.taken().await, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_charge_repeated_after_a_lost_response_is_one_charge() {
    let world = world().await;
    let merchant = Merchant::new(&world);
    let card = merchant.keeps("ann", "visa").await;
    let body = merchant.charge("ann", &card, "5.00", None);
    merchant.fault(json!({
        "on": "api", "do": "status", "status": 500, "method": "POST", "path": "/v1/payment_intents"
    }))
    .await;
    let away = merchant.posts_keyed("/payment/intent", &body, "k1").await;
    assert_eq!(code(&away), (503, "server_error"));
    merchant.heals().await;
    merchant.fault(json!({
        "on": "api", "do": "drop_after", "method": "POST", "path": "/v1/payment_intents", "times": 1
    }))
    .await;
    for _ in 0..2 {
        let found = merchant.posts_keyed("/payment/intent", &body, "k1").await;
        assert_eq!(found.body["status"], "succeeded", "{found:?}");
    }
    assert_eq!(merchant.taken().await, 2, "the sale and one charge");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_declined_charge_is_200_with_an_error_code_only() {
    let world = world().await;
    let merchant = Merchant::new(&world);
    let card = merchant.keeps("ann", "visa").await;
    merchant.deletes("ann", &card).await;
    let body = merchant.charge("ann", &card, "5.00", Some("order 7"));
    let gone = merchant.posts("/payment/intent", &body).await;
    assert_eq!(code(&gone), (404, "not_found"));

    let card = merchant.keeps("ann", "authenticationRequired").await;
    let body = merchant.charge("ann", &card, "5.00", Some("order 7"));
    let refused = merchant.posts("/payment/intent", &body).await;
    assert_eq!(code(&refused), (200, "authentication_required"));
    assert!(!refused.body.to_string().contains("_secret_"));
    assert_eq!(merchant.taken().await, 2, "the two sales");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_charge_without_key_and_transaction_id_is_refused() {
    let world = world().await;
    let merchant = Merchant::new(&world);
    let card = merchant.keeps("ann", "visa").await;
    let body = merchant.charge("ann", &card, "5.00", None);
    for _ in 0..2 {
        let refused = merchant.posts("/payment/intent", &body).await;
        assert_eq!(code(&refused), (400, "invalid_request"), "{refused:?}");
        let words = refused.body["error"]["message"].as_str().unwrap();
        assert!(words.contains("external_transaction_id"), "{words}");
    }
    assert_eq!(merchant.taken().await, 1, "the sale");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_declined_transaction_can_be_retried_with_another_card_until_it_is_paid() {
    let world = world().await;
    let merchant = Merchant::new(&world);
    let asks = merchant.keeps("ann", "authenticationRequired").await;
    let visa = merchant.keeps("ann", "visa").await;
    let charge = async |card: &str, amount: &str| {
        let body = merchant.charge("ann", card, amount, Some("order 7"));
        merchant.posts("/payment/intent", &body).await
    };
    let made = async || world.gateway_calls("POST", "/v1/payment_intents").await;
    let before = made().await;
    for _ in 0..2 {
        let refused = charge(&asks, "5.00").await;
        assert_eq!(code(&refused), (200, "authentication_required"));
    }
    let keys = merchant.charge_keys().await;
    assert_eq!(made().await, before + 2);
    assert_ne!(keys[0], keys[1], "the second charge has a key of its own");
    let paid = charge(&visa, "5.00").await;
    assert_eq!(paid.body["status"], "succeeded", "{paid:?}");
    assert_eq!(charge(&visa, "5.00").await, paid);
    for (card, amount) in [(&asks, "5.00"), (&visa, "6.00")] {
        assert_eq!(code(&charge(card, amount).await), (200, "wrong_state"));
    }
    // After the gateway's keys expired and the card was deleted from the wallet.
    merchant.deletes("ann", &visa).await;
    assert_eq!(charge(&visa, "5.00").await, paid);
    assert_eq!(merchant.taken().await, 3, "two sales and one charge");
}
