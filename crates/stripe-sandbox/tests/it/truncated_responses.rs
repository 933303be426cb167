//! Tests of truncated responses, and of `lock_timeout`.

use crate::support::Bench;
use serde_json::json;

#[tokio::test]
async fn lock_timeout_is_a_429_and_codes_need_their_status() {
    let bench = Bench::start().await;
    let locked =
        json!({ "on": "api", "do": "status", "status": 429, "code": "lock_timeout", "times": 1 });
    bench.fault("pk_test_shop", locked).await;
    let refused = bench.post("/v1/customers", &[]).await;
    assert_eq!(refused.error_codes(), (429, "lock_timeout", ""));
    assert!(refused.headers.get("stripe-rate-limited-reason").is_none());
    for (status, code) in [
        (409, "lock_timeout"),
        (500, "rate_limit"),
        (429, "idempotency_key_in_use"),
    ] {
        let fault = json!({ "on": "api", "do": "status", "status": status, "code": code });
        let orders = json!({ "key": "pk_test_shop", "faults": [fault] });
        assert_eq!(
            bench.control("/sandbox/faults", orders).await.status,
            400,
            "{status} {code}"
        );
    }
}

#[tokio::test]
async fn a_truncated_call_is_executed_and_its_response_ends_early() {
    let bench = Bench::start().await;
    bench
        .fault(
            "pk_test_shop",
            json!({ "on": "api", "do": "cut", "times": 1 }),
        )
        .await;
    let url = format!("{}/v1/customers", bench.origins().api);
    let send = || {
        bench
            .http
            .post(&url)
            .bearer_auth("sk_test_shop")
            .header("idempotency-key", "once")
            .send()
    };
    let mut cut = send().await.unwrap();
    assert_eq!(cut.status(), 200);
    let content_length = cut.content_length().unwrap();
    let mut got = 0;
    let broken = loop {
        match cut.chunk().await {
            Ok(Some(part)) => got += u64::try_from(part.len()).unwrap(),
            Ok(None) => break false,
            Err(_) => break true,
        }
    };
    assert!(
        broken && got == content_length / 2,
        "{got} of {content_length}"
    );
    let whole = crate::support::read(send().await.unwrap()).await;
    assert_eq!(whole.headers["idempotent-replayed"], "true");
    let all = bench.get("/v1/customers", &[]).await;
    assert_eq!(all.at("/data/0/id"), whole.id());
    assert_eq!(all.body["data"].as_array().unwrap().len(), 1);
}
