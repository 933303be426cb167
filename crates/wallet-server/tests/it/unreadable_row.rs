//! A row that cannot be shown never empties a list, in every wallet system.

use serde_json::{Value, json};

use crate::support::World;
use crate::support::bank::{MASTERCARD, VISA};
use crate::support::cloud::Holder;
use crate::support::merchant::{self, Merchant};
use crate::support::seller::Seller;

/// Damages a card's row, as a defect of another version or a broken disk could.
async fn damage(world: &World, last4: &str) {
    let db = world.database().await;
    let mut connection = db.acquire().await.unwrap();
    for statement in [
        if world.is_on_postgres() {
            "ALTER TABLE cards DROP CONSTRAINT IF EXISTS cards_last4_check".to_owned()
        } else {
            "PRAGMA ignore_check_constraints = ON".to_owned()
        },
        format!("UPDATE cards SET last4 = 'oops' WHERE last4 = '{last4}'"),
    ] {
        let statement = sqlx::AssertSqlSafe(statement);
        sqlx::query(statement)
            .execute(&mut *connection)
            .await
            .unwrap();
    }
}

fn last4s(cards: &[Value]) -> Vec<&str> {
    let shown = cards.iter().filter_map(|card| {
        let last4 = card.get("last4").or(card.get("last_digits"));
        last4?.as_str()
    });
    shown.collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn mikrocloud_lists_the_other_cards() {
    let world = World::open().await;
    let ann = Holder::new(&world, "ann");
    let bad = ann.adds(VISA).await;
    ann.adds(MASTERCARD).await;
    damage(&world, "4242").await;
    assert_eq!(last4s(&ann.list().await), ["4444"]);
    assert_eq!(
        ann.deletes(&bad).await.status,
        204,
        "it can still be deleted"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn quilt_lists_the_other_cards() {
    let world = merchant::world().await;
    let merchant = Merchant::new(&world);
    let bad = merchant.keeps("ann", "visa").await;
    merchant.keeps("ann", "mastercard").await;
    damage(&world, "4242").await;
    assert_eq!(last4s(&merchant.list("ann").await), ["4444"]);
    assert_eq!(
        merchant.deletes("ann", &bad).await.status,
        200,
        "it can still be deleted"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn ticket_evolution_lists_the_other_cards() {
    let world = World::open().await;
    let ned = Seller::with_client(&world, "tickets").await;
    let bad = ned.adds("4111111111111111").await;
    let good = ned.adds("378282246310005").await;
    damage(&world, "1111").await;
    assert_eq!(last4s(&ned.cards().await), ["0005"]);
    let path = ned.card_path(&good["id"]);
    assert_eq!(ned.get(&path).await.status, 200);
    let named = ned.put(&path, &json!({"label": "Mine"})).await;
    assert_eq!((named.status, &named.body["label"]), (200, &json!("Mine")));
    let more = ned.adds("5555555555554444").await;
    assert_eq!(more["last_digits"], json!("4444"));
    let bad = ned.card_path(&bad["id"]);
    assert_eq!(ned.get(&bad).await.status, 404);
    assert_eq!(
        ned.delete(&bad).await.status,
        204,
        "it can still be deleted"
    );
}
