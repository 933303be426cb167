//! Whose payments and cards: keys, accounts and customers that do not belong together change nothing.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::Answer;
use crate::support::till::{STALL, STALL_KEY, TILL, Till, code, world};

#[tokio::test(flavor = "multi_thread")]
async fn without_the_account_s_key_nothing_is_done() {
    let world = world().await;
    let till = Till::new(&world);
    let url = world.url("/v1/payment/intent");
    let request = || world.http.post(&url).json(&till.sale("ann"));
    let mut attempts = vec![request()];
    for key in ["", "till-account-key-012345678", "sk_test_till"] {
        attempts.push(request().bearer_auth(key));
    }
    attempts.push(request().header("authorization", till.key));
    for attempt in attempts {
        let answer = Answer::of(attempt.send().await.unwrap()).await;
        assert_eq!(code(&answer), (401, "unauthorized"), "{answer:?}");
    }
    let page = request()
        .bearer_auth(till.key)
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
    let (till, stall) = (Till::new(&world), Till::stall(&world));
    let card = till.keeps("ann", "visa").await;
    let begun = till.begins("ann").await;
    till.reads(&begun, "mastercard").await;
    let id = &begun["payment_id"];
    let thief = Till {
        key: STALL_KEY,
        account: TILL,
        ..Till::stall(&world)
    };
    for (who, expected) in [
        (&stall, (404, "not_found")),
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
    assert!(stall.list("ann").await.is_empty(), "another Ann");
    assert_eq!(till.list("ann").await.len(), 1);
    assert_eq!(till.taken().await, 1);
    assert_eq!(till.captures(id).await.body["status"], "succeeded");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_customer_reaches_neither_payment_nor_card() {
    let world = world().await;
    let till = Till::new(&world);
    let card = till.keeps("ann", "visa").await;
    let id = till.sells("ann", "mastercard").await;
    assert_eq!(code(&till.saves(&id, "eve").await), (404, "not_found"));
    assert_eq!(code(&till.deletes("eve", &card).await), (404, "not_found"));
    let body = till.charge("eve", &card, "1.00", Some("order 1"));
    let answer = till.posts("/payment/intent", &body).await;
    assert_eq!(code(&answer), (404, "not_found"));
    assert!(till.list("eve").await.is_empty());
    assert_eq!(till.saves(&id, "ann").await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_program_gets_wrong_is_a_4xx_with_the_reason() {
    let world = world().await;
    let till = Till::new(&world);
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
        ("external_account_id", json!(STALL), (403, "unauthorized")),
    ] {
        let mut body = till.sale("ann");
        body[field] = value;
        let answer = till.posts("/payment/intent", &body).await;
        assert_eq!(code(&answer), expected, "{field}: {answer:?}");
        assert!(answer.body["error"]["message"].is_string());
    }
    let odd = till.posts("/payment/nothing", &json!({})).await;
    assert_eq!(code(&odd), (404, "not_found"));
    let get = till.request(Method::GET, "/payment/intent").send().await;
    let get = Answer::of(get.unwrap()).await;
    assert_eq!(code(&get), (405, "invalid_request"));
    let id = till.saves(&json!("seti_1"), "ann").await;
    assert_eq!(code(&id), (400, "invalid_request"));
    let cloud = world.post("/../../v1/account/none", &json!({})).await;
    assert_eq!(cloud.status, 404, "the neighbour answers for itself");
    assert!(cloud.body["message"].is_string(), "{cloud:?}");
}
