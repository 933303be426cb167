//! Ticket Evolution: clients, cards by nonce, all or none, updates, deletion.

mod breaker;
mod cleanup;
mod clients;
mod lost_responses;
mod partial_updates;
mod raw_numbers;
mod reusable_token;
mod signatures;

use serde_json::{Value, json};

use crate::support::seller::Seller;
use crate::support::{World, eventually};

pub const VISA: &str = "4111111111111111";
pub const AMEX: &str = "378282246310005";
const DECLINED: &str = "4000111111111115";

#[tokio::test]
async fn two_cards_are_saved_as_in_the_vendors_example() {
    let world = World::open().await;
    let ned = Seller::with_client(&world, "tickets").await;
    let (one, two) = (ned.types(VISA).await, ned.types(AMEX).await);
    let mut amex = ned.card(&two);
    amex["label"] = json!("AmEx Centurion");
    let made = ned.keeps(&[ned.card(&one), amex]).await;
    assert_eq!(made.status, 201, "{made:?}");
    let card = &made.body["credit_cards"][0];
    let client: u64 = ned.client.parse().unwrap();
    for (path, value) in [
        ("/label", json!("Travel")),
        ("/last_digits", json!("1111")),
        ("/card_company", json!("Visa")),
        // The vault's value, not that of the request.
        ("/expiration_month", json!("11")),
        ("/expiration_year", json!("35")),
        ("/name", json!("Ned Flanders")),
        ("/phone_number/phone_number/number", json!("5550123")),
        ("/phone_number/phone_number/callable_id", json!(client)),
        ("/address/id", json!(ned.address)),
        ("/address/po_box", json!(false)),
        ("/association/id", json!(client)),
        (
            "/association/phone_numbers/0/id",
            json!(ned.phone.to_string()),
        ),
        ("/association/email_addresses", json!([])),
    ] {
        assert_eq!(card.pointer(path), Some(&value), "{path} of {card}");
    }
    let second = &made.body["credit_cards"][1];
    assert_eq!(
        (&second["card_company"], &second["last_digits"]),
        (&json!("AMEX"), &json!("0005"))
    );
    let url = format!("/clients/{client}/credit_cards/{}", card["id"]);
    assert_eq!(card["url"], json!(url));
    assert_eq!(ned.get(&ned.card_path(&card["id"])).await.body, *card);
    // One $1 authorization each, voided before anything was stored.
    assert_eq!(
        (
            ned.calls("authorizePaymentMethod").await,
            ned.calls("reverseTransaction").await
        ),
        (2, 2)
    );
    assert!(ned.has_empty_outbox().await);
    assert_eq!(ned.vaulted().await.len(), 2);
}

#[tokio::test]
async fn lists_have_pages_and_the_primary_card_is_first() {
    let world = World::open().await;
    let ned = Seller::with_client(&world, "tickets").await;
    let mut ids = Vec::new();
    for number in [VISA, AMEX, "5555555555554444"] {
        ids.push(ned.adds(number).await["id"].clone());
    }
    let page = ned
        .get(&ned.path("/credit_cards?page=2&per_page=2"))
        .await
        .body;
    let (total, at, per) = (
        &page["total_entries"],
        &page["current_page"],
        &page["per_page"],
    );
    assert_eq!((total, at, per), (&json!(3), &json!(2), &json!(2)));
    assert_eq!(page["credit_cards"].as_array().unwrap().len(), 1);
    let order: Vec<Value> = ned
        .cards()
        .await
        .iter()
        .map(|card| card["id"].clone())
        .collect();
    assert_eq!(order, [ids[0].clone(), ids[2].clone(), ids[1].clone()]);
    let far = ned.get(&ned.path("/credit_cards?page=9")).await.body;
    assert_eq!(far["credit_cards"], json!([]));
    let clients = ned.get("/v9/clients").await.body;
    assert_eq!(clients["clients"][0]["id"], json!(ned.client));
}

#[tokio::test]
async fn one_declined_card_refuses_all_and_leaves_nothing_in_the_vault() {
    let world = World::open().await;
    let ned = Seller::with_client(&world, "tickets").await;
    let (good, bad) = (ned.types(VISA).await, ned.types(DECLINED).await);
    let refused = ned.keeps(&[ned.card(&good), ned.card(&bad)]).await;
    assert_eq!(refused.status, 422, "{refused:?}");
    let rows = &refused.body["credit_cards"];
    assert_eq!(rows[0]["errors"], json!({}));
    let words = rows[1]["errors"]["credit_card"][0].as_str().unwrap();
    assert!(words.contains("declined by its bank"), "{words}");
    assert_eq!(rows[1]["label"], json!("Travel"));
    assert!(!refused.body.to_string().contains(&bad));
    assert!(ned.cards().await.is_empty());
    eventually("the vault is empty again", async || {
        ned.vaulted().await.is_empty()
    })
    .await;
    eventually("nothing is left to do", async || {
        ned.has_empty_outbox().await
    })
    .await;
}

