//! Cards of two networks: the network that the cardholder chose is stored and shown.

use serde_json::Value;

use crate::support::World;
use crate::support::bank::VISA;
use crate::support::cloud::Holder;

/// A card of Cartes Bancaires and Visa: <https://docs.stripe.com/testing?testing-method=card-numbers#co-branded-cards>.
const TWO: &str = "4000002500001001";

/// Brand, preferred network and display brand of each stored card, oldest first.
async fn stored(world: &World) -> Vec<(String, Option<String>, Option<String>)> {
    let rows = "SELECT brand, preferred_network, display_brand FROM cards ORDER BY id";
    let database = world.database().await;
    sqlx::query_as(rows).fetch_all(&database).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_chosen_network_is_read_from_the_gateway_and_shown() {
    let world = World::open().await;
    let ann = world.person("ann").await;
    let (secret, method) = (
        ann.begins().await,
        world.bank().types_card_on(TWO, "cartes_bancaires").await,
    );
    world.bank().confirms(&secret, &method).await;
    let mut body = ann.save_body(&method);
    // The network that the page sends is ignored.
    body["token_data"]["preferred_network"] = "visa".into();
    let saved = ann.posts_card(&body, None).await;
    assert_eq!(saved.status, 201, "{saved:?}");
    assert_eq!(saved.cards()[0]["brand"], "Cartes Bancaires");
    assert_eq!(ann.cards().await, saved.cards());
    let chosen = Some("cartes_bancaires".to_owned());
    assert_eq!(
        stored(&world).await,
        [("visa".to_owned(), chosen.clone(), chosen)]
    );
    // A replacing card does not inherit the network.
    assert_eq!(ann.adds(VISA).await.cards()[0]["brand"], "Visa");
    let rows = stored(&world).await;
    assert_eq!((rows.len(), &rows[0].1), (1, &None));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_valid_choice_the_brand_of_the_card_is_shown() {
    for (number, network) in [(TWO, None), (VISA, Some("cartes_bancaires"))] {
        let world = World::open().await;
        let ann = world.person("ann").await;
        let method = match network {
            Some(network) => world.bank().types_card_on(number, network).await,
            None => world.bank().types_card(number).await,
        };
        let secret = ann.begins().await;
        world.bank().confirms(&secret, &method).await;
        let saved = ann.saves(&method).await;
        assert_eq!(saved.cards()[0]["brand"], "Visa", "{network:?}");
        assert_eq!(stored(&world).await[0].1, None);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vendor_without_a_member_for_the_network_shows_the_brand() {
    let world = World::open().await;
    let ann = Holder::new(&world, "ann");
    let method = ann.bank().types_card_on(TWO, "cartes_bancaires").await;
    let secret = ann.begins().await;
    ann.bank().confirms(&secret, &method).await;
    let saved = ann.saves(&method).await;
    assert_eq!(saved.status, 201, "{saved:?}");
    let list: Vec<Value> = ann.list().await;
    assert_eq!(list[0]["brand"], "visa");
    assert_eq!(
        stored(&world).await[0].1.as_deref(),
        Some("cartes_bancaires")
    );
}
