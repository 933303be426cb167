//! Tests of webhooks over HTTP: subscriptions, signatures, retries, and the delivery policy.

use crate::receiver::{Receiver, signed_by};
use crate::support::{ApiResponse, Bench};
use reqwest::Method;
use serde_json::{Value, json};

async fn endpoint(
    bench: &Bench,
    key: &str,
    receiver: &Receiver,
    more: &[(&str, &str)],
) -> ApiResponse {
    let url = receiver.url();
    let mut form = vec![("url", url.as_str()), ("enabled_events[]", "*")];
    form.extend_from_slice(more);
    bench
        .call(key, Method::POST, "/v1/webhook_endpoints", &form)
        .await
}

async fn control(bench: &Bench, path: &str, orders: Value) -> ApiResponse {
    let answer = bench.control(path, orders).await;
    assert_eq!(answer.status, 200, "{:?}", answer.body);
    answer
}

#[tokio::test]
async fn an_event_is_signed_with_the_secret_of_the_endpoint() {
    let bench = Bench::start().await;
    let receiver = Receiver::start(&[]).await;
    let made = endpoint(&bench, "sk_test_shop", &receiver, &[("description", "x")]).await;
    let secret = made.at("/secret");
    assert!(secret.starts_with("whsec_") && made.id().starts_with("we_"));
    let path = format!("/v1/webhook_endpoints/{}", made.id());
    assert!(bench.get(&path, &[]).await.body.get("secret").is_none());

    let ann = bench.customer().await;
    let got = receiver.next().await;
    let event = got.json();
    assert_eq!(
        (
            event["type"].as_str(),
            event["data"]["object"]["id"].as_str()
        ),
        (Some("customer.created"), Some(ann.as_str()))
    );
    assert!(signed_by(&got, secret));
    assert!(!signed_by(&got, "whsec_other"));
    let kept = bench
        .get(
            &format!("/v1/events/{}", event["id"].as_str().unwrap()),
            &[],
        )
        .await;
    assert_eq!(kept.body["data"], event["data"]);
    assert!(kept.at("/request/id").starts_with("req_"));
}

#[tokio::test]
async fn only_enabled_events_are_sent_and_none_after_deletion() {
    let bench = Bench::start().await;
    let receiver = Receiver::start(&[]).await;
    let url = receiver.url();
    let form = [
        ("url", url.as_str()),
        ("enabled_events[]", "customer.deleted"),
    ];
    let made = bench.post("/v1/webhook_endpoints", &form).await;
    let ann = bench.customer().await;
    let path = format!("/v1/customers/{ann}");
    bench.call("sk_test_shop", Method::DELETE, &path, &[]).await;
    assert_eq!(receiver.next().await.json()["type"], "customer.deleted");
    let path = format!("/v1/webhook_endpoints/{}", made.id());
    let gone = bench.call("sk_test_shop", Method::DELETE, &path, &[]).await;
    assert_eq!(gone.body["deleted"], true);
    let bob = bench.customer().await;
    let path = format!("/v1/customers/{bob}");
    bench.call("sk_test_shop", Method::DELETE, &path, &[]).await;
    receiver.expect_nothing().await;
}

#[tokio::test]
async fn a_rejected_event_is_retried_until_it_is_accepted() {
    let bench = Bench::start().await;
    let receiver = Receiver::start(&[500, 302]).await;
    endpoint(&bench, "sk_test_shop", &receiver, &[]).await;
    let orders = json!({ "key": "sk_test_shop", "backoff": 20, "retries": 5 });
    control(&bench, "/sandbox/webhooks", orders).await;
    bench.customer().await;
    let first = receiver.next().await.json()["id"].clone();
    let pending = bench
        .get(&format!("/v1/events/{}", first.as_str().unwrap()), &[])
        .await;
    assert_eq!(pending.body["pending_webhooks"], 1);
    for _ in 0..2 {
        assert_eq!(receiver.next().await.json()["id"], first);
    }
    receiver.expect_nothing().await;
    let log = bench
        .control_get("/sandbox/webhooks?key=pk_test_shop")
        .await;
    let seen: Vec<(u64, u64)> = log.body["deliveries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|d| {
            (
                d["attempt"].as_u64().unwrap(),
                d["status"].as_u64().unwrap(),
            )
        })
        .collect();
    assert_eq!(seen, [(1, 500), (2, 302), (3, 200)]);
    let done = bench
        .get(&format!("/v1/events/{}", first.as_str().unwrap()), &[])
        .await;
    assert_eq!(done.body["pending_webhooks"], 0);
}

