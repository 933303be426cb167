//! Tests of tokens and confirmation tokens.

use crate::support::Bench;
use reqwest::Method;

const CARD: &[(&str, &str)] = &[
    ("card[number]", "4242424242424242"),
    ("card[exp_month]", "12"),
    ("card[exp_year]", "2040"),
    ("card[cvc]", "123"),
    ("card[name]", "Ann"),
    ("card[address_zip]", "5003"),
];

#[tokio::test]
async fn a_token_can_be_used_once() {
    let bench = Bench::start().await;
    let made = bench
        .call("pk_test_shop", Method::POST, "/v1/tokens", CARD)
        .await;
    assert_eq!(
        (made.at("/card/last4"), made.at("/card/address_zip")),
        ("4242", "5003")
    );
    assert!(made.body["card"].get("fingerprint").is_none());
    let form = [("type", "card"), ("card[token]", made.id())];
    let card = bench.post("/v1/payment_methods", &form).await;
    assert_eq!(card.at("/billing_details/name"), "Ann");
    assert_eq!(
        bench.post("/v1/payment_methods", &form).await.error_codes(),
        (400, "token_already_used", "")
    );
    let path = format!("/v1/tokens/{}", made.id());
    assert_eq!(bench.get(&path, &[]).await.body["used"], true);
    let other = bench.call("sk_test_other", Method::GET, &path, &[]).await;
    assert_eq!(other.error_codes(), (404, "resource_missing", ""));
}

#[tokio::test]
async fn a_token_needs_a_valid_card() {
    let bench = Bench::start().await;
    let mut form = CARD.to_vec();
    form[0].1 = "4242424242424241";
    let bad = bench
        .call("pk_test_shop", Method::POST, "/v1/tokens", &form)
        .await;
    assert_eq!(bad.error_codes(), (402, "incorrect_number", ""));
    let none = bench.post("/v1/tokens", &[]).await;
    assert_eq!(none.error_codes(), (400, "parameter_missing", ""));
    let pii = bench.post("/v1/tokens", &[("pii[id_number]", "1")]).await;
    assert_eq!((pii.status.as_u16(), pii.at("/error/param")), (400, "pii"));
}

#[tokio::test]
async fn a_confirmation_token_can_be_used_by_one_intent() {
    let bench = Bench::start().await;
    let ann = bench.customer().await;
    let form = [
        ("payment_method_data[type]", "card"),
        ("payment_method_data[card][number]", "5555555555554444"),
        ("payment_method_data[card][exp_month]", "12"),
        ("payment_method_data[card][exp_year]", "2040"),
        ("setup_future_usage", "off_session"),
        ("shipping[name]", "Ann"),
        ("shipping[address][line1]", "Strandgaten 1"),
    ];
    let token = bench
        .call(
            "pk_test_shop",
            Method::POST,
            "/v1/confirmation_tokens",
            &form,
        )
        .await;
    assert_eq!(token.at("/payment_method_preview/card/brand"), "mastercard");
    let pay = [
        ("amount", "900"),
        ("currency", "usd"),
        ("customer", ann.as_str()),
        ("confirm", "true"),
        ("confirmation_token", token.id()),
    ];
    let paid = bench.post("/v1/payment_intents", &pay).await;
    assert_eq!(
        (
            paid.at("/status"),
            paid.at("/setup_future_usage"),
            paid.at("/shipping/name")
        ),
        ("succeeded", "off_session", "Ann")
    );
    let used = bench
        .get(&format!("/v1/confirmation_tokens/{}", token.id()), &[])
        .await;
    assert_eq!(used.at("/payment_intent"), paid.id());
    let cards = bench
        .get("/v1/payment_methods", &[("customer", &ann)])
        .await;
    assert_eq!(cards.at("/data/0/id"), paid.at("/payment_method"));
    let again = bench.post("/v1/payment_intents", &pay).await;
    assert_eq!(again.error_codes(), (400, "token_already_used", ""));
    let browser = format!("/v1/confirmation_tokens/{}", token.id());
    let seen = bench.call("pk_test_shop", Method::GET, &browser, &[]).await;
    assert_eq!(seen.error_codes(), (401, "secret_key_required", ""));
}

#[tokio::test]
async fn a_browser_confirms_a_setup_with_a_confirmation_token() {
    let bench = Bench::start().await;
    let token = bench
        .call(
            "pk_test_shop",
            Method::POST,
            "/v1/confirmation_tokens",
            &[("payment_method", "pm_card_visa")],
        )
        .await;
    let intent = bench.post("/v1/setup_intents", &[]).await;
    let form = [
        ("client_secret", intent.at("/client_secret")),
        ("confirmation_token", token.id()),
    ];
    let path = format!("/v1/setup_intents/{}/confirm", intent.id());
    let done = bench.call("pk_test_shop", Method::POST, &path, &form).await;
    assert_eq!(done.at("/status"), "succeeded");
}
