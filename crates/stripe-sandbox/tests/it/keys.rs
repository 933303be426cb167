//! Tests of API keys: live keys, accounts, and publishable keys.

use crate::support::{Bench, RequestParts};
use reqwest::Method;

#[tokio::test]
async fn live_keys_are_refused_everywhere() {
    let bench = Bench::start().await;
    for key in ["sk_live_abc123", "pk_live_abc123", "rk_live_abc123"] {
        for path in ["/v1/customers", "/v1/setup_intents", "/v1/payment_methods"] {
            let answer = bench.call(key, Method::POST, path, &[]).await;
            assert_eq!(answer.status, 401, "{key}");
            assert!(answer.at("/error/message").contains("refuses live keys"));
            assert!(!answer.body.to_string().contains("abc123"));
        }
    }
}

#[tokio::test]
async fn an_invalid_key_is_refused_and_not_shown() {
    let bench = Bench::start().await;
    for key in [
        "nonsense-secret-value",
        "sk_test_",
        "sk_test_a b",
        "whsec_12345678901",
    ] {
        let answer = bench.call(key, Method::GET, "/v1/customers", &[]).await;
        assert_eq!(answer.status, 401, "{key}");
        assert!(key.len() < 12 || !answer.body.to_string().contains(key));
    }
    let none = bench
        .http
        .get(format!("{}/v1/customers", bench.origins().api))
        .send()
        .await
        .unwrap();
    assert_eq!(none.status(), 401);
}

#[tokio::test]
async fn basic_and_bearer_authorization_are_equivalent() {
    let bench = Bench::start().await;
    let id = bench.customer().await;
    let url = format!("{}/v1/customers/{id}", bench.origins().api);
    let answer = bench
        .http
        .get(url)
        .basic_auth("sk_test_shop", Some(""))
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 200);
}

#[tokio::test]
async fn accounts_do_not_see_each_other() {
    let bench = Bench::start().await;
    let path = format!("/v1/customers/{}", bench.customer().await);
    assert_eq!(
        bench
            .call("sk_test_other", Method::GET, &path, &[])
            .await
            .status,
        404
    );
    let connected = [("stripe-account", "acct_1ABC")];
    let answer = bench
        .call_with(
            "sk_test_shop",
            Method::GET,
            &path,
            RequestParts {
                form: &[],
                headers: &connected,
            },
        )
        .await;
    assert_eq!(answer.status, 404);
    assert_eq!(answer.headers["stripe-account"], "acct_1ABC");
}

#[tokio::test]
async fn a_publishable_key_may_make_few_calls() {
    let bench = Bench::start().await;
    let ann = bench.customer().await;
    for (method, path) in [
        (Method::GET, "/v1/customers".to_owned()),
        (Method::GET, format!("/v1/customers/{ann}")),
        (Method::DELETE, format!("/v1/customers/{ann}")),
        (Method::POST, "/v1/setup_intents".to_owned()),
        (Method::GET, "/v1/setup_intents".to_owned()),
        (Method::GET, format!("/v1/payment_methods?customer={ann}")),
        (Method::POST, "/v1/payment_intents".to_owned()),
    ] {
        let answer = bench.call("pk_test_shop", method, &path, &[]).await;
        assert_eq!(
            answer.error_codes(),
            (401, "secret_key_required", ""),
            "{path}"
        );
    }
}

#[tokio::test]
async fn malformed_versions_and_accounts_are_refused() {
    let bench = Bench::start().await;
    for (name, value, status) in [
        ("stripe-version", "yesterday", 400),
        ("stripe-account", "shop", 403),
    ] {
        let answer = bench
            .call_with(
                "sk_test_shop",
                Method::GET,
                "/v1/customers",
                RequestParts {
                    form: &[],
                    headers: &[(name, value)],
                },
            )
            .await;
        assert_eq!(answer.status, status);
    }
}
