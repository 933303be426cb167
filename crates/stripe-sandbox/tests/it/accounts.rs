//! Tests of platforms and their connected accounts.

use crate::receiver::Receiver;
use crate::support::{ApiResponse, Bench, RequestParts};
use reqwest::Method;
use serde_json::json;

async fn on(bench: &Bench, key: &str, account: &str, path: &str) -> ApiResponse {
    let headers = [("stripe-account", account)];
    bench
        .call_with(
            key,
            Method::POST,
            path,
            RequestParts {
                form: &[],
                headers: &headers,
            },
        )
        .await
}

#[tokio::test]
async fn a_platform_creates_an_account_that_no_other_platform_can_access() {
    let bench = Bench::start().await;
    let form = [
        ("type", "express"),
        ("country", "no"),
        ("email", "a@b.example"),
    ];
    let made = bench.post("/v1/accounts", &form).await;
    assert_eq!((made.at("/country"), made.at("/type")), ("NO", "express"));
    let theirs = on(&bench, "sk_test_shop", made.id(), "/v1/customers").await;
    assert_eq!(theirs.headers["stripe-account"], made.id());
    let path = format!("/v1/customers/{}", theirs.id());
    assert_eq!(bench.get(&path, &[]).await.status, 404);

    let foreign = on(&bench, "sk_test_other", made.id(), "/v1/customers").await;
    assert_eq!(foreign.error_codes(), (403, "account_invalid", ""));
    let path = format!("/v1/accounts/{}", made.id());
    assert_eq!(bench.get(&path, &[]).await.at("/email"), "a@b.example");
    let hidden = bench.call("sk_test_other", Method::GET, &path, &[]).await;
    assert_eq!(hidden.error_codes(), (403, "account_invalid", ""));
    let own = bench.get("/v1/account", &[]).await;
    let self_named = on(&bench, "sk_test_shop", own.id(), "/v1/customers").await;
    let path = format!("/v1/customers/{}", self_named.id());
    assert_eq!(bench.get(&path, &[]).await.status, 200);
    let platform = on(&bench, "sk_test_other", own.id(), "/v1/customers").await;
    assert_eq!(platform.error_codes(), (403, "account_invalid", ""));
}

#[tokio::test]
async fn an_unknown_connected_account_is_created_at_first_use_or_refused() {
    let bench = Bench::start().await;
    let made = on(&bench, "sk_test_shop", "acct_1ABC", "/v1/customers").await;
    assert_eq!(made.status, 200);
    let orders = json!({ "key": "sk_test_other", "unknown_account": "refused" });
    bench.control("/sandbox/switches", orders).await;
    let refused = on(&bench, "sk_test_other", "acct_1ABC", "/v1/customers").await;
    assert_eq!(refused.error_codes(), (403, "account_invalid", ""));
}

#[tokio::test]
async fn events_of_connected_accounts_go_to_connect_endpoints_only() {
    let bench = Bench::start().await;
    let (connect, plain) = (Receiver::start(&[]).await, Receiver::start(&[]).await);
    for (receiver, flag) in [(&connect, "true"), (&plain, "false")] {
        let url = receiver.url();
        let form = [
            ("url", url.as_str()),
            ("enabled_events[]", "*"),
            ("connect", flag),
        ];
        bench.post("/v1/webhook_endpoints", &form).await;
    }
    on(&bench, "sk_test_shop", "acct_1ABC", "/v1/customers").await;
    let event = connect.next().await.json();
    assert_eq!(event["account"], "acct_1ABC");
    plain.expect_nothing().await;
    bench.customer().await;
    assert!(plain.next().await.json().get("account").is_none());
    connect.expect_nothing().await;
}
