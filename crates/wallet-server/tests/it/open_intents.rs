//! Open intents: returned again while they are unused, and saved once a page has confirmed them, even without a request.

use std::collections::HashSet;

use serde_json::{Value, json};

use crate::delete::join;
use crate::release::{back, time_passes};
use crate::support::bank::{MASTERCARD, VISA};
use crate::support::cloud::Holder;
use crate::support::webhook_sender::world_with_webhooks;
use crate::support::{World, eventually};

const REFUSED: &str = "4000000000000002";

async fn count(world: &World, what: &'static str) -> i64 {
    let pool = world.database().await;
    let count = sqlx::query_scalar(what).fetch_one(&pool).await.unwrap();
    pool.close().await;
    count
}

async fn saves(world: &World) -> i64 {
    count(world, "SELECT COUNT(*) FROM saves").await
}

fn id_of(secret: &str) -> &str {
    secret.split("_secret_").next().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn opening_the_form_often_without_typing_uses_up_no_limit() {
    let world = World::with(|settings| settings.intents_per_hour = Some(2)).await;
    let (ann, bob) = (world.person("ann").await, Holder::new(&world, "bob"));
    let mut secrets = HashSet::new();
    for _ in 0..9 {
        secrets.insert(ann.begins().await);
    }
    assert_eq!((secrets.len(), world.gateway_intents().await), (1, 1));
    assert_eq!(ann.adds(VISA).await.status, 201);
    let secrets = join((0..9).map(|_| bob.begins()).collect()).await;
    assert_eq!(secrets.into_iter().collect::<HashSet<_>>().len(), 1);
    // More often than a person does it: the reads of the gateway are limited too.
    let mut last = 0;
    for _ in 0..3 {
        last = bob.asks_to_begin().await.status;
    }
    assert_eq!(last, 429);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_intent_that_was_used_or_has_another_save_policy_is_not_reused() {
    let world = World::open().await;
    let (ann, bank) = (world.person("ann").await, world.bank());
    let other = ann.begins_for_once().await;
    let first = ann.begins().await;
    assert_ne!(other, first, "the save policy differs");
    assert_eq!(
        bank.intent(id_of(&other)).await["status"],
        "canceled",
        "an owner has one open intent"
    );
    assert_eq!(ann.begins().await, first);
    bank.confirms(&first, &bank.types_card(REFUSED).await).await;
    assert_eq!(
        bank.intent(id_of(&first)).await["status"],
        "requires_payment_method"
    );
    let second = ann.begins().await;
    assert_ne!(second, first, "a declined card was an attempt");
    bank.confirms(&second, &bank.types_card(VISA).await).await;
    let third = ann.begins().await;
    assert_ne!(third, second, "the intent has succeeded");
    let pool = world.database().await;
    sqlx::query("INSERT INTO outbox (account_id, action, object_id, due_at, created_at) VALUES (40426, 'cancel', $1, 9999999999, 0)")
        .bind(id_of(&third))
        .execute(&pool)
        .await
        .unwrap();
    assert_ne!(
        ann.begins().await,
        third,
        "the intent is about to be canceled"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn two_tabs_of_one_intent_save_two_cards_once_each() {
    let world = World::open().await;
    let (ann, bank) = (
        Holder::new(&world, "ann"),
        Holder::new(&world, "ann").bank(),
    );
    let (one, two) = (ann.begins().await, ann.begins().await);
    assert_eq!(one, two);
    let (visa, other) = (
        bank.types_card(VISA).await,
        bank.types_card(MASTERCARD).await,
    );
    assert_eq!(bank.confirms(&one, &visa).await["status"], "succeeded");
    let moved = bank.confirms(&two, &other).await;
    assert_eq!(
        moved["error"]["code"], "setup_intent_unexpected_state",
        "{moved}"
    );
    // The second tab requests a new intent while the first one saves twice.
    let next = ann.begins().await;
    assert_eq!(bank.confirms(&next, &other).await["status"], "succeeded");
    let (a, b, c, d) = tokio::join!(
        ann.saves(&visa),
        ann.saves(&other),
        ann.saves(&visa),
        ann.saves(&other)
    );
    for answer in [a, b, c, d] {
        assert_eq!(answer.status, 201, "{answer:?}");
    }
    assert_eq!((ann.list().await.len(), saves(&world).await), (2, 2));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reused_intent_stays_open_for_half_an_hour_from_then() {
    let mut world = World::open().await;
    let (again, left) = {
        let (ann, bob) = (world.person("ann").await, world.person("bob").await);
        let (again, left) = (ann.begins().await, bob.begins().await);
        let pool = world.database().await;
        sqlx::query("UPDATE intents SET created_at = created_at - 1801")
            .execute(&pool)
            .await
            .unwrap();
        assert_eq!(ann.begins().await, again);
        (again, left)
    };
    world.stop().await;
    world.start().await;
    let bank = world.bank();
    eventually("the other intent is canceled", async || {
        bank.intent(id_of(&left)).await["status"] == "canceled"
    })
    .await;
    assert_eq!(
        bank.intent(id_of(&again)).await["status"],
        "requires_payment_method"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_confirmed_in_the_page_is_saved_when_the_wallet_is_listed() {
    let world = World::open().await;
    let (ann, bank) = (world.person("ann").await, world.bank());
    let secret = ann.begins().await;
    assert!(ann.cards().await.is_empty(), "nothing is confirmed yet");
    let method = bank.types_card(VISA).await;
    bank.confirms(&secret, &method).await;
    let looks = join((0..5).map(|_| ann.cards()).collect()).await;
    assert!(looks.iter().all(|cards| cards.len() == 1), "{looks:?}");
    assert_eq!(looks[0][0]["last4"], "4242");
    assert_eq!(saves(&world).await, 1);
    // A companion that sends the save too does not save twice.
    let body = ann.save_body(&method);
    for _ in 0..2 {
        let posted = ann.posts_card(&body, Some("k")).await;
        assert_eq!((posted.status, posted.cards().len()), (201, 1));
    }
    assert_eq!((saves(&world).await, ann.cards().await.len()), (1, 1));
    let read = world.gateway_calls("GET", "/v1/setup_intents/*").await;
    ann.cards().await;
    let after = world.gateway_calls("GET", "/v1/setup_intents/*").await;
    assert_eq!(read, after, "no intent is open");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_request_for_a_card_that_the_server_saved_is_not_a_repeat() {
    let world = World::open().await;
    let ann = Holder::new(&world, "ann");
    let first = ann.adds(VISA).await;
    let second = ann.confirms(MASTERCARD).await;
    assert_eq!(ann.ids().await, [first.clone(), second.clone()]);
    assert_eq!(ann.saves(&second).await.status, 201);
    assert_eq!(
        ann.ids().await[0],
        first,
        "the first save does not change the default"
    );
    assert_eq!(ann.saves(&second).await.status, 201);
    assert_eq!(ann.ids().await[0], second, "a second save does");
    assert_eq!(saves(&world).await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_with_the_policy_on_request_is_not_saved_by_itself() {
    let mut world = World::open().await;
    let (method, id, token) = {
        let (ann, bank) = (world.person("ann").await, world.bank());
        let (secret, method) = (ann.begins_for_once().await, bank.types_card(VISA).await);
        bank.confirms(&secret, &method).await;
        assert!(ann.cards().await.is_empty());
        (method, ann.id, ann.token.clone())
    };
    time_passes(&mut world).await;
    let bank = world.bank();
    eventually("the card is detached", async || {
        bank.method(&method).await["customer"].is_null()
    })
    .await;
    assert!(back(&world, id, &token).cards().await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_alone_saves_the_card() {
    let (world, _) = world_with_webhooks().await;
    let (ann, bank) = (world.person("ann").await, world.bank());
    let (secret, method) = (ann.begins().await, bank.types_card(VISA).await);
    bank.confirms(&secret, &method).await;
    eventually("the card is saved", async || saves(&world).await == 1).await;
    assert_eq!(count(&world, "SELECT COUNT(*) FROM cards").await, 1);
    assert_eq!(ann.cards().await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_card_is_saved_by_the_outbox_after_an_hour() {
    let mut world = World::open().await;
    let (method, id, token) = {
        let (ann, bank) = (world.person("ann").await, world.bank());
        let (secret, method) = (ann.begins().await, bank.types_card(VISA).await);
        bank.confirms(&secret, &method).await;
        (method, ann.id, ann.token.clone())
    };
    time_passes(&mut world).await;
    eventually("the card is saved", async || saves(&world).await == 1).await;
    assert!(world.bank().method(&method).await["customer"].is_string());
    assert_eq!(back(&world, id, &token).cards().await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_that_does_not_respond_does_not_hide_the_wallet() {
    let world = World::open().await;
    let (ann, bank) = (world.person("ann").await, world.bank());
    ann.adds(VISA).await;
    let (secret, method) = (ann.begins().await, bank.types_card(MASTERCARD).await);
    bank.confirms(&secret, &method).await;
    let down = json!({"on": "api", "do": "status", "status": 500, "method": "GET", "times": 100});
    world.gateway_fault(down).await;
    let shown = ann.looks().await;
    assert_eq!((shown.status, shown.cards().len()), (200, 1));
    assert_eq!(shown.cards()[0]["last4"], "4242");
    world.gateway_recovers().await;
    let last4: Value = ann.cards().await[0]["last4"].clone();
    assert_eq!(last4, "4444", "the next listing has the card");
}
