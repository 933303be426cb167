//! Quilt's card-present payments and the cards saved from them, in the vendor's format.

mod account_keys;
mod amounts;
mod charges;
mod lost_responses;

use serde_json::json;

use crate::support::eventually;
use crate::support::merchant::{Merchant, code, world};

#[tokio::test(flavor = "multi_thread")]
async fn a_card_is_charged_captured_saved_listed_and_deleted() {
    let world = world().await;
    let merchant = Merchant::new(&world);
    let begun = merchant.begins("customer_12345").await;
    assert_eq!(
        (&begun["status"], &begun["amount"], &begun["currency"]),
        (
            &"requires_payment_method".into(),
            &"12.99".into(),
            &"usd".into()
        )
    );
    let id = &begun["payment_id"];
    merchant.reads(&begun, "mastercard").await;
    let captured = merchant.captures(id).await;
    assert_eq!(
        captured.body,
        json!({"payment_id": id, "status": "succeeded", "amount": "12.99", "currency": "usd"})
    );
    let saved = merchant.saves(id, "customer_12345").await;
    assert_eq!(saved.status, 200, "{saved:?}");
    assert_eq!(
        (&saved.body["brand"], &saved.body["last4"]),
        (&"mastercard".into(), &"4444".into())
    );
    let card = saved.body["payment_method_id"].as_str().unwrap();
    assert_eq!(
        merchant.list("customer_12345").await,
        vec![saved.body.clone()]
    );
    let at_bank = merchant.bank().method(card).await;
    assert_eq!(at_bank["type"], "card");
    assert!(at_bank["customer"].is_string(), "attached: {at_bank}");

    let gone = merchant.deletes("customer_12345", card).await;
    assert_eq!(
        (gone.status, gone.body),
        (200, json!({"payment_method_id": card, "deleted": true}))
    );
    assert!(merchant.list("customer_12345").await.is_empty());
    eventually("the card is detached", || async {
        merchant.bank().method(card).await["customer"].is_null()
    })
    .await;
    let again = merchant.deletes("customer_12345", card).await;
    assert_eq!(code(&again), (404, "not_found"));
    let dump = String::from_utf8_lossy(&world.database_dump().await).into_owned();
    let secret = begun["client_secret"].as_str().unwrap();
    assert!(!dump.contains(secret), "the secret is not stored");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_card_is_saved_before_its_payment_is_captured() {
    let world = world().await;
    let merchant = Merchant::new(&world);
    let begun = merchant.begins("ann").await;
    let id = &begun["payment_id"];
    let early = merchant.captures(id).await;
    assert_eq!(code(&early), (200, "wrong_state"));
    assert_eq!(
        code(&merchant.saves(id, "ann").await),
        (200, "not_captured")
    );
    merchant.reads(&begun, "visa").await;
    let early = merchant.saves(id, "ann").await;
    assert_eq!(code(&early), (200, "not_captured"));
    assert!(
        early.body["error"]["message"]
            .as_str()
            .unwrap()
            .contains("captured")
    );
    assert!(merchant.list("ann").await.is_empty());
    assert_eq!(merchant.captures(id).await.body["status"], "succeeded");
    assert_eq!(merchant.saves(id, "ann").await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_payment_has_no_card_to_save() {
    let world = world().await;
    let merchant = Merchant::new(&world);
    let id = merchant.sells("ann", "apple_pay").await;
    let refused = merchant.saves(&id, "ann").await;
    assert_eq!(code(&refused), (200, "no_reusable_card"));
    assert!(merchant.list("ann").await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_declined_card_can_be_followed_by_another_in_the_same_payment() {
    let world = world().await;
    let merchant = Merchant::new(&world);
    let begun = merchant.begins("ann").await;
    let refused = merchant.reads(&begun, "charge_declined").await;
    assert_eq!(refused["error"]["code"], "card_declined");
    let id = &begun["payment_id"];
    assert_eq!(code(&merchant.captures(id).await), (200, "wrong_state"));
    merchant.reads(&begun, "visa").await;
    assert_eq!(merchant.captures(id).await.body["status"], "succeeded");
    assert_eq!(merchant.taken().await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_can_be_canceled_until_it_is_captured() {
    let world = world().await;
    let merchant = Merchant::new(&world);
    for reads in [false, true] {
        let begun = merchant.begins("ann").await;
        if reads {
            merchant.reads(&begun, "visa").await;
        }
        let id = &begun["payment_id"];
        for _ in 0..2 {
            let answer = merchant.cancels(id).await;
            assert_eq!(
                (answer.status, answer.body),
                (200, json!({"payment_id": id, "status": "canceled"}))
            );
        }
        assert_eq!(code(&merchant.captures(id).await), (200, "wrong_state"));
        assert_eq!(
            code(&merchant.saves(id, "ann").await),
            (200, "not_captured")
        );
    }
    let sold = merchant.sells("ann", "visa").await;
    assert_eq!(code(&merchant.cancels(&sold).await), (200, "wrong_state"));
    assert_eq!(merchant.taken().await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn at_most_the_authorized_amount_is_captured_once() {
    let world = world().await;
    let merchant = Merchant::new(&world);
    let begun = merchant.begins("ann").await;
    merchant.reads(&begun, "visa").await;
    let capture = |amount: serde_json::Value| json!({"payment_id": begun["payment_id"], "amount": amount, "external_account_id": merchant.account});
    for (amount, expected) in [
        (json!("13.00"), (400, "invalid_amount")),
        (json!("12.999"), (400, "invalid_amount")),
        (json!(0), (400, "invalid_amount")),
        (json!("twelve"), (400, "invalid_request")),
    ] {
        let answer = merchant.posts("/payment/capture", &capture(amount)).await;
        assert_eq!(code(&answer), expected);
    }
    for _ in 0..2 {
        let answer = merchant
            .posts("/payment/capture", &capture(json!(12.5)))
            .await;
        assert_eq!(answer.body["amount"], "12.50", "{answer:?}");
    }
    let other = merchant
        .posts("/payment/capture", &capture(json!("12.99")))
        .await;
    assert_eq!(code(&other), (200, "wrong_state"));
    let calls = world
        .gateway_calls("POST", "/v1/payment_intents/*/capture")
        .await;
    assert_eq!(calls, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_card_twice_is_one_and_newer_cards_are_first() {
    let world = world().await;
    let merchant = Merchant::new(&world);
    let visa = merchant.keeps("ann", "visa").await;
    let master = merchant.keeps("ann", "mastercard").await;
    assert_eq!(merchant.keeps("ann", "visa").await, visa);
    let ids: Vec<_> = merchant.list("ann").await;
    assert_eq!(ids.len(), 2);
    assert_eq!(ids[0]["payment_method_id"], master);
    assert!(merchant.list("bob").await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_save_repeated_after_a_lost_response_is_one_card() {
    let world = world().await;
    let merchant = Merchant::new(&world);
    let id = merchant.sells("ann", "visa").await;
    let body = merchant.card(&id, "ann");
    let first = merchant.posts_keyed("/customer/card", &body, "k1").await;
    let again = merchant.posts_keyed("/customer/card", &body, "k1").await;
    assert_eq!((first.status, &first), (200, &again));
    assert_eq!(
        merchant.saves(&id, "ann").await,
        first,
        "also without a key"
    );
    assert_eq!(merchant.list("ann").await.len(), 1);
}

/// A tip is the payer's decision: it is captured with the sale, or nothing is captured.
#[tokio::test(flavor = "multi_thread")]
async fn a_tip_at_the_reader_is_captured_in_full_or_refused() {
    let world = world().await;
    let merchant = Merchant::new(&world);
    let begun = merchant.begins("ann").await;
    let read = merchant
        .reads_with(&begun, &[("card", "visa"), ("tip", "200")])
        .await;
    assert_eq!(read["paymentIntent"]["amount"], 1499, "{read}");
    let without = merchant.captures(&begun["payment_id"]).await;
    assert_eq!(code(&without), (400, "invalid_amount"));
    assert_eq!(
        without.body["error"]["message"],
        "A tip was given at the reader. Please capture all of it, 14.99 USD, or cancel the payment."
    );
    assert_eq!(merchant.taken().await, 0);
    let whole = json!({
        "payment_id": begun["payment_id"], "amount": "14.99", "external_account_id": merchant.account
    });
    let taken = merchant.posts("/payment/capture", &whole).await;
    assert_eq!(
        (&taken.body["status"], &taken.body["amount"]),
        (&json!("succeeded"), &json!("14.99"))
    );
}
