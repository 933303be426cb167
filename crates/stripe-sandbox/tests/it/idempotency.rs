//! Tests of idempotency keys.

use crate::support::{ApiResponse, Bench, RequestParts};
use reqwest::Method;
use serde_json::json;

async fn post(bench: &Bench, path: &str, form: &[(&str, &str)], key: &str) -> ApiResponse {
    bench
        .call_with(
            "sk_test_shop",
            Method::POST,
            path,
            RequestParts {
                form,
                headers: &[("idempotency-key", key)],
            },
        )
        .await
}

#[tokio::test]
async fn the_same_key_replays_status_and_body() {
    let bench = Bench::start().await;
    let first = post(&bench, "/v1/customers", &[("email", "a@b.example")], "k1").await;
    let again = post(&bench, "/v1/customers", &[("email", "a@b.example")], "k1").await;
    assert_eq!((first.status, &first.body), (again.status, &again.body));
    assert!(first.headers.get("idempotent-replayed").is_none());
    assert_eq!(again.headers["idempotent-replayed"], "true");
    assert_ne!(first.headers["request-id"], again.headers["request-id"]);

    let form = [
        ("payment_method", "pm_card_chargeDeclined"),
        ("confirm", "true"),
    ];
    let refused = post(&bench, "/v1/setup_intents", &form, "k2").await;
    assert_eq!(refused.status, 402);
    assert_eq!(
        post(&bench, "/v1/setup_intents", &form, "k2").await.body,
        refused.body
    );
}

#[tokio::test]
async fn other_parameters_under_the_same_key_are_an_error() {
    let bench = Bench::start().await;
    post(&bench, "/v1/customers", &[("email", "a@b.example")], "k").await;
    for (path, form) in [
        ("/v1/customers", [("email", "c@d.example")]),
        ("/v1/setup_intents", [("description", "x")]),
    ] {
        let other = post(&bench, path, &form, "k").await;
        assert_eq!(
            (other.status.as_u16(), other.at("/error/type")),
            (400, "idempotency_error")
        );
    }
}

#[tokio::test]
async fn a_call_rejected_before_execution_is_not_stored() {
    let bench = Bench::start().await;
    assert_eq!(
        post(&bench, "/v1/customers", &[("nickname", "x")], "k")
            .await
            .status,
        400
    );
    assert_eq!(
        post(&bench, "/v1/customers", &[("email", "a@b.example")], "k")
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn a_second_call_during_the_first_is_a_conflict() {
    let bench = Bench::start().await;
    bench
        .fault(
            "sk_test_shop",
            json!({ "on": "api", "do": "latency", "ms": 3000, "times": 1 }),
        )
        .await;
    let first = post(&bench, "/v1/customers", &[], "k");
    let second = async {
        bench.wait_for_call("pk_test_shop", "/v1/customers").await;
        // The key is reserved just after the call is recorded.
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        post(&bench, "/v1/customers", &[], "k").await
    };
    let (first, second) = tokio::join!(first, second);
    assert_eq!(first.status, 200);
    assert_eq!(second.error_codes(), (409, "idempotency_key_in_use", ""));
    assert_eq!(
        post(&bench, "/v1/customers", &[], "k").await.body,
        first.body
    );
}

#[tokio::test]
async fn a_lost_response_is_replayed() {
    let bench = Bench::start().await;
    bench
        .fault(
            "sk_test_shop",
            json!({ "on": "api", "do": "drop_after", "times": 1 }),
        )
        .await;
    let url = format!("{}/v1/customers", bench.origins().api);
    let lost = bench
        .http
        .post(url)
        .bearer_auth("sk_test_shop")
        .header("idempotency-key", "k")
        .form(&[("email", "a@b.example")]);
    assert!(lost.send().await.is_err());
    let found = post(&bench, "/v1/customers", &[("email", "a@b.example")], "k").await;
    assert_eq!(found.headers["idempotent-replayed"], "true");
    let all = bench.get("/v1/customers", &[]).await;
    assert_eq!(all.body["data"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_call_is_completed_after_the_client_disconnects() {
    let bench = Bench::start().await;
    bench
        .fault(
            "sk_test_shop",
            json!({ "on": "api", "do": "latency", "ms": 3000, "times": 1 }),
        )
        .await;
    let url = format!("{}/v1/customers", bench.origins().api);
    let call = bench.http.post(url).bearer_auth("sk_test_shop").send();
    tokio::select! {
        answer = call => panic!("it was to take longer: {answer:?}"),
        () = bench.wait_for_call("pk_test_shop", "/v1/customers") => {}
    }
    let mut made = 0;
    for _ in 0..300 {
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        made = bench.get("/v1/customers", &[]).await.body["data"]
            .as_array()
            .unwrap()
            .len();
        if made > 0 {
            break;
        }
    }
    assert_eq!(made, 1);
}

#[tokio::test]
async fn a_key_that_is_a_day_old_is_forgotten() {
    let bench = Bench::start().await;
    let first = post(&bench, "/v1/customers", &[("email", "a@b.example")], "k").await;
    let age = async |hours: u64| {
        let url = format!("{}/sandbox/idempotency", bench.origins().api);
        let body = json!({"key": "sk_test_shop", "older_by_hours": hours});
        let answer = bench.http.post(url).json(&body).send().await.unwrap();
        answer.json::<serde_json::Value>().await.unwrap()["remembered"].clone()
    };
    assert_eq!(age(23).await, 1);
    let again = post(&bench, "/v1/customers", &[("email", "a@b.example")], "k").await;
    assert_eq!(again.at("/id"), first.at("/id"));
    assert_eq!(age(1).await, 0);
    let new = post(&bench, "/v1/customers", &[("email", "c@d.example")], "k").await;
    assert_ne!(new.at("/id"), first.at("/id"));
}

#[tokio::test]
async fn a_fault_can_lose_the_replayed_responses_too() {
    let bench = Bench::start().await;
    let fault = json!({"on": "api", "do": "drop_after", "replays": true, "times": 2});
    bench.fault("sk_test_shop", fault).await;
    let url = format!("{}/v1/customers", bench.origins().api);
    for _ in 0..2 {
        let lost = bench.http.post(&url).bearer_auth("sk_test_shop");
        let lost = lost
            .header("idempotency-key", "k")
            .form(&[("email", "a@b.example")]);
        assert!(lost.send().await.is_err());
    }
    let found = post(&bench, "/v1/customers", &[("email", "a@b.example")], "k").await;
    assert_eq!(found.headers["idempotent-replayed"], "true");
    let all = bench.get("/v1/customers", &[]).await;
    assert_eq!(all.body["data"].as_array().unwrap().len(), 1);
}
