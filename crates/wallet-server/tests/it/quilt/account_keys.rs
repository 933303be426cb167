//! Account keys, accounts and customers: a request with any that do not belong together changes nothing.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::Answer;
use crate::support::merchant::{
    MERCHANT, Merchant, OTHER_MERCHANT, OTHER_MERCHANT_KEY, code, world,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_request_without_the_account_key_is_refused() {
    let world = world().await;
    let merchant = Merchant::new(&world);
    let url = world.url("/v1/payment/intent");
    let request = || world.http.post(&url).json(&merchant.sale("ann"));
    let mut attempts = vec![request()];
    for key in ["", "till-account-key-012345678", "sk_test_till"] {
        attempts.push(request().bearer_auth(key));
    }
    attempts.push(request().header("authorization", merchant.key));
    for attempt in attempts {
        let answer = Answer::of(attempt.send().await.unwrap()).await;
        assert_eq!(code(&answer), (401, "unauthorized"), "{answer:?}");
    }
    let page = request()
        .bearer_auth(merchant.key)
        .header("origin", "https://till.example");
    let answer = Answer::of(page.send().await.unwrap()).await;
    assert_eq!(code(&answer), (403, "unauthorized"));
    assert_eq!(world.gateway_calls("POST", "/v1/payment_intents").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preflight_allows_no_key() {
    let world = world().await;
    let preflight = world
        .http
        .request(Method::OPTIONS, world.url("/v1/payment/intent"))
        .header("origin", "https://till.example")
        .header("access-control-request-method", "POST")
        .header("access-control-request-headers", "authorization");
    let answer = preflight.send().await.unwrap();
    let allowed = answer.headers()["access-control-allow-headers"].clone();
    assert_eq!(allowed, "content-type");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_merchant_reaches_neither_payment_nor_card() {
    let world = world().await;
    let (merchant, other_merchant) = (Merchant::new(&world), Merchant::other(&world));
    let card = merchant.keeps("ann", "visa").await;
    let begun = merchant.begins("ann").await;
    merchant.reads(&begun, "mastercard").await;
    let id = &begun["payment_id"];
    let thief = Merchant {
        key: OTHER_MERCHANT_KEY,
        account: MERCHANT,
        ..Merchant::other(&world)
    };
    for (who, expected) in [
        (&other_merchant, (404, "not_found")),
        (&thief, (403, "unauthorized")),
    ] {
        assert_eq!(code(&who.captures(id).await), expected);
        assert_eq!(code(&who.cancels(id).await), expected);
        assert_eq!(code(&who.saves(id, "ann").await), expected);
        assert_eq!(code(&who.deletes("ann", &card).await), expected);
        let body = who.charge("ann", &card, "1.00", Some("order 1"));
        let answer = who.posts("/payment/intent", &body).await;
        assert_eq!(code(&answer), expected);
    }
    assert!(other_merchant.list("ann").await.is_empty(), "another Ann");
    assert_eq!(merchant.list("ann").await.len(), 1);
    assert_eq!(merchant.taken().await, 1);
    assert_eq!(merchant.captures(id).await.body["status"], "succeeded");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_customer_reaches_neither_payment_nor_card() {
    let world = world().await;
    let merchant = Merchant::new(&world);
    let card = merchant.keeps("ann", "visa").await;
    let id = merchant.sells("ann", "mastercard").await;
    assert_eq!(code(&merchant.saves(&id, "eve").await), (404, "not_found"));
    assert_eq!(
        code(&merchant.deletes("eve", &card).await),
        (404, "not_found")
    );
    let body = merchant.charge("eve", &card, "1.00", Some("order 1"));
    let answer = merchant.posts("/payment/intent", &body).await;
    assert_eq!(code(&answer), (404, "not_found"));
    assert!(merchant.list("eve").await.is_empty());
    assert_eq!(merchant.saves(&id, "ann").await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_error_of_the_calling_program_is_a_4xx_with_the_reason() {
    let world = world().await;
    let merchant = Merchant::new(&world);
    for (field, value, expected) in [
        ("amount", json!("12.995"), (400, "invalid_amount")),
        ("amount", json!(-1), (400, "invalid_request")),
        ("amount", Value::Null, (400, "invalid_request")),
        (
            "capture_method",
            json!("automatic"),
            (400, "invalid_request"),
        ),
        (
            "external_customer_id",
            Value::Null,
            (400, "invalid_request"),
        ),
        ("external_account_id", Value::Null, (400, "invalid_request")),
        (
            "external_account_id",
            json!(OTHER_MERCHANT),
            (403, "unauthorized"),
        ),
    ] {
        let mut body = merchant.sale("ann");
        body[field] = value;
        let answer = merchant.posts("/payment/intent", &body).await;
        assert_eq!(code(&answer), expected, "{field}: {answer:?}");
        assert!(answer.body["error"]["message"].is_string());
    }
    let odd = merchant.posts("/payment/nothing", &json!({})).await;
    assert_eq!(code(&odd), (404, "not_found"));
    let get = merchant
        .request(Method::GET, "/payment/intent")
        .send()
        .await;
    let get = Answer::of(get.unwrap()).await;
    assert_eq!(code(&get), (405, "invalid_request"));
    let id = merchant.saves(&json!("seti_1"), "ann").await;
    assert_eq!(code(&id), (400, "invalid_request"));
    let cloud = world.post("/../../v1/account/none", &json!({})).await;
    assert_eq!(cloud.status, 404, "the other API answers with its own 404");
    assert!(cloud.body["message"].is_string(), "{cloud:?}");
}
