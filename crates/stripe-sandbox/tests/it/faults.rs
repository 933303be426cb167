//! Tests of faults: each has its effect, for its account, the set number of times.

use crate::support::{Bench, read};
use reqwest::Method;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

async fn script(bench: &Bench, query: &str) -> reqwest::Result<reqwest::Response> {
    script_within(bench, query, Duration::from_secs(30)).await
}

async fn script_within(
    bench: &Bench,
    query: &str,
    limit: Duration,
) -> reqwest::Result<reqwest::Response> {
    let url = format!("{}{query}", bench.origins().stripe_js());
    bench.http.get(url).timeout(limit).send().await
}

#[tokio::test]
async fn a_fault_applies_to_its_account_and_the_set_number_of_times() {
    let bench = Bench::start().await;
    let fault = json!({ "on": "api", "do": "status", "status": 500, "method": "POST", "path": "/v1/setup_intents", "skip": 1, "times": 2 });
    bench.fault("pk_test_shop", fault).await;
    let mut statuses = Vec::new();
    for _ in 0..5 {
        statuses.push(bench.post("/v1/setup_intents", &[]).await.status.as_u16());
        let other = bench
            .call("sk_test_other", Method::POST, "/v1/setup_intents", &[])
            .await;
        assert_eq!(other.status, 200);
        assert_eq!(bench.get("/v1/setup_intents", &[]).await.status, 200);
    }
    assert_eq!(statuses, [200, 500, 500, 200, 200]);
}

#[tokio::test]
async fn injected_statuses_have_stripes_error_bodies() {
    let bench = Bench::start().await;
    for (status, code) in [
        (429, "rate_limit"),
        (500, ""),
        (503, ""),
        (409, "idempotency_key_in_use"),
    ] {
        bench
            .fault(
                "pk_test_shop",
                json!({ "on": "api", "do": "status", "status": status, "times": 1 }),
            )
            .await;
        assert_eq!(
            bench.post("/v1/customers", &[]).await.error_codes(),
            (status, code, "")
        );
    }
    assert_eq!(
        bench.get("/v1/customers", &[]).await.body["data"],
        json!([])
    );
}

#[tokio::test]
async fn a_dropped_call_is_not_executed() {
    let bench = Bench::start().await;
    bench
        .fault(
            "pk_test_shop",
            json!({ "on": "api", "do": "drop", "times": 1 }),
        )
        .await;
    let url = format!("{}/v1/customers", bench.origins().api);
    assert!(
        bench
            .http
            .post(url)
            .bearer_auth("sk_test_shop")
            .send()
            .await
            .is_err()
    );
    assert_eq!(
        bench.get("/v1/customers", &[]).await.body["data"],
        json!([])
    );
}

#[tokio::test]
async fn an_injected_rate_limit_has_its_headers() {
    let bench = Bench::start().await;
    let fault = json!({ "on": "api", "do": "status", "status": 429 });
    bench.fault("pk_test_shop", fault).await;
    let refused = bench.post("/v1/customers", &[]).await;
    assert_eq!(refused.error_codes(), (429, "rate_limit", ""));
    assert_eq!(refused.headers["stripe-rate-limited-reason"], "global-rate");
}

#[tokio::test]
async fn the_script_fails_then_works() {
    let bench = Bench::start().await;
    bench
        .fault(
            "pk_test_shop",
            json!({ "on": "script", "do": "not_found", "times": 2 }),
        )
        .await;
    let mut statuses = Vec::new();
    for _ in 0..3 {
        statuses.push(
            script(&bench, "?key=pk_test_shop")
                .await
                .unwrap()
                .status()
                .as_u16(),
        );
    }
    assert_eq!(statuses, [404, 404, 200]);
    assert_eq!(script(&bench, "").await.unwrap().status(), 200);
}

#[tokio::test]
async fn the_script_fails_in_each_way() {
    let bench = Bench::start().await;
    for (what, start) in [
        ("wrong_type", "<!doctype html>"),
        ("throws", "throw "),
        ("no_stripe", "/*"),
    ] {
        bench
            .fault(
                "pk_test_shop",
                json!({ "on": "script", "do": what, "times": 1 }),
            )
            .await;
        let text = script(&bench, "?key=pk_test_shop")
            .await
            .unwrap()
            .text()
            .await
            .unwrap();
        assert!(text.starts_with(start), "{what}: {text}");
    }
    for what in ["hang", "drop"] {
        bench
            .fault(
                "pk_test_shop",
                json!({ "on": "script", "do": what, "times": 1 }),
            )
            .await;
        let broken = script_within(&bench, "?key=pk_test_shop", Duration::from_secs(2)).await;
        assert!(broken.is_err(), "{what}");
    }
    bench
        .fault(
            "pk_test_shop",
            json!({ "on": "script", "do": "slow", "ms": 300, "times": 1 }),
        )
        .await;
    let begun = Instant::now();
    assert_eq!(
        script(&bench, "?key=pk_test_shop").await.unwrap().status(),
        200
    );
    assert!(begun.elapsed() >= Duration::from_millis(300));
}