#[tokio::test]
async fn each_error_names_its_field() {
    let world = World::open().await;
    let ned = Seller::with_client(&world, "tickets").await;
    let other = Seller::with_client(&world, "tickets").await;
    let spent = ned.types(VISA).await;
    assert_eq!(ned.keeps(&[ned.card(&spent)]).await.status, 201);
    type Change = fn(&mut Value, &Seller<'_>);
    let rows: [(String, Change, &str); 7] = [
        (spent, |card, _| card["label"] = json!("Again"), "nonce"),
        (ned.types(VISA).await, |_, _| (), "credit_card"),
        (
            ned.types_with("5555555555554444", "200").await,
            |_, _| (),
            "verification_code",
        ),
        (
            ned.types(AMEX).await,
            |card, other| card["address_id"] = json!(other.address),
            "address_id",
        ),
        (
            ned.types(AMEX).await,
            |card, other| card["phone_number_id"] = json!(other.phone),
            "phone_number_id",
        ),
        (
            ned.types(AMEX).await,
            |card, _| card["label"] = json!("x".repeat(21)),
            "label",
        ),
        ("tokencc_bh_nobody".to_owned(), |_, _| (), "nonce"),
    ];
    for (nonce, change, field) in rows {
        let mut card = ned.card(&nonce);
        change(&mut card, &other);
        let refused = ned.keeps(&[card]).await;
        assert_eq!(refused.status, 422, "{field}: {refused:?}");
        let errors = refused.body["credit_cards"][0]["errors"]
            .as_object()
            .unwrap();
        assert!(errors.keys().eq([field]), "{field}: {errors:?}");
    }
    let body = json!({"credit_cards": ned.card("x")});
    let one = ned.post(&ned.path("/credit_cards"), &body).await;
    assert_eq!(one.status, 400);
    assert!(one.sentence().contains("an array"));
    assert_eq!(ned.cards().await.len(), 1);
    eventually("the vault has the one", async || {
        ned.vaulted().await.len() == 1
    })
    .await;
}

#[tokio::test]
async fn an_update_changes_the_card_in_the_vault_too() {
    let world = World::open().await;
    let ned = Seller::with_client(&world, "tickets").await;
    let (first, second) = (ned.adds(VISA).await, ned.adds(AMEX).await);
    assert_eq!(
        (&first["primary"], &second["primary"]),
        (&json!(true), &json!(false))
    );
    let path = ned.card_path(&second["id"]);
    let change = json!({
        "label": "Größe über alles", "name": "Maude Flanders", "expiration_month": "04",
        "expiration_year": "2040", "primary": true,
    });
    let changed = ned.put(&path, &change).await;
    assert_eq!(changed.status, 200, "{changed:?}");
    for (member, value) in [
        ("label", "Größe über alles"),
        ("name", "Maude Flanders"),
        ("expiration_month", "04"),
        ("expiration_year", "40"),
    ] {
        assert_eq!(changed.body[member], json!(value));
    }
    assert_eq!(ned.cards().await[0]["id"], second["id"]);
    assert_eq!(ned.cards().await[1]["primary"], json!(false));
    let vaulted = ned.vaulted().await;
    let there = |edge: &&Value| edge["node"]["details"]["last4"] == json!("0005");
    let details = &vaulted.iter().find(there).unwrap()["node"]["details"];
    assert_eq!(
        (&details["expirationYear"], &details["cardholderName"]),
        (&json!("2040"), &json!("Maude Flanders"))
    );
    let gone = ned.put(&path, &json!({"label": null})).await;
    assert_eq!(gone.body["label"], Value::Null);
    for (change, field) in [
        (json!({"label": "x".repeat(21)}), "label"),
        (json!({"expiration_year": "2001"}), "credit_card"),
        (json!({"address_id": 999_999}), "address_id"),
        (json!({"primary": false}), "primary"),
    ] {
        let refused = ned.put(&path, &change).await;
        assert_eq!(refused.status, 422, "{change}: {refused:?}");
        assert!(
            refused.body["errors"]
                .as_object()
                .unwrap()
                .keys()
                .eq([field]),
            "{refused:?}"
        );
        assert_eq!(refused.body["id"], second["id"]);
    }
}

#[tokio::test]
async fn a_deleted_card_is_removed_from_the_vault() {
    let world = World::open().await;
    let ned = Seller::with_client(&world, "tickets").await;
    let card = ned.adds(VISA).await;
    let path = ned.card_path(&card["id"]);
    assert_eq!(ned.delete(&path).await.status, 204);
    assert!(ned.cards().await.is_empty());
    assert_eq!(ned.get(&path).await.status, 404);
    eventually("the vault is empty", async || {
        ned.vaulted().await.is_empty()
    })
    .await;
    // The same card can be saved again.
    ned.adds(VISA).await;
}

/// The verification authorizes one unit of the account's currency, written with that currency's decimals.
#[tokio::test]
async fn the_verification_amount_is_one_unit_of_the_currency() {
    for (currency, amount) in [("usd", "1.00"), ("jpy", "1")] {
        let world = World::with(|settings| {
            for account in &mut settings.accounts {
                account.currency = currency.to_owned();
            }
        })
        .await;
        let ned = Seller::with_client(&world, "tickets").await;
        ned.adds(VISA).await;
        let calls = world.gateway_requests().await;
        let asked = format!("\"amount\":\"{amount}\"");
        let of = |call: &&Value| {
            call["body"]
                .as_str()
                .is_some_and(|body| body.contains(&asked))
        };
        assert_eq!(calls.iter().filter(of).count(), 1, "{currency}");
    }
}
