//! Saves: repeated, concurrent, refused, and of other owners' cards.

use reqwest::Method;
use serde_json::json;

use super::AMEX;
use crate::delete::join;
use crate::support::bank::{Bank, CHALLENGED, MASTERCARD, VISA};
use crate::support::cloud::Holder;
use crate::support::{Answer, World, eventually};

#[tokio::test(flavor = "multi_thread")]
async fn the_vendors_own_curl_example_saves() {
    let world = World::open().await;
    let ann = Holder::new(&world, "ann");
    let id = ann.confirms(VISA).await;
    let request = ann
        .request(Method::POST, "/payment-methods")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(format!(r#"{{"id": "{id}"}}"#));
    let saved = Answer::of(request.send().await.unwrap()).await;
    assert_eq!((saved.status, &saved.body["id"]), (201, &id.into()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replayed_save_is_one_card_and_does_not_change_the_default() {
    let world = World::open().await;
    let ann = Holder::new(&world, "ann");
    let first = ann.adds(VISA).await;
    let id = ann.confirms(MASTERCARD).await;
    let body = json!({"id": id});
    let tries = (0..20)
        .map(|_| ann.posts(&body, Some("one-press")))
        .collect();
    let answers = join(tries).await;
    for answer in &answers {
        assert_eq!((answer.status, answer), (201, &answers[0]));
    }
    assert_eq!(
        ann.ids().await,
        [&*first, &*id],
        "the default did not change"
    );
    let other = ann.posts(&json!({"id": first}), Some("one-press")).await;
    assert_eq!(
        (other.status, other.sentence()),
        (422, "This key was already used for another request.")
    );

    // The stored response is lost, as in a crash after the card was saved: the save is still found by its key.
    let database = world.database().await;
    sqlx::query("DELETE FROM idempotency_keys")
        .execute(&database)
        .await
        .unwrap();
    assert_eq!(ann.posts(&body, Some("one-press")).await, answers[0]);
    assert_eq!(ann.ids().await, [&*first, &*id]);
    ann.posts(&body, Some("another-press")).await;
    assert_eq!(
        ann.ids().await,
        [&*id, &*first],
        "a second save makes it the default"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_card_twice_is_one_card_with_the_newer_expiry() {
    let world = World::open().await;
    let ann = Holder::new(&world, "ann");
    let bank = ann.bank();
    let first = ann.adds(MASTERCARD).await;
    let kept = ann.adds(VISA).await;
    let (secret, copy) = (ann.begins().await, bank.types_card_until(VISA, 2035).await);
    bank.confirms(&secret, &copy).await;
    let saved = ann.saves(&copy).await;
    assert_eq!(
        (saved.status, &saved.body["id"]),
        (201, &kept.as_str().into())
    );
    assert_eq!(saved.body["exp_year"], 2035);
    assert_eq!(
        ann.ids().await,
        [&*first, &*kept],
        "it does not become the default"
    );
    let customer = bank.method(&kept).await["customer"].clone();
    eventually("the copy is detached", || async {
        bank.attached(customer.as_str().unwrap()).await.len() == 2
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_wallet_refuses_a_card_and_leaves_nothing_at_the_gateway() {
    let world = World::with(|settings| settings.cards_per_wallet = Some(2)).await;
    let ann = Holder::new(&world, "ann");
    let first = ann.adds(VISA).await;
    let third = ann.confirms(AMEX).await;
    ann.adds(MASTERCARD).await;
    for answer in [ann.asks_to_begin().await, ann.saves(&third).await] {
        assert_eq!(
            (answer.status, answer.sentence()),
            (422, "Your wallet is full. Please delete a card first.")
        );
    }
    let bank = ann.bank();
    let customer = bank.method(&first).await["customer"].clone();
    eventually("what was not taken is detached", || async {
        bank.attached(customer.as_str().unwrap()).await.len() == 2
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invalid_save_names_its_fields() {
    let world = World::open().await;
    let ann = Holder::new(&world, "ann");
    let required = json!({
        "message": "The id field is required.", "errors": {"id": ["The id field is required."]}
    });
    for body in [
        json!({}),
        json!({"id": null}),
        json!({"id": ""}),
        json!([]),
        json!("x"),
    ] {
        let answer = ann.posts(&body, None).await;
        assert_eq!((answer.status, &answer.body), (422, &required), "{body}");
    }
    let number = ann.posts(&json!({"id": 7}), None).await;
    assert_eq!(
        (number.status, number.body),
        (
            422,
            json!({
                "message": "The id field must be a string. (and 1 more error)",
                "errors": {"id": ["The id field must be a string.", "The selected id is invalid."]},
            })
        )
    );
    for id in ["tok_visa", "pm_short", "pm_12345678/../x", "seti_12345678"] {
        let answer = ann.saves(id).await;
        assert_eq!(answer.status, 422, "{id}");
        assert_eq!(
            answer.body["errors"]["id"][0],
            "The selected id is invalid."
        );
    }
    let unknown = ann.saves("card_1Nqn8bCVnXOZCtu949NkeQ97").await;
    assert_eq!(
        (unknown.status, unknown.sentence()),
        (422, "This card can’t be saved. Please enter it again."),
        "the page's own example, which no gateway knows"
    );
    let broken = ann.request(Method::POST, "/payment-methods").body("{");
    assert_eq!(Answer::of(broken.send().await.unwrap()).await.status, 400);
    assert!(ann.list().await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn another_owners_card_or_intent_is_refused() {
    let world = World::open().await;
    let (ann, eve) = (Holder::new(&world, "ann"), Holder::new(&world, "eve"));
    let saved = ann.adds(VISA).await;
    let confirmed = ann.confirms(MASTERCARD).await;
    let foreign = Bank::new(&world, "rival").types_card(VISA).await;
    for id in [&saved, &confirmed, &foreign] {
        let answer = eve.saves(id).await;
        assert_eq!(answer.status, 422, "{answer:?}");
    }
    assert!(eve.list().await.is_empty());
    assert_eq!(ann.ids().await, [&*saved, &*confirmed]);
    assert_eq!(
        ann.saves(&confirmed).await.status,
        201,
        "its owner still can"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_challenge_saves_no_card() {
    let world = World::open().await;
    let ann = Holder::new(&world, "ann");
    let (secret, id) = (ann.begins().await, ann.bank().types_card(CHALLENGED).await);
    ann.bank().confirms(&secret, &id).await;
    let asked = ann.saves(&id).await;
    assert_eq!(asked.status, 422, "the vendor has no 402: {asked:?}");
    assert!(asked.sentence().contains("bank"), "{asked:?}");
    assert!(!asked.body.to_string().contains("_secret_"), "{asked:?}");
    ann.bank().challenge(&secret, "complete").await;
    assert_eq!(ann.saves(&id).await.status, 201);
    let declined = ann
        .saves(&ann.bank().types_card("4000000000000002").await)
        .await;
    assert_eq!(declined.status, 422, "{declined:?}");
    assert_eq!(ann.list().await.len(), 1);
}

/// The bank replaced the card, and the card network sent its new number to the gateway.
#[tokio::test(flavor = "multi_thread")]
async fn a_card_with_an_updated_number_is_recognised_when_it_is_entered_again() {
    let world = World::open().await;
    let ann = Holder::new(&world, "ann");
    let first = ann.adds(VISA).await;
    let other = ann.adds(AMEX).await;
    ann.bank().replaces_number(&first, MASTERCARD).await;
    // Without webhooks, the save itself reads the card from the gateway.
    let kept = ann.adds(MASTERCARD).await;
    assert_eq!(kept, first);
    let mut ids = ann.ids().await;
    ids.sort();
    let mut expected = [first.clone(), other];
    expected.sort();
    assert_eq!(ids, expected, "listed once");
    let list = ann.list().await;
    let card = list.iter().find(|card| card["id"] == *first).unwrap();
    assert_eq!(
        (&card["brand"], &card["last4"]),
        (&json!("mastercard"), &json!("4444"))
    );
    // The old number now belongs to another card.
    let old = ann.adds(VISA).await;
    assert_eq!(ann.ids().await.len(), 3);
    assert_ne!(old, first);
}
