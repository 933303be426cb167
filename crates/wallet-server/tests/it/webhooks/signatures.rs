//! Webhook signatures: altered, old and unsigned events are refused; both secrets are valid while one is rolled; signed
//! events of other kinds are acknowledged.

use serde_json::{Value, json};

use super::{event, method_of};
use crate::support::bank::VISA;
use crate::support::person::Person;
use crate::support::webhook_sender::{
    PATH, deliveries, delivery_policy, posts, posts_raw, restart, roll_secret, signed,
    world_with_webhooks,
};
use crate::support::{STUDIO, eventually};

#[tokio::test(flavor = "multi_thread")]
async fn altered_old_and_unsigned_events_are_refused_and_the_original_is_accepted() {
    let (world, _) = world_with_webhooks().await;
    let (ann, bank) = (world.person("ann").await, world.bank());
    ann.adds(VISA).await;
    let card = ann.card_id().await;
    let tampers = ["byte", "old_timestamp", "v0_only", "wrong_secret"];
    for (tamper, year) in tampers.into_iter().zip(["2035", "2036", "2037", "2038"]) {
        delivery_policy(&world, json!({"tamper": tamper, "retries": 0})).await;
        let before = deliveries(&world).await.len();
        let form = [("card[exp_month]", "7"), ("card[exp_year]", year)];
        bank.changes(method_of(&card), "", &form).await;
        eventually("it is answered", || async {
            let sent = deliveries(&world).await;
            sent.len() > before && sent.iter().all(|one| one["status"].is_number())
        })
        .await;
        let sent = deliveries(&world).await;
        assert_eq!(sent.last().unwrap()["status"], 400, "{tamper}");
    }
    assert_eq!(
        ann.cards().await[0]["exp_year"],
        2031,
        "no forged event was applied"
    );
    delivery_policy(&world, json!({})).await;
    bank.changes(method_of(&card), "/detach", &[]).await;
    eventually("it is gone", || async { ann.cards().await.is_empty() }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_is_rolled_without_losing_an_event() {
    let (mut world, old) = world_with_webhooks().await;
    let mut people = Vec::new();
    for at in 0..4 {
        let person = world.person(&format!("p{at}")).await;
        person.adds(VISA).await;
        people.push((person.id, person.token.clone(), person.card_id().await));
    }
    let mut new = String::new();
    for (at, (id, token, card)) in people.into_iter().enumerate() {
        // Before; signed with both, old one configured; both configured; new one configured.
        match at {
            1 => new = roll_secret(&world).await,
            2 => restart(&mut world, &[&old, &new]).await,
            3 => restart(&mut world, &[&new]).await,
            _ => {}
        }
        world.bank().changes(method_of(&card), "/detach", &[]).await;
        let person = Person {
            world: &world,
            company: STUDIO,
            id,
            token,
            header: "authorization",
        };
        eventually("it is gone", || async { person.cards().await.is_empty() }).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_of_other_objects_is_acknowledged_and_ignored() {
    let (world, secret) = world_with_webhooks().await;
    let (ann, bank) = (world.person("ann").await, world.bank());
    ann.adds(VISA).await;
    let card = ann.card_id().await;
    bank.changes(
        method_of(&card),
        "",
        &[("card[exp_month]", "7"), ("card[exp_year]", "2039")],
    )
    .await;
    eventually("it is heard", || async {
        ann.cards().await[0]["exp_year"] == 2039
    })
    .await;
    let mut real = event(&world, "payment_method.updated", method_of(&card)).await;
    let mut at = 0;
    let mut altered = |member: &str, value: Value| {
        at += 1;
        real["id"] = json!(format!("evt_{at}"));
        let mut event = real.clone();
        event[member] = value;
        event
    };
    let detached = json!({"object": {"id": method_of(&card), "object": "payment_method"}});
    for event in [
        altered("type", json!("checkout.session.completed")),
        altered("type", json!("something.new")),
        altered("livemode", json!(true)),
        altered("account", json!("acct_1234567890")),
        altered("data", json!({"object": {"object": "balance"}})),
        altered("data", json!({"object": {"id": "pm_unknown00000"}})),
        altered("data", json!({"object": {"id": "not one"}})),
        altered("data", detached),
    ] {
        assert_eq!(posts(&world, &secret, &event).await, 200, "{event}");
    }
    assert_eq!(ann.cards().await.len(), 1);
    let body = real.to_string();
    let good = signed(&secret, &body, wallet_server::clock::now());
    for path in [
        "/webhooks/stripe/7",
        "/webhooks/stripe/999",
        "/webhooks/stripe/x",
    ] {
        assert_eq!(
            posts_raw(&world, path, Some(&good), body.clone()).await,
            404
        );
    }
    assert_eq!(posts_raw(&world, PATH, None, body).await, 400);
    for odd in ["", "{}", "[]", "null", "{\"id\":1}", "not JSON"] {
        let good = signed(&secret, odd, wallet_server::clock::now());
        let status = posts_raw(&world, PATH, Some(&good), odd.to_owned()).await;
        assert_eq!(status, 200, "{odd}");
    }
    let large = "x".repeat(300 * 1024);
    let status = posts_raw(&world, PATH, Some(&signed(&secret, "x", 0)), large).await;
    assert_eq!(status, 413);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signed_event_of_another_format_is_acknowledged_and_ignored() {
    let (world, secret) = world_with_webhooks().await;
    let thin = json!({
        "id": "evt_test_65TQkYz", "object": "v2.core.event", "type": "v2.core.account.updated", "livemode": false,
        "created": "2026-11-29T12:00:00.000Z", "related_object": {"id": "acct_1", "type": "v2.core.account"},
    });
    assert_eq!(posts(&world, &secret, &thin).await, 200);
    assert_eq!(posts_raw(&world, PATH, None, thin.to_string()).await, 400);
    assert_eq!(posts(&world, "whsec_of_somebody_else", &thin).await, 400);
}