#[tokio::test]
async fn a_field_can_fail_alone() {
    let bench = Bench::start().await;
    bench
        .fault(
            "pk_test_shop",
            json!({ "on": "fields", "do": "never_ready", "element": "cardCvc" }),
        )
        .await;
    for (key, element, broken) in [
        ("pk_test_shop", "cardCvc", true),
        ("pk_test_shop", "cardNumber", false),
        ("pk_test_other", "cardCvc", false),
    ] {
        let url = format!(
            "{}/field?key={key}&element={element}",
            bench.origins().fields
        );
        let page = bench
            .http
            .get(url)
            .send()
            .await
            .unwrap()
            .text()
            .await
            .unwrap();
        assert_eq!(
            page.contains("data-fault=\"never_ready\""),
            broken,
            "{key} {element}"
        );
    }
}

#[tokio::test]
async fn misspelt_faults_are_refused() {
    let bench = Bench::start().await;
    let url = format!("{}/sandbox/faults", bench.origins().api);
    for fault in [
        json!({ "on": "api", "do": "explode" }),
        json!({ "on": "script", "do": "drop_after" }),
        json!({ "on": "api", "do": "latency", "milliseconds": 5 }),
        json!({ "on": "api", "do": "status", "status": 200 }),
        json!({ "on": "api", "do": "latency" }),
        json!({ "on": "api", "do": "latency", "ms": 900_000 }),
        json!({ "on": "api", "do": "drop", "status": 500 }),
        json!({ "on": "api", "do": "drop", "method": "post" }),
        json!({ "on": "api", "do": "drop", "element": "cardNumber" }),
        json!({ "on": "fields", "do": "never_ready", "element": "cardnumber" }),
        json!({ "on": "script", "do": "drop", "times": 0 }),
        json!({ "on": "challenge", "do": "frictionless", "ms": 5 }),
        json!({ "on": "challenge", "do": "frictionles" }),
        json!({ "do": "drop" }),
        json!("api"),
    ] {
        let body = json!({ "key": "pk_test_shop", "faults": [fault] }).to_string();
        let answer = bench
            .http
            .post(&url)
            .header("content-type", "application/json")
            .body(body)
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), 400, "{fault}");
    }
    let listed = read(bench.http.get(&url).send().await.unwrap()).await;
    assert_eq!(listed.body["faults"], Value::Array(Vec::new()));
}

#[tokio::test]
async fn faults_are_listed_with_their_counts_and_cleared() {
    let bench = Bench::start().await;
    bench
        .fault("pk_test_shop", json!({ "on": "api", "do": "status" }))
        .await;
    bench
        .fault("pk_test_other", json!({ "on": "api", "do": "status" }))
        .await;
    bench.post("/v1/customers", &[]).await;
    let url = format!("{}/sandbox/faults", bench.origins().api);
    let listed = read(
        bench
            .http
            .get(format!("{url}?key=pk_test_shop"))
            .send()
            .await
            .unwrap(),
    )
    .await;
    assert_eq!(
        (
            listed.body["faults"].as_array().unwrap().len(),
            &listed.body["faults"][0]["spoiled"]
        ),
        (1, &json!(1))
    );
    let body = json!({ "key": "pk_test_shop", "clear": true }).to_string();
    bench
        .http
        .post(&url)
        .header("content-type", "application/json")
        .body(body)
        .send()
        .await
        .unwrap();
    assert_eq!(bench.post("/v1/customers", &[]).await.status, 200);
    assert_eq!(
        bench
            .call("sk_test_other", Method::POST, "/v1/customers", &[])
            .await
            .status,
        500
    );
}

#[tokio::test]
async fn a_fault_is_removed_by_its_number() {
    let bench = Bench::start().await;
    let fault = json!({ "on": "api", "do": "status" });
    bench.fault("pk_test_shop", fault.clone()).await;
    bench.fault("pk_test_other", fault).await;
    let url = format!("{}/sandbox/faults", bench.origins().api);
    let listed = read(bench.http.get(&url).send().await.unwrap()).await;
    let body = json!({ "lift": [listed.body["faults"][0]["number"]] }).to_string();
    let order = bench
        .http
        .post(&url)
        .header("content-type", "application/json");
    let left = read(order.body(body).send().await.unwrap()).await;
    assert_eq!(left.body["faults"].as_array().unwrap().len(), 1);
    assert_eq!(left.at("/faults/0/account"), "other");
    assert_eq!(bench.post("/v1/customers", &[]).await.status, 200);
}
