//! Tests of the behaviour settings: each value of each setting, for its own account only.

use crate::support::Bench;
use reqwest::Method;
use serde_json::{Value, json};

async fn set_behaviour(bench: &Bench, name: &str, value: Value) {
    let orders = json!({ "key": "pk_test_shop", name: value });
    let answer = bench.control("/sandbox/switches", orders).await;
    assert_eq!(answer.status, 200, "{:?}", answer.body);
}

#[tokio::test]
async fn an_unattached_card_is_accepted_or_refused() {
    let bench = Bench::start().await;
    let ann = bench.customer().await;
    let (_, taken) = bench.set_up(&ann, "4242424242424242").await;
    assert_eq!(taken.at("/status"), "succeeded");
    set_behaviour(&bench, "unattached_card", json!("refused")).await;
    let (refused, after) = bench.set_up(&ann, "4242424242424242").await;
    assert_eq!(refused.error_codes(), (400, "resource_missing", ""));
    assert_eq!(after.at("/status"), "requires_payment_method");
}

#[tokio::test]
async fn expand_applies_after_a_challenge_or_not() {
    let bench = Bench::start().await;
    for (value, whole) in [("ignored", false), ("honoured", true)] {
        set_behaviour(&bench, "expand_after_challenge", json!(value)).await;
        let intent = bench.post("/v1/setup_intents", &[]).await;
        let path = format!("/v1/setup_intents/{}", intent.id());
        let secret = ("client_secret", intent.at("/client_secret"));
        let form = [
            secret,
            ("payment_method", "pm_card_threeDSecure2Required"),
            ("use_stripe_sdk", "true"),
            ("expand[]", "payment_method"),
        ];
        let confirm = format!("{path}/confirm");
        let challenged = bench
            .call("pk_test_shop", Method::POST, &confirm, &form)
            .await;
        let source = challenged.at("/next_action/use_stripe_sdk/source");
        bench.press(source, "complete").await;
        let seen = bench
            .call("pk_test_shop", Method::GET, &path, &[secret])
            .await;
        assert_eq!(seen.body["payment_method"].is_object(), whole, "{value}");
    }
}

#[tokio::test]
async fn an_intent_is_cancelled_after_the_set_number_of_failures() {
    let bench = Bench::start().await;
    set_behaviour(&bench, "refusals", json!(2)).await;
    for (noun, more) in [
        ("setup_intent", &[][..]),
        (
            "payment_intent",
            &[("amount", "500"), ("currency", "usd")][..],
        ),
    ] {
        let intent = bench.post(&format!("/v1/{noun}s"), more).await;
        let path = format!("/v1/{noun}s/{}/confirm", intent.id());
        let form = [("payment_method", "pm_card_chargeDeclined")];
        let first = bench.post(&path, &form).await;
        let status = format!("/error/{noun}/status");
        assert_eq!(first.at(&status), "requires_payment_method");
        assert_eq!(bench.post(&path, &form).await.at(&status), "canceled");
        let third = bench.post(&path, &form).await;
        assert_eq!(third.at("/error/code"), format!("{noun}_unexpected_state"));
    }
}

#[tokio::test]
async fn a_card_already_set_up_passes_or_is_challenged() {
    let bench = Bench::start().await;
    let ann = bench.customer().await;
    let (passed, _) = bench.set_up(&ann, "4000003800000446").await;
    assert_eq!(passed.at("/status"), "succeeded");
    set_behaviour(&bench, "already_set_up", json!("challenged")).await;
    let (challenged, _) = bench.set_up(&ann, "4000003800000446").await;
    assert_eq!(challenged.at("/status"), "requires_action");
}

#[tokio::test]
async fn a_card_number_from_a_server_is_accepted_or_refused() {
    let bench = Bench::start().await;
    let form = [
        ("type", "card"),
        ("card[number]", "4242424242424242"),
        ("card[exp_month]", "12"),
        ("card[exp_year]", "2040"),
    ];
    assert_eq!(bench.post("/v1/payment_methods", &form).await.status, 200);
    set_behaviour(&bench, "raw_numbers", json!("refused")).await;
    let refused = bench.post("/v1/payment_methods", &form).await;
    assert_eq!(
        (refused.status.as_u16(), refused.at("/error/type")),
        (402, "invalid_request_error")
    );
    assert_eq!(bench.card("4242424242424242").await.status, 200);
    let other = bench
        .call("sk_test_other", Method::POST, "/v1/payment_methods", &form)
        .await;
    assert_eq!(other.status, 200);
}

#[tokio::test]
async fn an_intent_without_types_accepts_cards_or_automatic_methods() {
    let bench = Bench::start().await;
    let form = [("payment_method", "pm_card_visa"), ("confirm", "true")];
    let cards = bench.post("/v1/setup_intents", &form).await;
    assert!(cards.body["automatic_payment_methods"].is_null());
    set_behaviour(&bench, "unnamed_types", json!("automatic")).await;
    let refused = bench.post("/v1/setup_intents", &form).await;
    assert_eq!(
        (refused.status.as_u16(), refused.at("/error/param")),
        (400, "return_url")
    );
    let mut form = form.to_vec();
    form.push(("return_url", "https://shop.example/back"));
    let done = bench.post("/v1/setup_intents", &form).await;
    assert_eq!(done.body["automatic_payment_methods"]["enabled"], true);
}

#[tokio::test]
async fn misspelt_settings_are_refused_and_all_settings_are_listed() {
    let bench = Bench::start().await;
    for odd in [
        json!({ "key": "pk_test_shop", "refusal": 3 }),
        json!({ "key": "pk_test_shop", "refusals": 0 }),
        json!({ "key": "pk_test_shop", "version": "2026" }),
        json!({ "refusals": 3 }),
    ] {
        let answer = bench.control("/sandbox/switches", odd.clone()).await;
        assert_eq!(answer.status, 400, "{odd}");
    }
    let listed = bench
        .control_get("/sandbox/switches?key=pk_test_shop")
        .await;
    assert_eq!(listed.body["switches"]["refusals"], 25);
    assert_eq!(listed.body["switches"]["unattached_card"], "taken");
}
