//! Writes run exactly once: repeats, concurrent requests, keys, lost responses, restarts.

mod keys;

use serde_json::json;
use wallet_server::config::ServerConfig;
use wallet_server::server::Server;

use crate::delete::join;
use crate::support::bank::{MASTERCARD, VISA};
use crate::support::person::Person;
use crate::support::{Answer, STUDIO, World, eventually};

#[tokio::test(flavor = "multi_thread")]
async fn a_repeated_save_is_one_card_and_one_response() {
    let world = World::open().await;
    let (ann, bank) = (world.person("ann").await, world.bank());
    let method = bank.types_card(VISA).await;
    let (first, second) = (ann.saves(&method).await, ann.saves(&method).await);
    assert_eq!(first.status, 201);
    assert_eq!(first, second);
    assert_eq!(world.gateway_calls("POST", "/v1/setup_intents").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_concurrent_saves_are_one_card_one_confirmation_one_detach() {
    let world = World::open().await;
    let (ann, bank) = (world.person("ann").await, world.bank());
    ann.adds(MASTERCARD).await;
    let before = world.gateway_calls("POST", "/v1/setup_intents").await;
    let method = bank.types_card(VISA).await;
    let answers = join((0..50).map(|_| ann.saves(&method)).collect()).await;
    assert!(
        answers
            .iter()
            .all(|answer| *answer == answers[0] && answer.status == 201),
        "{:?}",
        answers[0]
    );
    assert_eq!(
        world.gateway_calls("POST", "/v1/setup_intents").await,
        before + 1
    );
    let id = ann.card_id().await;
    let (customer, _) = id.split_once('|').unwrap();
    eventually("one card is attached", || async {
        bank.attached(customer).await == [method.clone()]
    })
    .await;
    assert_eq!(
        world
            .gateway_calls("POST", "/v1/payment_methods/*/detach")
            .await,
        1
    );
    assert_eq!(bank.customers().await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_concurrent_tabs_share_one_customer_and_one_intent() {
    let world = World::open().await;
    let ann = world.person("ann").await;
    let secrets = join((0..20).map(|_| ann.begins()).collect()).await;
    let distinct: std::collections::HashSet<_> = secrets.iter().collect();
    assert_eq!(distinct.len(), 1);
    assert_eq!(world.gateway_intents().await, 1);
    assert_eq!(world.bank().customers().await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_returns_its_first_response_and_refuses_another_body() {
    let world = World::open().await;
    let (ann, bank) = (world.person("ann").await, world.bank());
    let (method, other) = (
        bank.types_card(VISA).await,
        bank.types_card(MASTERCARD).await,
    );
    let body = ann.save_body(&method);
    let first = ann.posts_card(&body, Some("attempt-1")).await;
    assert_eq!(first.status, 201);
    ann.saves(&other).await;
    assert_eq!(
        ann.posts_card(&body, Some("attempt-1")).await,
        first,
        "the stored response, not a new one"
    );
    let mixed = ann
        .posts_card(&ann.save_body(&other), Some("attempt-1"))
        .await;
    assert_eq!(
        (mixed.status, mixed.sentence()),
        (422, "This key was already used for another request.")
    );
    let eve = world.person("eve").await;
    let hers = bank.types_card(VISA).await;
    assert_eq!(
        eve.posts_card(&eve.save_body(&hers), Some("attempt-1"))
            .await
            .status,
        201,
        "keys are separate for each owner"
    );
    for key in ["", &"k".repeat(256)] {
        assert_eq!(ann.posts_card(&body, Some(key)).await.status, 422);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decline_is_replayed_for_its_key_without_a_call_to_the_bank() {
    let world = World::open().await;
    let (ann, bank) = (world.person("ann").await, world.bank());
    let body = ann.save_body(&bank.types_card("4000000000000002").await);
    let first = ann.posts_card(&body, Some("attempt-1")).await;
    let asked = world.gateway_calls("POST", "/v1/setup_intents").await;
    assert_eq!(ann.posts_card(&body, Some("attempt-1")).await, first);
    assert_eq!(
        world.gateway_calls("POST", "/v1/setup_intents").await,
        asked
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_gateway_response_is_recovered_with_the_same_key() {
    let world = World::open().await;
    let (ann, bank) = (world.person("ann").await, world.bank());
    ann.begins().await;
    let method = bank.types_card(VISA).await;
    world
        .gateway_fault(json!({"on": "api", "do": "drop_after", "method": "POST", "path": "/v1/setup_intents", "times": 1}))
        .await;
    let saved = ann.saves(&method).await;
    assert_eq!(saved.status, 201, "{saved:?}");
    let customer = saved.cards()[0]["id"]
        .as_str()
        .unwrap()
        .split_once('|')
        .unwrap()
        .0
        .to_owned();
    assert_eq!(bank.attached(&customer).await, [method]);
}

#[tokio::test(flavor = "multi_thread")]
async fn acknowledged_writes_survive_a_restart_and_outbox_jobs_run_after_it() {
    let mut world = World::open().await;
    let (old, token, id) = {
        let ann = world.person("ann").await;
        ann.adds(VISA).await;
        let old = ann.card_id().await;
        world
            .gateway_fault(json!({"on": "api", "do": "status", "status": 500, "path": "/v1/payment_methods/*/detach"}))
            .await;
        assert_eq!(ann.adds(MASTERCARD).await.status, 201);
        (old, ann.token.clone(), ann.id)
    };
    world.stop().await;
    world.gateway_recovers().await;
    world.start().await;
    let ann = Person {
        world: &world,
        company: STUDIO,
        id,
        token,
        header: "authorization",
    };
    assert_eq!(ann.cards().await[0]["last4"], "4444");
    let (customer, method) = old.split_once('|').unwrap();
    let bank = world.bank();
    eventually("the old card is detached", || async {
        !bank.attached(customer).await.contains(&method.to_owned())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_servers_on_one_database_save_one_card() {
    let world = World::open().await;
    let node = Server::start(ServerConfig::check(world.settings.clone()).unwrap())
        .await
        .unwrap();
    let (ann, bank) = (world.person("ann").await, world.bank());
    let method = bank.types_card(VISA).await;
    let there = format!("http://{}/api/mkp/v1/user/credit_cards", node.address());
    let body = ann.save_body(&method);
    let elsewhere = async || {
        let request = world
            .http
            .post(&there)
            .header("authorization", &ann.token)
            .json(&body);
        Answer::of(request.send().await.unwrap()).await
    };
    let (here, elsewhere) = tokio::join!(
        join((0..10).map(|_| ann.saves(&method)).collect()),
        join((0..10).map(|_| elsewhere()).collect())
    );
    let answers = [here, elsewhere].concat();
    assert!(
        answers
            .iter()
            .all(|answer| *answer == answers[0] && answer.status == 201),
        "{answers:?}"
    );
    assert_eq!(bank.customers().await.len(), 1);
    assert_eq!(ann.cards().await.len(), 1);
    node.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn every_post_to_the_gateway_has_a_version_and_an_idempotency_key() {
    let world = World::open().await;
    let ann = world.person("ann").await;
    ann.adds(VISA).await;
    let bare = world.bank().types_card(MASTERCARD).await;
    ann.saves(&bare).await;
    let calls = world.gateway_requests().await;
    let ours: Vec<_> = calls
        .iter()
        .filter(|call| {
            call["headers"]["user-agent"]
                .as_str()
                .is_some_and(|name| name.starts_with("card-entry"))
        })
        .collect();
    assert!(ours.len() >= 6, "{calls:?}");
    for call in ours {
        assert_eq!(
            call["headers"]["stripe-version"], "2026-03-25.dahlia",
            "{call}"
        );
        let key = call["headers"]["idempotency-key"].as_str().unwrap_or("");
        assert_eq!(key.len() > 20, call["method"] == "POST", "{call}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn unconfirmed_intents_are_canceled() {
    let mut world = World::open().await;
    let unused = world.person("ann").await.begins().await;
    world.stop().await;
    let pool = world.database().await;
    sqlx::query("UPDATE intents SET created_at = created_at - 1801")
        .execute(&pool)
        .await
        .unwrap();
    pool.close().await;
    world.start().await;
    let bank = world.bank();
    let unused = unused.split("_secret_").next().unwrap().to_owned();
    eventually("it is cancelled", || async {
        bank.intent(&unused).await["status"] == "canceled"
    })
    .await;
}
