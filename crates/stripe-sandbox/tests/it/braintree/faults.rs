//! Injected faults, and the journal.

use super::{TOKENIZE, basic, card};
use crate::support::{Bench, read};
use serde_json::json;
use std::time::Instant;

#[tokio::test]
async fn graphql_faults_affect_one_merchant_only() {
    let bench = Bench::start().await;
    let fault = |what: &str, more: serde_json::Value| {
        let mut fault = json!({ "on": "braintree", "do": what, "times": 1 });
        fault
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        fault
    };
    bench
        .fault(
            "pk_test_shop",
            fault("graphql_status", json!({ "status": 503 })),
        )
        .await;
    let down = bench.server("{ ping }", json!({})).await;
    assert_eq!(
        (
            down.status.as_u16(),
            down.at("/errors/0/extensions/errorClass")
        ),
        (503, "SERVICE_AVAILABILITY")
    );
    assert_eq!(
        bench.server("{ ping }", json!({})).await.at("/data/ping"),
        "pong"
    );

    bench
        .fault(
            "pk_test_shop",
            fault("graphql_latency", json!({ "ms": 3000 })),
        )
        .await;
    let begun = Instant::now();
    let delayed = async {
        let pong = bench.server("{ ping }", json!({})).await;
        (pong.at("/data/ping").to_owned(), begun.elapsed())
    };
    let other = async {
        bench.graphql(&basic("other"), "{ ping }", json!({})).await;
        begun.elapsed()
    };
    let ((pong, delayed), other) = tokio::join!(delayed, other);
    assert_eq!(pong, "pong");
    assert!(delayed.as_millis() >= 3000);
    assert!(other < delayed, "the latency is of one account: {other:?}");

    let send = || {
        let body = json!({ "query": "mutation { createCustomer { customer { id } } }" });
        let request = bench.http.post(&bench.origins().braintree_graphql);
        request
            .header("authorization", basic("shop"))
            .header("braintree-version", "2019-01-01")
            .json(&body)
            .send()
    };
    bench
        .fault("pk_test_shop", fault("graphql_drop", json!({})))
        .await;
    assert!(send().await.is_err());
    bench
        .fault("pk_test_shop", fault("graphql_drop_after", json!({})))
        .await;
    assert!(send().await.is_err());
    assert!(send().await.is_ok());
}

#[tokio::test]
async fn scripts_and_frames_have_faults() {
    let bench = Bench::start().await;
    let url = format!(
        "{}/web/3.144.0/js/client.min.js?key=sandbox_k_shop",
        bench.origins().braintree_scripts
    );
    bench
        .fault(
            "pk_test_shop",
            json!({ "on": "braintree", "do": "script_not_found", "times": 1 }),
        )
        .await;
    assert_eq!(bench.http.get(&url).send().await.unwrap().status(), 404);
    assert_eq!(bench.http.get(&url).send().await.unwrap().status(), 200);
    bench
        .fault(
            "pk_test_shop",
            json!({ "on": "braintree", "do": "fields_never_ready", "element": "cvv" }),
        )
        .await;
    for (field, wanted) in [("cvv", true), ("number", false)] {
        let frame = format!(
            "{}/web/3.144.0/html/hosted-fields-frame.min.html?merchant=shop&field={field}",
            bench.origins().braintree_fields
        );
        let text = bench
            .http
            .get(frame)
            .send()
            .await
            .unwrap()
            .text()
            .await
            .unwrap();
        assert_eq!(text.contains("never_ready"), wanted, "{field}");
    }
}

#[tokio::test]
async fn the_journal_lists_calls_by_merchant() {
    let bench = Bench::start().await;
    bench
        .graphql("Bearer sandbox_k_shop", TOKENIZE, card("4111111111111111"))
        .await;
    bench.graphql(&basic("other"), "{ ping }", json!({})).await;
    let url = format!(
        "{}/sandbox/requests?key=pk_test_shop&path=/braintree/**",
        bench.origins().api
    );
    let listed = read(bench.http.get(url).send().await.unwrap()).await;
    assert_eq!(listed.body["requests"].as_array().unwrap().len(), 1);
    assert_eq!(listed.at("/requests/0/path"), "/braintree/graphql");
    assert_eq!(listed.body["requests"][0]["status"], 200);
    assert!(!listed.body.to_string().contains("sandbox_k_shop"));
}
