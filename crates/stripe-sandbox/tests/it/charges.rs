//! Tests of charges and refunds.

use crate::support::{ApiResponse, Bench};
use serde_json::json;

async fn pay(bench: &Bench, more: &[(&str, &str)]) -> ApiResponse {
    let mut form = vec![("amount", "1250"), ("currency", "usd"), ("confirm", "true")];
    form.extend_from_slice(more);
    bench.post("/v1/payment_intents", &form).await
}

#[tokio::test]
async fn a_payment_creates_a_charge_that_can_be_expanded_listed_and_refunded() {
    let bench = Bench::start().await;
    let form = [
        ("payment_method", "pm_card_mastercard"),
        ("expand[]", "latest_charge.payment_intent"),
    ];
    let paid = pay(&bench, &form).await;
    let charge = &paid.body["latest_charge"];
    assert_eq!(charge["payment_intent"]["id"], paid.id());
    assert_eq!(
        (
            &charge["status"],
            &charge["captured"],
            &charge["amount_captured"]
        ),
        (&json!("succeeded"), &json!(true), &json!(1250))
    );
    let card = &charge["payment_method_details"]["card"];
    assert_eq!(
        (&card["brand"], &card["last4"], &card["three_d_secure"]),
        (&json!("mastercard"), &json!("4444"), &json!(null))
    );
    let id = charge["id"].as_str().unwrap();
    let listed = bench
        .get("/v1/charges", &[("payment_intent", paid.id())])
        .await;
    assert_eq!(listed.at("/data/0/id"), id);

    let part = bench
        .post("/v1/refunds", &[("charge", id), ("amount", "250")])
        .await;
    assert_eq!(part.body["amount"], 250);
    let rest = bench
        .post("/v1/refunds", &[("payment_intent", paid.id())])
        .await;
    assert_eq!(rest.body["amount"], 1000);
    let after = bench.get(&format!("/v1/charges/{id}"), &[]).await;
    assert_eq!(after.body["refunded"], true);
    let again = bench.post("/v1/refunds", &[("charge", id)]).await;
    assert_eq!(again.error_codes(), (400, "charge_already_refunded", ""));
}

#[tokio::test]
async fn a_failed_charge_has_a_reason() {
    let bench = Bench::start().await;
    let refused = pay(
        &bench,
        &[("payment_method", "pm_card_chargeDeclinedInsufficientFunds")],
    )
    .await;
    let id = refused.at("/error/charge");
    let charge = bench.get(&format!("/v1/charges/{id}"), &[]).await;
    assert_eq!(
        (
            charge.at("/status"),
            charge.at("/failure_code"),
            charge.at("/outcome/reason")
        ),
        ("failed", "card_declined", "insufficient_funds")
    );
    let back = bench.post("/v1/refunds", &[("charge", id)]).await;
    assert_eq!(back.error_codes(), (400, "charge_not_refundable", ""));
}

#[tokio::test]
async fn a_partial_capture_and_a_cancellation_release_the_rest() {
    let bench = Bench::start().await;
    let held = [
        ("payment_method", "pm_card_visa"),
        ("capture_method", "manual"),
    ];
    let first = pay(&bench, &held).await;
    let charge = format!("/v1/charges/{}", first.at("/latest_charge"));
    assert_eq!(bench.get(&charge, &[]).await.body["captured"], false);
    let path = format!("/v1/payment_intents/{}/capture", first.id());
    bench.post(&path, &[("amount_to_capture", "1000")]).await;
    let after = bench.get(&charge, &[]).await.body;
    assert_eq!(
        (
            &after["amount_captured"],
            &after["amount_refunded"],
            &after["refunded"]
        ),
        (&json!(1000), &json!(250), &json!(false))
    );
    let second = pay(&bench, &held).await;
    let path = format!("/v1/payment_intents/{}/cancel", second.id());
    let gone = bench
        .post(&path, &[("cancellation_reason", "requested_by_customer")])
        .await;
    assert_eq!(
        (gone.at("/status"), gone.at("/cancellation_reason")),
        ("canceled", "requested_by_customer")
    );
    let charge = format!("/v1/charges/{}", second.at("/latest_charge"));
    assert_eq!(bench.get(&charge, &[]).await.body["refunded"], true);
}

#[tokio::test]
async fn a_completed_challenge_is_recorded_in_the_charge() {
    let bench = Bench::start().await;
    let waiting = pay(
        &bench,
        &[("payment_method", "pm_card_threeDSecure2Required")],
    )
    .await;
    assert!(waiting.body["latest_charge"].is_null());
    let source = waiting.at("/next_action/use_stripe_sdk/source");
    bench.press(source, "complete").await;
    let path = format!("/v1/payment_intents/{}", waiting.id());
    let after = bench.get(&path, &[("expand[]", "latest_charge")]).await;
    let three_d_secure =
        after.body["latest_charge"]["payment_method_details"]["card"]["three_d_secure"].clone();
    assert_eq!(
        (
            &three_d_secure["authentication_flow"],
            &three_d_secure["result"]
        ),
        (&json!("challenge"), &json!("authenticated"))
    );
}
