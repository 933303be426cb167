//! A reusable token of Braintree's in the place of a nonce: the card moves into the wallet and stays in the vault.

use serde_json::{Value, json};

use super::{AMEX, VISA};
use crate::support::seller::Seller;
use crate::support::{World, eventually};

/// Puts a card into the vault as the seller's own program does, and returns its id and its legacy token.
async fn stored_by_the_seller(ned: &Seller<'_>, number: &str) -> (String, String) {
    let nonce = ned.types(number).await;
    let query = "mutation($input: VaultPaymentMethodInput!) { vaultPaymentMethod(input: $input) { paymentMethod { id legacyId } } }";
    let made = ned
        .vault(query, json!({"input": {"paymentMethodId": nonce}}))
        .await;
    let method = &made["data"]["vaultPaymentMethod"]["paymentMethod"];
    let text = |name: &str| {
        let found = method[name].as_str();
        found.unwrap_or_else(|| panic!("{made}")).to_owned()
    };
    (text("id"), text("legacyId"))
}

async fn postal_code_in_the_vault(ned: &Seller<'_>, id: &str) -> Value {
    let query = "query($id: ID!) { node(id: $id) { ... on PaymentMethod { details { ... on CreditCardDetails { billingAddress { postalCode } } } } } }";
    let found = ned.vault(query, json!({"id": id})).await;
    found["data"]["node"]["details"]["billingAddress"]["postalCode"].clone()
}

#[tokio::test]
async fn a_reusable_token_and_a_legacy_token_are_accepted() {
    let world = World::open().await;
    let ned = Seller::with_client(&world, "tickets").await;
    let (id, _) = stored_by_the_seller(&ned, VISA).await;
    let (other, legacy) = stored_by_the_seller(&ned, AMEX).await;
    let made = ned.keeps(&[ned.card(&id), ned.card(&legacy)]).await;
    assert_eq!(made.status, 201, "{made:?}");
    let digits = |at: usize| made.body["credit_cards"][at]["last_digits"].clone();
    assert_eq!((digits(0), digits(1)), (json!("1111"), json!("0005")));
    // Each card is verified by a dollar of its own, and the vault learns where its bills go.
    assert_eq!(ned.calls("authorizePaymentMethod").await, 2);
    eventually("nothing is left to do", async || {
        ned.has_empty_outbox().await
    })
    .await;
    for id in [&id, &other] {
        assert_eq!(postal_code_in_the_vault(&ned, id).await, json!("97475"));
    }
    // A deleted card leaves the vault, too.
    let card = &made.body["credit_cards"][1];
    let deleted = ned.delete(&ned.card_path(&card["id"])).await;
    assert!(deleted.status < 300, "{deleted:?}");
    eventually("it left the vault", async || {
        postal_code_in_the_vault(&ned, &other).await.is_null()
    })
    .await;
    assert_eq!(postal_code_in_the_vault(&ned, &id).await, json!("97475"));
}

#[tokio::test]
async fn a_refused_token_stays_in_the_vault_of_its_seller() {
    let world = World::open().await;
    let ned = Seller::with_client(&world, "tickets").await;
    ned.adds(AMEX).await;
    let (id, _) = stored_by_the_seller(&ned, VISA).await;
    // The $1 authorization and its repeats fail: two calls look at the nonce and the token before it.
    let fault =
        json!({"on": "braintree", "do": "graphql_status", "status": 503, "skip": 2, "times": 3});
    world.gateway_fault_of("tickets", fault).await;
    let refused = ned.keeps(&[ned.card(&id)]).await;
    assert_eq!(refused.status, 503, "{refused:?}");
    ned.makes_outbox_jobs_due().await;
    eventually("nothing is left to do", async || {
        ned.has_empty_outbox().await
    })
    .await;
    assert_eq!(ned.cards().await.len(), 1);
    let still_there = stored_in_vault(&ned, &id).await;
    assert!(still_there, "the seller's own card was deleted");
    let made = ned.keeps(&[ned.card(&id)]).await;
    assert_eq!(made.status, 201, "{made:?}");
}

async fn stored_in_vault(ned: &Seller<'_>, id: &str) -> bool {
    let query = "query($id: ID!) { node(id: $id) { ... on PaymentMethod { id } } }";
    let found = ned.vault(query, json!({"id": id})).await;
    found["data"]["node"]["id"] == json!(id)
}

#[tokio::test]
async fn the_token_of_a_card_in_a_wallet_is_not_accepted() {
    let world = World::open().await;
    let ned = Seller::with_client(&world, "tickets").await;
    let maude = Seller::with_client(&world, "tickets").await;
    let (id, _) = stored_by_the_seller(&ned, VISA).await;
    let made = ned.keeps(&[ned.card(&id)]).await;
    assert_eq!(made.status, 201, "{made:?}");
    let error = |answer: &crate::support::Answer| {
        assert_eq!(answer.status, 422, "{answer:?}");
        answer.body["credit_cards"][0]["errors"].clone()
    };
    // The very same request is a repeat, and gets its first answer.
    let mut card = ned.card(&id);
    card["label"] = json!("Once more");
    let again = error(&ned.keeps(&[card]).await);
    assert!(again.get("credit_card").is_some(), "{again}");
    // Another client gets the answer of a token that is nobody's.
    let stolen = error(&maude.keeps(&[maude.card(&id)]).await);
    let unknown = error(
        &maude
            .keeps(&[maude.card("cGF5bWVudG1ldGhvZF9jY18wMDAw")])
            .await,
    );
    assert_eq!(stolen, unknown);
    assert!(stolen.get("nonce").is_some(), "{stolen}");
    assert_eq!((ned.cards().await.len(), maude.cards().await.len()), (1, 0));
}

#[tokio::test]
async fn a_token_named_twice_in_one_request_is_refused() {
    let world = World::open().await;
    let ned = Seller::with_client(&world, "tickets").await;
    let (id, legacy) = stored_by_the_seller(&ned, VISA).await;
    let refused = ned.keeps(&[ned.card(&id), ned.card(&legacy)]).await;
    assert_eq!(refused.status, 422, "{refused:?}");
    assert_eq!(ned.cards().await.len(), 0);
    eventually("nothing is left to do", async || {
        ned.has_empty_outbox().await
    })
    .await;
    assert!(stored_in_vault(&ned, &id).await);
}
