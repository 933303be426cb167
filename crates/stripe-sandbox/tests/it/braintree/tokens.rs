//! Authentication, and what a browser's authorization allows.

use super::{TOKENIZE, basic, card, refusal};
use crate::support::{Bench, read};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use reqwest::StatusCode;
use serde_json::{Value, json};

#[tokio::test]
async fn keys_authenticate_their_merchant_and_production_keys_are_refused() {
    let bench = Bench::start().await;
    let pair = |text: &str| format!("Basic {}", BASE64.encode(text));
    for (authorization, known) in [
        (basic("shop"), true),
        (pair("shop:shop"), true),
        (pair("public_shop:private_other"), false),
        (pair("public_shop:"), false),
        (pair("x"), false),
        ("Basic %%%".to_owned(), false),
        ("Bearer sandbox_abc_shop".to_owned(), true),
        ("Bearer sandbox_abc_".to_owned(), false),
        ("Bearer production_abc_shop".to_owned(), false),
        ("Bearer access_token$production$shop$1".to_owned(), false),
        (
            "Bearer forged|created_at=1&merchant_id=shop&public_key=public_shop".to_owned(),
            false,
        ),
        ("Token x".to_owned(), false),
    ] {
        let answer = bench.graphql(&authorization, "{ ping }", json!({})).await;
        let class = if known { "" } else { "AUTHENTICATION" };
        assert_eq!(
            answer.at("/errors/0/extensions/errorClass"),
            class,
            "{authorization}"
        );
    }
}

#[tokio::test]
async fn a_request_needs_a_version_and_an_authorization() {
    let bench = Bench::start().await;
    let url = bench.origins().braintree_graphql.clone();
    let body = json!({ "query": "{ ping }" });
    let unknown = bench
        .http
        .post(&url)
        .header("braintree-version", "2019-01-01")
        .json(&body);
    let unknown = read(unknown.send().await.unwrap()).await;
    assert_eq!(refusal(&unknown).0, "AUTHENTICATION");
    for version in ["", "yesterday", "2019-13-01"] {
        let request = bench
            .http
            .post(&url)
            .header("authorization", basic("shop"))
            .header("braintree-version", version);
        let answer = read(request.json(&body).send().await.unwrap()).await;
        assert_eq!(refusal(&answer).0, "UNSUPPORTED_CLIENT", "{version}");
    }
}

#[tokio::test]
async fn a_browser_can_tokenize_but_not_create_customers() {
    let bench = Bench::start().await;
    let token = client_token(&bench, json!({})).await;
    assert_eq!(
        (
            token["environment"].as_str(),
            token["merchantId"].as_str(),
            token["version"].as_u64()
        ),
        (Some("sandbox"), Some("shop"), Some(2))
    );
    let fingerprint = token["authorizationFingerprint"].as_str().unwrap();
    for bearer in [
        format!("Bearer {fingerprint}"),
        "Bearer sandbox_k_shop".to_owned(),
    ] {
        let made = bench
            .graphql(&bearer, TOKENIZE, card("4111111111111111"))
            .await;
        assert!(
            made.at("/data/tokenizeCreditCard/token")
                .starts_with("tokencc_"),
            "{:?}",
            made.body
        );
        assert_eq!(
            made.at("/data/tokenizeCreditCard/paymentMethod/usage"),
            "SINGLE_USE"
        );
        let configured = bench
            .graphql(&bearer, "{ clientConfiguration { merchantId environment creditCard { supportedCardBrands } } }", json!({}))
            .await;
        assert_eq!(
            configured.at("/data/clientConfiguration/merchantId"),
            "shop"
        );
        let forbidden = bench
            .graphql(
                &bearer,
                "mutation { createCustomer { customer { id } } }",
                json!({}),
            )
            .await;
        assert_eq!(refusal(&forbidden).0, "AUTHORIZATION");
    }
}

#[tokio::test]
async fn a_card_number_is_validated_for_every_caller() {
    let bench = Bench::start().await;
    for (member, value, code, at) in [
        ("number", "", "81714", "number"),
        ("number", "411111", "81716", "number"),
        ("number", "4111111111111112", "81715", "number"),
        ("number", "4242424242424242", "81717", "number"),
        ("expirationMonth", "13", "81712", "expirationDate"),
        ("expirationYear", "2020", "81713", "expirationDate"),
        ("cvv", "12", "81707", "cvv"),
    ] {
        let mut sent = card("4111111111111111");
        sent["input"]["creditCard"][member] = value.into();
        let refused = bench.server(TOKENIZE, sent.clone()).await;
        assert_eq!(
            refusal(&refused),
            ("VALIDATION", code, format!("input.creditCard.{at}")),
            "{member} {value}"
        );
        assert_eq!(refused.body["data"], json!({ "tokenizeCreditCard": null }));
        // A tokenization key does not validate, but an unlisted number is refused all the same.
        let by_key = bench.graphql("Bearer sandbox_k_shop", TOKENIZE, sent).await;
        assert_eq!(
            by_key.body.get("errors").is_some(),
            member == "number",
            "{member} {value}"
        );
    }
    let mut sent = card("4111 1111-1111 1111");
    sent["input"]["options"] = json!({ "validate": true });
    let forbidden = bench
        .graphql("Bearer sandbox_k_shop", TOKENIZE, sent.clone())
        .await;
    assert_eq!(refusal(&forbidden).0, "AUTHORIZATION");
    assert_eq!(
        bench
            .server(TOKENIZE, sent)
            .await
            .at("/data/tokenizeCreditCard/creditCard/last4"),
        "1111"
    );
}

