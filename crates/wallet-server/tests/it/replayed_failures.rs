//! Failures that the gateway replays under an idempotency key: the next key is used, and nothing is done twice.

use serde_json::json;

use crate::support::World;
use crate::support::bank::VISA;
use crate::support::merchant::{Merchant, code, world};

fn replayed_failure(path: &str) -> serde_json::Value {
    json!({"on": "api", "do": "status", "status": 500, "keep": true, "method": "POST", "path": path, "times": 1})
}

#[tokio::test(flavor = "multi_thread")]
async fn an_intent_is_created_although_the_gateway_replays_a_failure() {
    let mut world = World::open().await;
    world
        .gateway_fault(replayed_failure("/v1/setup_intents"))
        .await;
    world.gateway_fault(replayed_failure("/v1/customers")).await;
    let token = {
        let ann = world.person("ann").await;
        assert_eq!(ann.asks_to_begin().await.status, 200);
        assert_eq!(world.gateway_intents().await, 1);
        ann.token
    };
    // A failure from before a restart of this server.
    world
        .gateway_fault(replayed_failure("/v1/setup_intents"))
        .await;
    world.stop().await;
    world.start().await;
    let request = world.http.get(world.api("/user/payment_methods/session?company_id=40426&payment_type=card&add_to_client=true&guest=false&amount=50"));
    let answer = request.header("authorization", token).send().await.unwrap();
    assert_eq!(answer.status(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_save_is_confirmed_once_although_the_gateway_replays_a_failure() {
    let world = World::open().await;
    let (ann, bank) = (world.person("ann").await, world.bank());
    world
        .gateway_fault(replayed_failure("/v1/setup_intents/*/confirm"))
        .await;
    let method = bank.types_card(VISA).await;
    assert_eq!(ann.saves(&method).await.status, 201);
    assert_eq!(world.gateway_intents().await, 1);
    assert_eq!(ann.cards().await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stored_card_is_charged_once_although_the_gateway_replays_a_failure() {
    let world = world().await;
    let merchant = Merchant::new(&world);
    let card = merchant.keeps("ann", "visa").await;
    let taken = merchant.taken().await;
    merchant
        .fault(replayed_failure("/v1/payment_intents"))
        .await;
    let body = merchant.charge("ann", &card, "5.00", None);
    let first = merchant
        .posts_keyed("/payment/intent", &body, "press 1")
        .await;
    assert_eq!(first.body["status"], "succeeded", "{first:?}");
    assert_eq!(merchant.taken().await, taken + 1);
    let again = merchant
        .posts_keyed("/payment/intent", &body, "press 1")
        .await;
    assert_eq!(again.body["payment_id"], first.body["payment_id"]);
    assert_eq!(merchant.taken().await, taken + 1, "the same charge");
    let begun = {
        merchant
            .fault(replayed_failure("/v1/payment_intents"))
            .await;
        merchant
            .posts("/payment/intent", &merchant.sale("ann"))
            .await
    };
    assert_eq!(code(&begun), (200, "none"), "{begun:?}");
}