#[tokio::test]
async fn a_delivery_and_an_event_can_be_redelivered() {
    let bench = Bench::start().await;
    let receiver = Receiver::start(&[]).await;
    endpoint(&bench, "sk_test_shop", &receiver, &[]).await;
    bench.customer().await;
    let first = receiver.next().await.json()["id"].clone();
    let log = bench
        .control_get("/sandbox/webhooks?key=pk_test_shop")
        .await;
    let number = log.body["deliveries"][0]["number"].clone();
    for orders in [json!({ "event": first }), json!({ "delivery": number })] {
        control(&bench, "/sandbox/webhooks/redeliver", orders).await;
        assert_eq!(receiver.next().await.json()["id"], first);
    }
    let unknown = bench
        .control("/sandbox/webhooks/redeliver", json!({ "event": "evt_x" }))
        .await;
    assert_eq!(unknown.status, 404);
}

#[tokio::test]
async fn the_policy_can_duplicate_and_shuffle() {
    let bench = Bench::start().await;
    let receiver = Receiver::start(&[]).await;
    endpoint(&bench, "sk_test_shop", &receiver, &[]).await;
    let orders = json!({ "key": "sk_test_shop", "duplicates": 1, "shuffle": true });
    control(&bench, "/sandbox/webhooks", orders).await;
    let (ann, bob) = (bench.customer().await, bench.customer().await);
    let mut seen = Vec::new();
    for _ in 0..4 {
        let event = receiver.next().await.json();
        seen.push(event["data"]["object"]["id"].as_str().unwrap().to_owned());
    }
    assert_eq!(seen, [bob.clone(), bob, ann.clone(), ann]);
    let odd = json!({ "key": "sk_test_shop", "duplicate": 1 });
    assert_eq!(bench.control("/sandbox/webhooks", odd).await.status, 400);
}

#[tokio::test]
async fn tampered_requests_fail_the_signature_check() {
    let bench = Bench::start().await;
    let receiver = Receiver::start(&[]).await;
    let made = endpoint(&bench, "sk_test_shop", &receiver, &[]).await;
    let secret = made.at("/secret").to_owned();
    for tamper in ["byte", "v0_only", "wrong_secret", "old_timestamp"] {
        let orders = json!({ "key": "sk_test_shop", "tamper": tamper });
        control(&bench, "/sandbox/webhooks", orders).await;
        bench.customer().await;
        let got = receiver.next().await;
        // The signature of an old timestamp is valid; only its age is wrong.
        assert_eq!(
            signed_by(&got, &secret),
            tamper == "old_timestamp",
            "{tamper}"
        );
        assert_eq!(got.age() > 300, tamper == "old_timestamp", "{tamper}");
        assert!(got.json()["id"].as_str().unwrap().starts_with("evt_"));
    }
}

#[tokio::test]
async fn a_rolled_secret_stays_valid_until_it_expires() {
    let bench = Bench::start().await;
    let receiver = Receiver::start(&[]).await;
    let made = endpoint(&bench, "sk_test_shop", &receiver, &[]).await;
    let roll = |seconds: i64| json!({ "key": "sk_test_shop", "endpoint": made.id(), "expires_in": seconds });
    let rolled = control(&bench, "/sandbox/webhooks/roll", roll(60)).await;
    bench.customer().await;
    let got = receiver.next().await;
    assert!(signed_by(&got, made.at("/secret")) && signed_by(&got, rolled.at("/secret")));
    let newest = control(&bench, "/sandbox/webhooks/roll", roll(0)).await;
    bench.customer().await;
    let got = receiver.next().await;
    assert!(!signed_by(&got, rolled.at("/secret")) && signed_by(&got, newest.at("/secret")));
}

#[tokio::test]
async fn endpoints_receive_events_of_their_own_account_only() {
    let bench = Bench::start().await;
    let (ours, theirs) = (Receiver::start(&[]).await, Receiver::start(&[]).await);
    endpoint(&bench, "sk_test_shop", &ours, &[]).await;
    endpoint(&bench, "sk_test_other", &theirs, &[]).await;
    let ann = bench.customer().await;
    assert_eq!(
        ours.next().await.json()["data"]["object"]["id"],
        ann.as_str()
    );
    theirs.expect_nothing().await;
    let log = bench
        .control_get("/sandbox/webhooks?key=pk_test_other")
        .await;
    assert_eq!(log.body["deliveries"], json!([]));
    let events = bench
        .call("sk_test_other", Method::GET, "/v1/events", &[])
        .await;
    assert_eq!(events.body["data"], json!([]));
}

#[tokio::test]
async fn endpoints_on_other_machines_are_refused() {
    let bench = Bench::start().await;
    for url in [
        "https://127.0.0.1/hook",
        "http://example.org/hook",
        "hook",
        "http://127.0.0.1.example.org/",
    ] {
        let form = [("url", url), ("enabled_events[]", "*")];
        let refused = bench.post("/v1/webhook_endpoints", &form).await;
        assert_eq!(refused.error_codes(), (400, "url_invalid", ""), "{url}");
    }
    let browser = bench
        .call("pk_test_shop", Method::GET, "/v1/webhook_endpoints", &[])
        .await;
    assert_eq!(browser.error_codes(), (401, "secret_key_required", ""));
}
