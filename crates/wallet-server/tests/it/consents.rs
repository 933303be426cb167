//! Proofs of consent: what a person agreed to is stored with the card and never changes.

use serde_json::{Value, json};

use crate::support::World;
use crate::support::bank::{MASTERCARD, VISA};
use crate::support::cloud::Holder;
use crate::support::person::Person;
use crate::support::seller::Seller;

fn proof(text: &str) -> Value {
    json!({"text": text, "locale": "en", "shown_at": "2026-11-29T14:03:05.123Z", "accepted_at": "2026-11-29T14:03:09.000Z"})
}

type Row = (String, String, String, String, String, Option<String>);

async fn rows(world: &World) -> Vec<Row> {
    let database = world.database().await;
    sqlx::query_as(
        "SELECT payment_method, wallet_payment_method, text, locale, shown_at, accepted_at FROM consents ORDER BY id",
    )
    .fetch_all(&database)
    .await
    .unwrap()
}

/// Confirms a card and saves it with a consent. Returns the payment method and the status of the response.
async fn saves_with(
    ann: &Person<'_>,
    world: &World,
    number: &str,
    consent: Value,
) -> (String, u16) {
    let secret = ann.begins().await;
    let method = world.bank().types_card(number).await;
    world.bank().confirms(&secret, &method).await;
    let mut body = ann.save_body(&method);
    body["consent"] = consent;
    let answer = ann.posts_card(&body, Some(&method)).await;
    // The same request again is the same save, and the same consent.
    assert_eq!(
        ann.posts_card(&body, Some(&method)).await.status,
        answer.status
    );
    (method, answer.status)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_consent_is_stored_with_the_card_and_stays_after_its_deletion() {
    let world = World::open().await;
    let ann = world.person("ann").await;
    let (first, status) = saves_with(&ann, &world, VISA, proof("Keep it?")).await;
    assert_eq!(status, 201);
    let mut shown = proof("By saving you agree.");
    shown["accepted_at"] = Value::Null;
    let (second, status) = saves_with(&ann, &world, MASTERCARD, shown).await;
    assert_eq!(status, 201);
    let expected = [
        (&first, "Keep it?", Some("2026-11-29T14:03:09.000Z")),
        (&second, "By saving you agree.", None),
    ];
    let kept = rows(&world).await;
    assert_eq!(
        kept.len(),
        2,
        "the consent of the replaced card stays: {kept:?}"
    );
    for (row, (method, text, accepted)) in kept.iter().zip(expected) {
        assert_eq!((&row.0, &row.1, row.2.as_str()), (method, method, text));
        assert_eq!(
            (row.3.as_str(), row.4.as_str(), row.5.as_deref()),
            ("en", "2026-11-29T14:03:05.123Z", accepted)
        );
    }
    let card = ann.cards().await[0]["id"].as_str().unwrap().to_owned();
    assert_eq!(ann.deletes(&card).await.status, 200);
    assert_eq!(rows(&world).await, kept);
    let changed = sqlx::query("UPDATE consents SET text = 'other'")
        .execute(&world.database().await)
        .await;
    assert!(changed.is_err(), "a consent is never changed");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_consent_of_a_copy_belongs_to_the_stored_card() {
    let world = World::open().await;
    let ann = world.person("ann").await;
    let (first, _) = saves_with(&ann, &world, VISA, proof("Keep it?")).await;
    let (copy, status) = saves_with(&ann, &world, VISA, proof("Still?")).await;
    assert_eq!(status, 200);
    let kept = rows(&world).await;
    assert_eq!(
        (&kept[1].0, &kept[1].1, kept[1].2.as_str()),
        (&copy, &first, "Still?")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invalid_consent_refuses_the_save_and_a_missing_one_does_not() {
    let world = World::open().await;
    let ann = world.person("ann").await;
    let mut wrong = vec![
        json!("yes"),
        json!({}),
        proof(" "),
        proof(&"x".repeat(601)),
        proof("Card 4242 4242 4242 4242"),
    ];
    for (member, value) in [
        ("shown_at", json!("yesterday")),
        ("accepted_at", json!(1)),
        ("locale", json!("english!")),
    ] {
        let mut bad = proof("Keep it?");
        bad[member] = value;
        wrong.push(bad);
    }
    for bad in wrong {
        let (_, status) = saves_with(&ann, &world, VISA, bad.clone()).await;
        assert_eq!(status, 422, "{bad}");
    }
    assert_eq!(ann.adds(MASTERCARD).await.status, 201);
    assert!(rows(&world).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_the_server_saved_by_itself_gets_the_consent_of_the_later_request() {
    let world = World::open().await;
    let ann = world.person("ann").await;
    let secret = ann.begins().await;
    let method = world.bank().types_card(VISA).await;
    world.bank().confirms(&secret, &method).await;
    ann.cards().await;
    let mut body = ann.save_body(&method);
    body["consent"] = proof("Keep it?");
    for _ in 0..2 {
        let status = ann.posts_card(&body, None).await.status;
        assert!([200, 201].contains(&status), "{status}");
    }
    let kept = rows(&world).await;
    assert_eq!(kept.len(), 1, "{kept:?}");
    assert_eq!((&kept[0].0, kept[0].2.as_str()), (&method, "Keep it?"));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_wallet_system_stores_the_consent() {
    let world = World::open().await;
    let holder = Holder::new(&world, "ann");
    let id = holder.confirms(VISA).await;
    let refused = holder
        .posts(&json!({"id": id, "consent": {"text": 5}}), None)
        .await;
    assert_eq!(refused.status, 422);
    assert!(refused.body.to_string().contains("consent"), "{refused:?}");
    let saved = holder
        .posts(&json!({"id": id, "consent": proof("Cloud?")}), None)
        .await;
    assert_eq!(saved.status, 201, "{saved:?}");

    let ned = Seller::with_client(&world, "tickets").await;
    let nonce = ned.types("4111111111111111").await;
    let body = json!({"credit_cards": [ned.card(&nonce)], "consent": proof("Tickets?")});
    let made = ned.post(&ned.path("/credit_cards"), &body).await;
    assert_eq!(made.status, 201, "{made:?}");

    let texts: Vec<String> = rows(&world).await.into_iter().map(|row| row.2).collect();
    assert_eq!(texts, ["Cloud?", "Tickets?"]);
}
