//! Tests of `Stripe-Version`: which versions are accepted, and what depends on them.

use crate::support::{ApiResponse, Bench, RequestParts};
use reqwest::Method;
use serde_json::json;

async fn setup(bench: &Bench, version: &str, name: &str) -> ApiResponse {
    let headers = [("stripe-version", version)];
    let form = [(name, "card")];
    bench
        .call_with(
            "sk_test_shop",
            Method::POST,
            "/v1/setup_intents",
            RequestParts {
                form: &form,
                headers: &headers,
            },
        )
        .await
}

#[tokio::test]
async fn only_published_versions_are_accepted() {
    let bench = Bench::start().await;
    for version in [
        "2025-12-15.clover",
        "2026-03-25.dahlia",
        "2026-10-28.endive",
        "2020-08-27",
    ] {
        let headers = [("stripe-version", version)];
        let answer = bench
            .call_with(
                "sk_test_shop",
                Method::GET,
                "/v1/account",
                RequestParts {
                    form: &[],
                    headers: &headers,
                },
            )
            .await;
        assert_eq!(answer.status, 200, "{version}");
        assert_eq!(answer.headers["stripe-version"], version);
    }
    for version in [
        "2026-03-25",
        "2026-03-26.dahlia",
        "2026-03-25.endive",
        "latest",
    ] {
        let headers = [("stripe-version", version)];
        let answer = bench
            .call_with(
                "sk_test_shop",
                Method::GET,
                "/v1/account",
                RequestParts {
                    form: &[],
                    headers: &headers,
                },
            )
            .await;
        assert_eq!(
            (answer.status.as_u16(), answer.at("/error/type")),
            (400, "invalid_request_error"),
            "{version}"
        );
    }
}

#[tokio::test]
async fn endive_replaces_payment_method_types() {
    let bench = Bench::start().await;
    let (old, new) = ("payment_method_types[]", "allowed_payment_method_types[]");
    for version in ["2025-09-30.clover", "2026-08-26.dahlia"] {
        assert_eq!(setup(&bench, version, old).await.status, 200, "{version}");
    }
    for version in ["2026-09-30.endive", "2026-10-28.endive"] {
        assert_eq!(
            setup(&bench, version, old).await.error_codes(),
            (400, "payment_method_types_no_longer_supported", ""),
            "{version}"
        );
    }
    let allowed = setup(&bench, "2026-09-30.endive", new).await;
    assert_eq!(
        allowed.body["allowed_payment_method_types"],
        json!(["card"])
    );
    assert_eq!(allowed.body["payment_method_types"], json!(["card"]));
}

#[tokio::test]
async fn an_account_has_its_own_version() {
    let bench = Bench::start().await;
    let orders = json!({ "key": "sk_test_shop", "version": "2026-09-30.endive" });
    assert_eq!(bench.control("/sandbox/switches", orders).await.status, 200);
    let form = [("payment_method_types[]", "card")];
    let refused = bench.post("/v1/setup_intents", &form).await;
    assert_eq!(
        refused.at("/error/code"),
        "payment_method_types_no_longer_supported"
    );
    assert_eq!(refused.headers["stripe-version"], "2026-09-30.endive");
    bench.customer().await;
    let events = bench.get("/v1/events", &[]).await;
    assert_eq!(events.at("/data/0/api_version"), "2026-09-30.endive");
    let other = bench
        .call("sk_test_other", Method::POST, "/v1/setup_intents", &form)
        .await;
    assert_eq!(other.status, 200);
}
