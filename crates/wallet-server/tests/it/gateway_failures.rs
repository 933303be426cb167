//! A gateway that is slow, failing or down: clear messages, nothing half done, and the wallet is still listed.

use serde_json::json;

use crate::support::bank::VISA;
use crate::support::{World, eventually};

const CALM: &str = "We can’t reach the card service just now. Your wallet is unchanged. Please try again in a moment.";

#[tokio::test(flavor = "multi_thread")]
async fn the_wallet_is_listed_while_the_gateway_is_down() {
    let world = World::open().await;
    let ann = world.person("ann").await;
    ann.adds(VISA).await;
    let method = world.bank().types_card("5555555555554444").await;
    for failure in [
        json!({"on": "api", "do": "status", "status": 500}),
        json!({"on": "api", "do": "drop"}),
        json!({"on": "api", "do": "status", "status": 429}),
    ] {
        let mut failure = failure;
        failure["by"] = json!("secret");
        world.gateway_fault(failure.clone()).await;
        for answer in [ann.asks_to_begin().await, ann.saves(&method).await] {
            assert_eq!((answer.status, answer.sentence()), (503, CALM), "{failure}");
        }
        assert_eq!(ann.cards().await.len(), 1);
        world.gateway_recovers().await;
    }
    assert_eq!(
        ann.saves(&method).await.status,
        201,
        "the save succeeds once the gateway is up"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn one_failure_is_retried_and_not_reported() {
    let world = World::open().await;
    let ann = world.person("ann").await;
    for failure in [
        json!({"on": "api", "do": "drop", "times": 1}),
        json!({"on": "api", "do": "status", "status": 503, "times": 2}),
    ] {
        world.gateway_fault(failure).await;
        assert_eq!(ann.asks_to_begin().await.status, 200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_call_is_retried_with_the_same_key() {
    let world = World::open().await;
    let ann = world.person("ann").await;
    // Creates the customer. The next intent has another save policy, so that it is not reused.
    ann.begins_for_once().await;
    let before = world.gateway_intents().await;
    world
        .gateway_fault(json!({"on": "api", "do": "latency", "ms": 1500, "times": 1}))
        .await;
    assert_eq!(ann.asks_to_begin().await.status, 200);
    assert_eq!(
        world.gateway_intents().await,
        before + 1,
        "two calls created one intent"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_is_deleted_while_the_gateway_is_down_and_detached_when_it_is_back() {
    let world = World::open().await;
    let (ann, bank) = (world.person("ann").await, world.bank());
    ann.adds(VISA).await;
    let id = ann.card_id().await;
    world.gateway_fault(json!({"on": "api", "do": "status", "status": 500, "path": "/v1/payment_methods/*/detach"})).await;
    assert_eq!(ann.deletes(&id).await.status, 200);
    eventually("a detachment was tried", || async {
        world
            .gateway_calls("POST", "/v1/payment_methods/*/detach")
            .await
            >= 3
    })
    .await;
    let (customer, method) = id.split_once('|').unwrap();
    assert_eq!(bank.attached(customer).await, [method]);
    world.gateway_recovers().await;
    eventually("the card is detached", || async {
        bank.attached(customer).await.is_empty()
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_is_still_processing_is_a_409() {
    let world = World::open().await;
    let (ann, bank) = (world.person("ann").await, world.bank());
    world
        .gateway_fault(json!({"on": "intent", "do": "processing", "times": 1}))
        .await;
    let (secret, method) = (ann.begins().await, bank.types_card(VISA).await);
    assert_eq!(
        bank.confirms(&secret, &method).await["status"],
        "processing"
    );
    let answer = ann.saves(&method).await;
    assert_eq!(answer.status, 409, "{answer:?}");
    assert!(ann.cards().await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn faults_can_be_injected_in_development() {
    let world = World::with(|settings| settings.allow_faults = true).await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    let ask = async |fault: serde_json::Value| {
        let answer = world
            .http
            .post(world.url("/__faults"))
            .json(&fault)
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), 204);
    };
    ask(json!({"route": "POST /user/credit_cards", "status": 500, "count": 2, "token": ann.token}))
        .await;
    let method = world.bank().types_card(VISA).await;
    assert_eq!(ann.saves(&method).await.status, 500);
    let his = world.bank().types_card(VISA).await;
    assert_eq!(
        bob.saves(&his).await.status,
        201,
        "calls with another token get no fault"
    );
    assert_eq!(ann.saves(&method).await.status, 500);
    assert_eq!(ann.saves(&method).await.status, 201);

    ask(json!({"route": "DELETE /user/credit_cards/{id}", "drop": true, "after": true})).await;
    let url = world.api(&format!(
        "/user/credit_cards/{}",
        ann.card_id().await.replace('|', "%7C")
    ));
    assert!(
        world
            .http
            .delete(url)
            .header("authorization", &ann.token)
            .send()
            .await
            .is_err(),
        "there is no response"
    );
    assert!(ann.cards().await.is_empty(), "the call was run");

    ask(json!({"route": "*", "status": 401})).await;
    assert_eq!(ann.looks().await.status, 401);
    ask(json!({"route": "GET /user", "delay_ms": 300})).await;
    let started = std::time::Instant::now();
    assert_eq!(ann.looks().await.status, 200);
    assert!(started.elapsed().as_millis() >= 300);
}

#[tokio::test(flavor = "multi_thread")]
async fn faults_cannot_be_injected_otherwise() {
    let world = World::open().await;
    let answer = world
        .http
        .post(world.url("/__faults"))
        .json(&json!({"route": "*"}))
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 404);
}
