//! Tests of the faults of intents and of the bank's page.

use crate::support::Bench;
use serde_json::json;

#[tokio::test]
async fn a_setup_intent_may_have_ended_before_its_confirmation() {
    let bench = Bench::start().await;
    for (what, status) in [("succeeded", "succeeded"), ("canceled", "canceled")] {
        bench
            .fault(
                "pk_test_shop",
                json!({ "on": "intent", "do": what, "times": 1 }),
            )
            .await;
        let customer = bench.customer().await;
        let (confirmed, after) = bench.set_up(&customer, "4242424242424242").await;
        assert_eq!(
            confirmed.error_codes(),
            (400, "setup_intent_unexpected_state", "")
        );
        assert_eq!(after.at("/status"), status);
        assert!(after.at("/payment_method").starts_with("pm_"));
    }
    bench
        .fault(
            "pk_test_shop",
            json!({ "on": "intent", "do": "processing", "times": 1 }),
        )
        .await;
    let customer = bench.customer().await;
    assert_eq!(
        bench
            .set_up(&customer, "4242424242424242")
            .await
            .0
            .at("/status"),
        "processing"
    );
}

#[tokio::test]
async fn a_payment_intent_may_have_ended_before_its_confirmation() {
    let bench = Bench::start().await;
    for (what, status) in [
        ("succeeded", "succeeded"),
        ("canceled", "canceled"),
        ("processing", "processing"),
    ] {
        let fault = json!({ "on": "intent", "do": what, "times": 1 });
        bench.fault("pk_test_shop", fault).await;
        let intent = bench
            .post(
                "/v1/payment_intents",
                &[("amount", "1500"), ("currency", "usd")],
            )
            .await;
        let path = format!("/v1/payment_intents/{}", intent.id());
        let confirmed = bench
            .post(
                &format!("{path}/confirm"),
                &[("payment_method", "pm_card_visa")],
            )
            .await;
        let refused = if what == "processing" { 200 } else { 400 };
        assert_eq!(confirmed.status, refused, "{what}");
        assert_eq!(bench.get(&path, &[]).await.at("/status"), status);
    }
}

#[tokio::test]
async fn an_intent_may_belong_to_another_account() {
    let bench = Bench::start().await;
    let fault = json!({ "on": "intent", "do": "wrong_account", "by": "publishable", "times": 1 });
    bench.fault("pk_test_shop", fault).await;
    let customer = bench.customer().await;
    let (confirmed, after) = bench.set_up(&customer, "4242424242424242").await;
    assert_eq!(confirmed.error_codes(), (404, "resource_missing", ""));
    assert_eq!(after.at("/status"), "requires_payment_method");
}

#[tokio::test]
async fn a_frictionless_bank_authenticates_without_a_challenge() {
    let bench = Bench::start().await;
    let fault = json!({ "on": "challenge", "do": "frictionless", "times": 1 });
    bench.fault("pk_test_shop", fault).await;
    let customer = bench.customer().await;
    // A card that needs no challenge does not use the fault.
    for (number, status) in [
        ("4242424242424242", "succeeded"),
        ("4000002500003155", "succeeded"),
        ("4000002500003155", "requires_action"),
    ] {
        let (confirmed, _) = bench.set_up(&customer, number).await;
        assert_eq!(confirmed.at("/status"), status, "{number}");
    }
}

async fn bank_page(bench: &Bench) -> reqwest::Response {
    let customer = bench.customer().await;
    let (confirmed, _) = bench.set_up(&customer, "4000002500003155").await;
    let source = confirmed.at("/next_action/use_stripe_sdk/source");
    let url = format!("{}/challenge/{source}", bench.origins().hooks);
    bench.http.get(url).send().await.unwrap()
}

#[tokio::test]
async fn the_bank_page_fails_in_each_way() {
    let bench = Bench::start().await;
    let (hang, buttons) = ("Please wait", "id=\"complete\"");
    for (fault, status, holds) in [
        (
            json!({ "on": "challenge", "do": "hang", "times": 1 }),
            200,
            hang,
        ),
        (
            json!({ "on": "challenge", "do": "broken", "times": 1 }),
            503,
            "",
        ),
        (
            json!({ "on": "challenge", "do": "twice", "times": 1 }),
            200,
            "data-fault=\"twice\"",
        ),
        (
            json!({ "on": "challenge", "do": "late", "ms": 300, "times": 1 }),
            200,
            buttons,
        ),
    ] {
        bench.fault("pk_test_shop", fault.clone()).await;
        let begun = std::time::Instant::now();
        let page = bank_page(&bench).await;
        assert_eq!(page.status(), status, "{fault}");
        assert!(page.text().await.unwrap().contains(holds), "{fault}");
        assert!(begun.elapsed().as_millis() >= fault["ms"].as_u64().unwrap_or(0).into());
    }
    assert!(
        bank_page(&bench)
            .await
            .text()
            .await
            .unwrap()
            .contains(buttons)
    );
}
