//! Tokenization over the older API, to which braintree-web falls back when GraphQL does not respond.

use super::TOKENIZE;
use crate::support::{ApiResponse, Bench, read};
use serde_json::{Value, json};

async fn send(bench: &Bench, body: &Value) -> ApiResponse {
    let base = &bench.origins().braintree_gateway;
    let url = format!("{base}/merchants/shop/client_api/v1/payment_methods/credit_cards");
    let request = bench
        .http
        .post(url)
        .header("origin", "https://shop.example")
        .json(body);
    read(request.send().await.unwrap()).await
}

fn sent(number: &str) -> Value {
    json!({
        "creditCard": { "number": number, "cvv": "123", "expirationMonth": "12", "expirationYear": "2034",
            "options": { "validate": false } },
        "_meta": { "source": "hosted-fields" }, "braintreeLibraryVersion": "braintree/web/3.144.0",
        "tokenizationKey": "sandbox_key_shop",
    })
}

#[tokio::test]
async fn a_card_becomes_a_nonce_that_graphql_accepts() {
    let bench = Bench::start().await;
    let made = send(&bench, &sent("4111111111111111")).await;
    assert_eq!(made.status, 202, "{:?}", made.body);
    assert_eq!(
        made.headers["access-control-allow-origin"],
        "https://shop.example"
    );
    let card = &made.body["creditCards"][0];
    assert_eq!(
        (&card["type"], &card["description"]),
        (&json!("CreditCard"), &json!("ending in 11"))
    );
    assert_eq!(
        card["details"],
        json!({ "bin": "411111", "lastTwo": "11", "lastFour": "1111", "cardType": "Visa", "cardholderName": null,
            "expirationMonth": "12", "expirationYear": "2034" })
    );
    let vaulted = bench.vault(made.at("/creditCards/0/nonce")).await;
    assert_eq!(
        vaulted.at("/data/vaultPaymentMethod/paymentMethod/details/last4"),
        "1111"
    );
}

#[tokio::test]
async fn snake_case_names_and_a_combined_date_are_accepted() {
    let bench = Bench::start().await;
    let body = json!({
        "credit_card": { "number": "5555555555554444", "expiration_date": "12/34", "billing_address": { "postal_code": "10115" } },
        "tokenization_key": "sandbox_key_shop",
    });
    let made = send(&bench, &body).await;
    assert_eq!(
        made.at("/creditCards/0/details/expirationYear"),
        "2034",
        "{:?}",
        made.body
    );
    assert_eq!(made.at("/creditCards/0/details/cardType"), "MasterCard");
}

#[tokio::test]
async fn errors_are_listed_by_field() {
    let bench = Bench::start().await;
    let refused = send(&bench, &sent("4242424242424242")).await;
    assert_eq!(refused.status, 422);
    assert_eq!(refused.at("/fieldErrors/0/field"), "creditCard");
    assert_eq!(refused.at("/fieldErrors/0/fieldErrors/0/code"), "81717");
    let mut other_merchant = sent("4111111111111111");
    other_merchant["tokenizationKey"] = json!("sandbox_key_other");
    assert_eq!(send(&bench, &other_merchant).await.status, 401);
    let mut validated = sent("4111111111111111");
    validated["creditCard"]["options"]["validate"] = json!(true);
    assert_eq!(send(&bench, &validated).await.status, 403);
    assert!(!refused.body.to_string().contains("4242424242424242"));
}

#[tokio::test]
async fn it_works_while_graphql_drops_a_connection() {
    let bench = Bench::start().await;
    let fault = json!({ "on": "braintree", "do": "graphql_drop_after", "times": 1 });
    bench.fault("pk_test_shop", fault).await;
    let lost = bench
        .http
        .post(&bench.origins().braintree_graphql)
        .header("authorization", "Bearer sandbox_key_shop")
        .header("braintree-version", "2018-05-10")
        .json(&json!({ "query": TOKENIZE, "variables": super::card("4111111111111111") }))
        .send()
        .await;
    assert!(lost.is_err());
    assert_eq!(send(&bench, &sent("4111111111111111")).await.status, 202);
}