#[tokio::test]
async fn a_client_token_of_a_customer_stores_the_card_at_once() {
    let bench = Bench::start().await;
    let made = bench
        .server(
            "mutation { createCustomer { customer { id legacyId } } }",
            json!({}),
        )
        .await;
    let id = made.at("/data/createCustomer/customer/id").to_owned();
    let token = client_token(&bench, json!({ "customerId": id })).await;
    let bearer = format!(
        "Bearer {}",
        token["authorizationFingerprint"].as_str().unwrap()
    );
    let cards =
        "query ($id: ID!) { node(id: $id) { ... on Customer { defaultPaymentMethod { legacyId }
        paymentMethods { edges { node { details { ... on CreditCardDetails { last4 } } } } } } } }";
    let mut sent = card("4111111111111111");
    sent["input"]["options"] = json!({ "validate": false });
    bench.graphql(&bearer, TOKENIZE, sent.clone()).await;
    let none = bench.server(cards, json!({ "id": id })).await;
    assert_eq!(
        none.body["data"]["node"]["paymentMethods"]["edges"],
        json!([])
    );
    sent["input"]["options"] = json!({ "validate": true });
    bench.graphql(&bearer, TOKENIZE, sent.clone()).await;
    let one = bench.server(cards, json!({ "id": id })).await;
    assert_eq!(
        one.at("/data/node/paymentMethods/edges/0/node/details/last4"),
        "1111"
    );

    let legacy = made.at("/data/createCustomer/customer/legacyId");
    let options = json!({ "verify_card": true, "fail_on_duplicate_payment_method": true });
    let strict = legacy_token(&bench, json!({ "customer_id": legacy, "options": options })).await;
    let bearer = format!(
        "Bearer {}",
        strict["authorizationFingerprint"].as_str().unwrap()
    );
    let twice = bench.graphql(&bearer, TOKENIZE, sent.clone()).await;
    assert_eq!(
        refusal(&twice),
        ("VALIDATION", "81724", "input.creditCard.number".to_owned())
    );
    sent["input"]["creditCard"]["number"] = "5555555555554444".into();
    sent["input"]["creditCard"]["cvv"] = "200".into();
    let wrong = bench.graphql(&bearer, TOKENIZE, sent).await;
    assert_eq!(
        refusal(&wrong),
        ("VALIDATION", "81736", "input.creditCard.cvv".to_owned())
    );
}

#[tokio::test]
async fn the_older_apis_serve_client_tokens_and_configuration() {
    let bench = Bench::start().await;
    let gateway = bench.origins().braintree_gateway.clone();
    let url = format!("{gateway}/merchants/shop/client_token");
    let sent = json!({ "client_token": { "version": 2 } });
    let xml = bench
        .http
        .post(&url)
        .header("authorization", basic("shop"))
        .header("accept", "application/xml");
    let xml = xml.json(&sent).send().await.unwrap();
    assert_eq!(xml.status(), 201);
    let text = xml.text().await.unwrap();
    assert!(text.contains("<client-token><value>"), "{text}");
    let other = bench
        .http
        .post(&url)
        .header("authorization", basic("other"))
        .json(&sent)
        .send()
        .await
        .unwrap();
    assert_eq!(other.status(), StatusCode::UNAUTHORIZED);

    let config = format!("{gateway}/merchants/shop/client_api/v1/configuration");
    for (key, status) in [
        ("sandbox_k_shop", 200),
        ("sandbox_k_other", 401),
        ("production_k_shop", 401),
    ] {
        let answer = bench
            .http
            .get(&config)
            .query(&[("tokenizationKey", key)])
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), status, "{key}");
    }
    let unknown = bench
        .http
        .get(format!("{gateway}/merchants/shop/customers"))
        .send()
        .await
        .unwrap();
    assert_eq!(unknown.status(), 404);
}

async fn client_token(bench: &Bench, options: Value) -> Value {
    let query = "mutation ($input: CreateClientTokenInput) { createClientToken(input: $input) { clientToken } }";
    let made = bench
        .server(query, json!({ "input": { "clientToken": options } }))
        .await;
    decode(made.at("/data/createClientToken/clientToken"))
}

async fn legacy_token(bench: &Bench, options: Value) -> Value {
    let url = format!(
        "{}/merchants/shop/client_token",
        bench.origins().braintree_gateway
    );
    let request = bench.http.post(url).header("authorization", basic("shop"));
    let made = read(
        request
            .json(&json!({ "client_token": options }))
            .send()
            .await
            .unwrap(),
    )
    .await;
    decode(made.at("/clientToken/value"))
}

fn decode(token: &str) -> Value {
    serde_json::from_slice(&BASE64.decode(token).unwrap()).unwrap()
}
