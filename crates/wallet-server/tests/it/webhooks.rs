//! Webhooks: repeated, in any order, at the time of a save; the wallet always ends like the gateway.

mod signatures;

use serde_json::{Value, json};

use crate::delete::join;
use crate::support::bank::{MASTERCARD, VISA};
use crate::support::webhook_sender::{deliveries, delivery_policy, posts, world_with_webhooks};
use crate::support::{World, eventually};

fn method_of(card: &str) -> &str {
    card.split_once('|').unwrap().1
}

/// The gateway's event of this type about an object.
async fn event(world: &World, kind: &str, object: &str) -> Value {
    let events = world.bank().events().await;
    let of = |event: &&Value| event["type"] == kind && event["data"]["object"]["id"] == object;
    events.iter().find(of).expect("an event").clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_at_the_gateway_appear_in_the_wallet() {
    let (world, _) = world_with_webhooks().await;
    let (ann, bank, shop) = (world.person("ann").await, world.bank(), world.shop());
    ann.adds(VISA).await;
    let card = ann.card_id().await;
    let newer = [("card[exp_month]", "7"), ("card[exp_year]", "2039")];
    bank.changes(method_of(&card), "", &newer).await;
    eventually("the new expiry is shown", || async {
        ann.cards().await[0]["exp_year"] == 2039
    })
    .await;
    shop.holds(ann.id, "b-1", "Haircut").await;
    bank.changes(method_of(&card), "/detach", &[]).await;
    eventually("the card is removed", || async {
        ann.cards().await.is_empty()
    })
    .await;
    assert!(shop.lists(ann.id).await.is_empty());
    let late = ann.saves(method_of(&card)).await;
    assert_eq!(
        late.sentence(),
        "This card was removed. Please enter it again."
    );
    assert_eq!(ann.adds(MASTERCARD).await.status, 201);
}

/// The card network replaced the number of the card. The wallet shows the new one, and recognizes the card by it.
#[tokio::test(flavor = "multi_thread")]
async fn a_card_is_recognized_by_its_new_number() {
    let (world, _) = world_with_webhooks().await;
    let (ann, bank) = (world.person("ann").await, world.bank());
    ann.adds(VISA).await;
    let card = ann.card_id().await;
    bank.replaces_number(method_of(&card), MASTERCARD).await;
    eventually("the new number is shown", || async {
        ann.cards().await[0]["last4"] == "4444"
    })
    .await;
    let again = ann.adds(MASTERCARD).await;
    assert_eq!(again.status, 200, "the wallet has this card already");
    assert_eq!(ann.card_id().await, card);
}

#[tokio::test(flavor = "multi_thread")]
async fn repeated_and_reordered_events_end_in_the_same_wallet() {
    let (world, _) = world_with_webhooks().await;
    delivery_policy(&world, json!({"duplicates": 3, "shuffle": true})).await;
    let bank = world.bank();
    let mut people = Vec::new();
    for at in 0..4 {
        let person = world.person(&format!("p{at}")).await;
        person.adds(VISA).await;
        let first = person.card_id().await;
        for year in ["2035", "2036"] {
            let date = [("card[exp_month]", "7"), ("card[exp_year]", year)];
            bank.changes(method_of(&first), "", &date).await;
        }
        match at {
            0 => {}
            1 => assert_eq!(person.adds(MASTERCARD).await.status, 201),
            2 => assert_eq!(person.deletes(&first).await.status, 200),
            _ => bank.changes(method_of(&first), "/detach", &[]).await,
        }
        people.push(person);
    }
    let settled = async || {
        let sent = deliveries(&world).await;
        sent.len() > 40 && sent.iter().all(|one| one["status"] == 200)
    };
    eventually("all are delivered", || async { settled().await }).await;
    for (at, person) in people.iter().enumerate() {
        let expected = usize::from(at < 2);
        eventually("outbox jobs have ended", async || {
            person.cards().await.len() == expected
        })
        .await;
        let cards = person.cards().await;
        assert_eq!(cards.len(), usize::from(at < 2), "{at}");
        for card in cards {
            let id = card["id"].as_str().unwrap().to_owned();
            let known = bank.method(method_of(&id)).await;
            assert_eq!(card["exp_year"], known["card"]["exp_year"], "{at}");
            assert!(known["customer"].is_string());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_delivered_a_thousand_times_is_processed_once() {
    let (world, secret) = world_with_webhooks().await;
    delivery_policy(&world, json!({"delay": 60_000})).await;
    let (ann, bank) = (world.person("ann").await, world.bank());
    ann.adds(VISA).await;
    let card = ann.card_id().await;
    bank.changes(method_of(&card), "/detach", &[]).await;
    let event = event(&world, "payment_method.detached", method_of(&card)).await;
    for _ in 0..10 {
        let posted = join((0..100).map(|_| posts(&world, &secret, &event)).collect()).await;
        assert!(posted.iter().all(|status| *status == 200));
    }
    assert!(ann.cards().await.is_empty());
    let reads = world.gateway_calls("GET", "/v1/payment_methods/*").await;
    posts(&world, &secret, &event).await;
    let after = world.gateway_calls("GET", "/v1/payment_methods/*").await;
    assert_eq!(reads, after, "a processed event reads nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_order_of_the_same_events_ends_in_the_same_wallet() {
    let (world, secret) = world_with_webhooks().await;
    delivery_policy(&world, json!({"delay": 60_000})).await;
    let bank = world.bank();
    let orders = [
        [0, 1, 2],
        [0, 2, 1],
        [1, 0, 2],
        [1, 2, 0],
        [2, 0, 1],
        [2, 1, 0],
    ];
    for (at, order) in orders.into_iter().enumerate() {
        for is_detached in [false, true] {
            let person = world.person(&format!("p{at}{is_detached}")).await;
            person.adds(VISA).await;
            let card = person.card_id().await;
            let mut kinds = vec!["payment_method.attached"];
            bank.changes(
                method_of(&card),
                "",
                &[("card[exp_month]", "7"), ("card[exp_year]", "2039")],
            )
            .await;
            kinds.push("payment_method.updated");
            if is_detached {
                bank.changes(method_of(&card), "/detach", &[]).await;
                kinds.push("payment_method.detached");
            } else {
                kinds.push("payment_method.updated");
            }
            for which in order {
                let event = event(&world, kinds[which], method_of(&card)).await;
                assert_eq!(posts(&world, &secret, &event).await, 200);
            }
            let cards = person.cards().await;
            assert_eq!(cards.len(), usize::from(!is_detached), "{order:?}");
            assert!(
                cards.iter().all(|card| card["exp_year"] == 2039),
                "{order:?}"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn events_at_the_time_of_a_save_leave_wallet_and_gateway_equal() {
    let (world, _) = world_with_webhooks().await;
    let bank = world.bank();
    let mut people = Vec::new();
    for at in 0..10 {
        let person = world.person(&format!("p{at}")).await;
        let (secret, method) = (person.begins().await, bank.types_card(VISA).await);
        bank.confirms(&secret, &method).await;
        people.push((person, method));
    }
    let races = people.iter().map(async |(person, method)| {
        let pause = u64::try_from(person.id).unwrap() % 5 * 8;
        let save = person.saves(method);
        let detach = async {
            tokio::time::sleep(std::time::Duration::from_millis(pause)).await;
            bank.changes(method, "/detach", &[]).await;
        };
        tokio::join!(save, detach).0.status
    });
    let statuses = join(races.collect()).await;
    assert!(
        statuses.iter().all(|status| [201, 422].contains(status)),
        "{statuses:?}"
    );
    for (person, _) in &people {
        eventually("the wallet is empty", || async {
            person.cards().await.is_empty()
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn three_declines_in_a_browser_cancel_the_intent() {
    let (world, _) = world_with_webhooks().await;
    let (ann, bank) = (world.person("ann").await, world.bank());
    let secret = ann.begins().await;
    let id = secret.split("_secret_").next().unwrap();
    for _ in 0..2 {
        let method = bank.types_card("4000000000000002").await;
        bank.confirms(&secret, &method).await;
    }
    tokio::time::sleep(std::time::Duration::from_millis(600)).await;
    assert_eq!(bank.intent(id).await["status"], "requires_payment_method");
    let method = bank.types_card("4000000000009995").await;
    bank.confirms(&secret, &method).await;
    eventually("the intent is canceled", || async {
        bank.intent(id).await["status"] == "canceled"
    })
    .await;
    assert_eq!(ann.adds(VISA).await.status, 201, "a new intent is created");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_that_cannot_be_processed_is_delivered_again() {
    let (world, _) = world_with_webhooks().await;
    let (ann, bank) = (world.person("ann").await, world.bank());
    ann.adds(VISA).await;
    let card = ann.card_id().await;
    let down = json!({"on": "api", "do": "status", "status": 400, "method": "GET", "path": "/v1/payment_methods/*", "times": 1});
    world.gateway_fault(down).await;
    bank.changes(method_of(&card), "/detach", &[]).await;
    eventually("the card is removed", || async {
        ann.cards().await.is_empty()
    })
    .await;
    let sent = deliveries(&world).await;
    assert!(sent.iter().any(|one| one["status"] == 424), "{sent:?}");
}
