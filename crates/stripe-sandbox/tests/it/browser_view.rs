//! Tests of what a browser gets: fewer members, and only with the client secret.

use crate::support::{Bench, read};
use reqwest::Method;

#[tokio::test]
async fn a_browser_sees_neither_customer_nor_metadata_nor_fingerprint() {
    let bench = Bench::start().await;
    let ann = bench.customer().await;
    let intent = bench
        .post(
            "/v1/setup_intents",
            &[("customer", &ann), ("metadata[owner]", "7")],
        )
        .await;
    assert_eq!(
        (intent.at("/customer"), intent.at("/metadata/owner")),
        (ann.as_str(), "7")
    );
    let path = format!("/v1/setup_intents/{}", intent.id());
    let secret = [("client_secret", intent.at("/client_secret"))];
    let seen = bench
        .call("pk_test_shop", Method::GET, &path, &secret)
        .await;
    let names: Vec<&String> = seen.body.as_object().unwrap().keys().collect();
    assert!(
        !names
            .iter()
            .any(|name| matches!(name.as_str(), "customer" | "metadata" | "mandate")),
        "{names:?}"
    );
    for name in [
        "id",
        "client_secret",
        "status",
        "payment_method",
        "next_action",
        "last_setup_error",
        "usage",
    ] {
        assert!(seen.body.get(name).is_some(), "{name}");
    }
    let card = bench.card("4242424242424242").await;
    assert!(card.body["card"].get("fingerprint").is_none());
    assert!(card.body.get("metadata").is_none());
    let known = bench
        .get(&format!("/v1/payment_methods/{}", card.id()), &[])
        .await;
    assert_eq!(known.at("/card/fingerprint").len(), 16);
}

#[tokio::test]
async fn a_browser_must_give_the_client_secret() {
    let bench = Bench::start().await;
    let intent = bench.post("/v1/setup_intents", &[]).await;
    let path = format!("/v1/setup_intents/{}", intent.id());
    let none = bench.call("pk_test_shop", Method::GET, &path, &[]).await;
    assert_eq!(none.error_codes(), (400, "parameter_missing", ""));
    let wrong = [
        ("client_secret", "seti_x_secret_y"),
        ("payment_method", "pm_card_visa"),
    ];
    for (method, path) in [
        (Method::GET, path.clone()),
        (Method::POST, format!("{path}/confirm")),
    ] {
        let answer = bench.call("pk_test_shop", method, &path, &wrong[..1]).await;
        assert_eq!(answer.error_codes(), (404, "resource_missing", ""));
    }
    assert_eq!(
        bench.get(&path, &[]).await.at("/status"),
        "requires_payment_method"
    );
}

#[tokio::test]
async fn the_key_may_be_a_form_parameter_as_in_stripe_js() {
    let bench = Bench::start().await;
    let form = [
        ("key", "pk_test_shop"),
        ("type", "card"),
        ("card[token]", "tok_visa"),
        ("payment_user_agent", "x"),
    ];
    let url = format!("{}/v1/payment_methods", bench.origins().api);
    let made = bench
        .http
        .post(url)
        .header("origin", "http://fields.example")
        .form(&form)
        .send()
        .await
        .unwrap();
    assert_eq!(
        made.headers()["access-control-allow-origin"],
        "http://fields.example"
    );
    assert!(read(made).await.id().starts_with("pm_"));
}

#[tokio::test]
async fn cors_preflights_are_answered() {
    let bench = Bench::start().await;
    let url = format!("{}/v1/payment_methods", bench.origins().api);
    let answer = bench
        .http
        .request(Method::OPTIONS, url)
        .header("origin", "http://shop.example")
        .header("access-control-request-method", "POST")
        .header(
            "access-control-request-headers",
            "authorization,stripe-version",
        )
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 204);
    let headers = answer.headers();
    assert_eq!(
        headers["access-control-allow-origin"],
        "http://shop.example"
    );
    assert_eq!(
        headers["access-control-allow-headers"],
        "authorization,stripe-version"
    );
    assert!(
        headers["access-control-allow-methods"]
            .to_str()
            .unwrap()
            .contains("POST")
    );
}
