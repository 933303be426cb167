//! Tests of events: which are recorded, in which order, and how they are listed.

use crate::support::{Bench, RequestParts};
use reqwest::Method;
use serde_json::Value;

/// The types of the recorded events, oldest first.
async fn kinds(bench: &Bench, form: &[(&str, &str)]) -> Vec<String> {
    let mut form = form.to_vec();
    form.push(("limit", "100"));
    let list = bench.get("/v1/events", &form).await;
    let events = list.body["data"].as_array().unwrap();
    let kind = |event: &Value| event["type"].as_str().unwrap().to_owned();
    events.iter().rev().map(kind).collect()
}

#[tokio::test]
async fn a_setup_records_an_event_for_each_step() {
    let bench = Bench::start().await;
    let ann = bench.customer().await;
    bench.set_up(&ann, "4000000000000002").await;
    let (confirmed, _) = bench.set_up(&ann, "4000002760003184").await;
    let source = confirmed.at("/next_action/use_stripe_sdk/source");
    bench.press(source, "complete").await;
    let idle = bench.post("/v1/setup_intents", &[]).await;
    let path = format!("/v1/setup_intents/{}/cancel", idle.id());
    bench.post(&path, &[]).await;
    assert_eq!(
        kinds(&bench, &[]).await,
        [
            "customer.created",
            "setup_intent.created",
            "setup_intent.setup_failed",
            "setup_intent.created",
            "setup_intent.requires_action",
            "payment_method.attached",
            "setup_intent.succeeded",
            "setup_intent.created",
            "setup_intent.canceled",
        ]
    );
    let failed = bench
        .get("/v1/events", &[("type", "setup_intent.setup_failed")])
        .await;
    assert_eq!(
        failed.at("/data/0/data/object/last_setup_error/code"),
        "card_declined"
    );
    // An event that the bank's page caused has no request.
    let succeeded = bench
        .get("/v1/events", &[("type", "setup_intent.succeeded")])
        .await;
    assert!(succeeded.body["data"][0]["request"]["id"].is_null());
}

#[tokio::test]
async fn a_payment_records_an_event_for_each_step() {
    let bench = Bench::start().await;
    let pay = [
        ("amount", "500"),
        ("currency", "usd"),
        ("confirm", "true"),
        ("payment_method", "pm_card_visa"),
    ];
    bench.post("/v1/payment_intents", &pay).await;
    let mut held = pay.to_vec();
    held.push(("capture_method", "manual"));
    let held = bench.post("/v1/payment_intents", &held).await;
    let path = format!("/v1/payment_intents/{}/capture", held.id());
    bench.post(&path, &[]).await;
    let mut refused = pay.to_vec();
    refused[3].1 = "pm_card_chargeDeclined";
    bench.post("/v1/payment_intents", &refused).await;
    assert_eq!(
        kinds(&bench, &[]).await,
        [
            "payment_intent.created",
            "charge.succeeded",
            "payment_intent.succeeded",
            "payment_intent.created",
            "charge.succeeded",
            "payment_intent.amount_capturable_updated",
            "charge.captured",
            "payment_intent.succeeded",
            "payment_intent.created",
            "charge.failed",
            "payment_intent.payment_failed",
        ]
    );
    assert_eq!(
        kinds(&bench, &[("type", "charge.*")]).await,
        [
            "charge.succeeded",
            "charge.succeeded",
            "charge.captured",
            "charge.failed"
        ]
    );
    assert!(kinds(&bench, &[("created[lt]", "1000")]).await.is_empty());
}

#[tokio::test]
async fn an_update_event_has_the_previous_values_and_needs_a_change() {
    let bench = Bench::start().await;
    let ann = bench.customer().await;
    let path = format!("/v1/customers/{ann}");
    bench.post(&path, &[("email", "ann@example.org")]).await;
    bench.post(&path, &[("name", "Ann")]).await;
    bench
        .post(
            "/v1/payment_methods/pm_card_visa/attach",
            &[("customer", &ann)],
        )
        .await;
    let cards = bench
        .get("/v1/payment_methods", &[("customer", &ann)])
        .await;
    let card = format!("/v1/payment_methods/{}", cards.at("/data/0/id"));
    bench
        .post(
            &card,
            &[("card[exp_month]", "3"), ("card[exp_year]", "2040")],
        )
        .await;
    bench.post(&format!("{card}/detach"), &[]).await;
    assert_eq!(
        kinds(&bench, &[]).await,
        [
            "customer.created",
            "customer.updated",
            "payment_method.attached",
            "payment_method.updated",
            "payment_method.detached",
        ]
    );
    let list = bench.get("/v1/events", &[]).await;
    let previous = |place: usize| &list.body["data"][place]["data"]["previous_attributes"];
    assert_eq!(previous(0)["customer"], ann.as_str());
    assert_eq!(previous(1)["card"]["exp_month"], 12);
    assert!(previous(1)["card"].get("brand").is_none());
    assert!(previous(3)["name"].is_null() && previous(3).get("name").is_some());
}

#[tokio::test]
async fn a_replayed_request_records_one_event() {
    let bench = Bench::start().await;
    for _ in 0..2 {
        let key = [("idempotency-key", "k")];
        bench
            .call_with(
                "sk_test_shop",
                Method::POST,
                "/v1/customers",
                RequestParts {
                    form: &[],
                    headers: &key,
                },
            )
            .await;
    }
    let list = bench.get("/v1/events", &[]).await;
    assert_eq!(list.body["data"].as_array().unwrap().len(), 1);
    assert_eq!(list.at("/data/0/request/idempotency_key"), "k");
}
