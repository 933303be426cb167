//! Customers that the gateway no longer has: deleted in its dashboard, or of another gateway account since the keys were
//! changed.

use serde_json::{Value, json};

use crate::support::bank::{Bank, MASTERCARD, VISA};
use crate::support::cloud::Holder;
use crate::support::merchant::{Merchant, code, world};
use crate::support::seller::Seller;
use crate::support::webhook_sender::{delivery_policy, posts, world_with_webhooks};
use crate::support::{World, eventually};

fn parts(card: &str) -> (&str, &str) {
    card.split_once('|').unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_next_card_gets_a_new_customer_and_the_lost_cards_are_removed() {
    let world = World::open().await;
    let (ann, bank) = (world.person("ann").await, world.bank());
    ann.adds(VISA).await;
    let first = ann.card_id().await;
    bank.deletes_customer(parts(&first).0).await;
    assert_eq!(ann.asks_to_begin().await.status, 200);
    assert!(
        ann.cards().await.is_empty(),
        "it can never be charged again"
    );
    assert_eq!(ann.adds(MASTERCARD).await.status, 201);
    let second = ann.card_id().await;
    assert_ne!(parts(&second).0, parts(&first).0);
    assert_eq!(bank.attached(parts(&second).0).await, [parts(&second).1]);
    assert_eq!(
        bank.customers().await.len(),
        1,
        "repeated calls create one customer"
    );
    let late = ann.saves(parts(&first).1).await;
    assert_eq!(
        (late.status, late.sentence()),
        (422, "This card was removed. Please enter it again.")
    );
}

/// A card without an intent: the server finds out itself that the customer was deleted.
#[tokio::test(flavor = "multi_thread")]
async fn a_save_without_an_intent_gets_a_new_customer_too() {
    let world = World::open().await;
    let (ann, bank) = (world.person("ann").await, world.bank());
    ann.adds(VISA).await;
    let first = ann.card_id().await;
    bank.deletes_customer(parts(&first).0).await;
    let method = bank.types_card(MASTERCARD).await;
    assert_eq!(ann.saves(&method).await.status, 201);
    assert_eq!(ann.cards().await.len(), 1);
    let second = ann.card_id().await;
    assert_eq!(parts(&second).1, method);
    assert_eq!(bank.attached(parts(&second).0).await, [method]);
}

/// After a change of keys, the other gateway account has neither customers nor cards.
#[tokio::test(flavor = "multi_thread")]
async fn after_a_change_of_keys_the_wallet_accepts_new_cards() {
    let mut world = World::open().await;
    let id = {
        let ann = Holder::new(&world, "ann");
        ann.adds(VISA).await
    };
    for account in &mut world.settings.accounts {
        if account.publishable_key == "pk_test_cloud" {
            account.publishable_key = "pk_test_moved".to_owned();
            account.secret_key = Some(wallet_server::secret::Secret::new(
                "sk_test_moved".to_owned(),
            ));
        }
    }
    world.stop().await;
    world.start().await;
    let ann = Holder::new(&world, "ann");
    let bank = Bank::new(&world, "moved");
    let secret = ann.begins().await;
    let method = bank.types_card(MASTERCARD).await;
    bank.confirms(&secret, &method).await;
    assert_eq!(ann.saves(&method).await.status, 201);
    assert_eq!(ann.ids().await, [method]);
    assert_eq!(ann.deletes(&id).await.status, 410);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_of_a_deleted_customer_removes_its_cards() {
    let (world, secret) = world_with_webhooks().await;
    let (ann, bank, shop) = (world.person("ann").await, world.bank(), world.shop());
    let ben = world.person("ben").await;
    ann.adds(VISA).await;
    ben.adds(VISA).await;
    let card = ann.card_id().await;
    shop.holds(ann.id, "b-1", "Haircut").await;
    bank.deletes_customer(parts(&card).0).await;
    eventually("the card is removed", || async {
        ann.cards().await.is_empty()
    })
    .await;
    assert!(
        shop.lists(ann.id).await.is_empty(),
        "the card's deletion block is removed"
    );
    assert_eq!(ben.cards().await.len(), 1);
    assert_eq!(ann.adds(MASTERCARD).await.status, 201);

    // The content of an event is not trusted: the customer is read.
    delivery_policy(&world, json!({"delay": 60_000})).await;
    let events = bank.events().await;
    let of = |event: &&Value| event["type"] == "customer.deleted";
    let mut event = events.iter().find(of).expect("an event").clone();
    let ben_s = ben.card_id().await;
    event["id"] = json!("evt_made_up");
    event["data"]["object"]["id"] = json!(parts(&ben_s).0);
    assert_eq!(posts(&world, &secret, &event).await, 200);
    assert_eq!(
        ben.cards().await.len(),
        1,
        "the gateway still has his customer"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_card_is_not_charged_and_the_next_sale_works() {
    let world = world().await;
    let merchant = Merchant::new(&world);
    let card = merchant.keeps("ann", "visa").await;
    let customer = merchant.bank().method(&card).await["customer"].clone();
    merchant
        .bank()
        .deletes_customer(customer.as_str().unwrap())
        .await;
    let body = merchant.charge("ann", &card, "5.00", Some("order 1"));
    let answer = merchant.posts("/payment/intent", &body).await;
    assert_eq!(code(&answer), (404, "not_found"), "{answer:?}");
    assert!(merchant.list("ann").await.is_empty());
    let again = merchant.keeps("ann", "mastercard").await;
    let body = merchant.charge("ann", &again, "5.00", Some("order 1"));
    let answer = merchant.posts("/payment/intent", &body).await;
    assert_eq!(answer.body["status"], "succeeded", "{answer:?}");
}

/// The customer was deleted from the vault, for example by an operator.
#[tokio::test(flavor = "multi_thread")]
async fn a_vault_without_the_customer_gets_a_new_one() {
    let world = World::open().await;
    let ned = Seller::with_client(&world, "tickets").await;
    ned.adds("4111111111111111").await;
    let database = world.database().await;
    for column in [
        "UPDATE owners SET customer_id = 'Y3VzdG9tZXJfMDAwMDAwMA'",
        "UPDATE cards SET customer_id = 'Y3VzdG9tZXJfMDAwMDAwMA'",
    ] {
        let changed = sqlx::query(column).execute(&database).await.unwrap();
        assert_eq!(changed.rows_affected(), 1);
    }
    let nonce = ned.types("378282246310005").await;
    let made = ned.keeps(&[ned.card(&nonce)]).await;
    assert_eq!(made.status, 201, "{made:?}");
    let cards = ned.cards().await;
    assert_eq!(cards.len(), 1, "the lost card is not listed: {cards:?}");
    assert_eq!(cards[0]["last_digits"], "0005");
}
