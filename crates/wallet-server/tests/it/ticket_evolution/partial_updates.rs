//! Updates that stop half-way: vault and wallet still agree.

use serde_json::{Value, json};

use super::VISA;
use crate::support::seller::Seller;
use crate::support::{World, eventually};

/// Expiry, holder and postal code, in the vault and in the wallet.
async fn in_vault_and_wallet(ned: &Seller<'_>) -> ([String; 3], [String; 3]) {
    let text = |value: &Value| {
        value
            .as_str()
            .unwrap_or_else(|| panic!("{value}"))
            .to_owned()
    };
    let vaulted = ned.vaulted().await;
    let details = &vaulted[0]["node"]["details"];
    let shown = &ned.cards().await[0];
    let vault = [
        text(&details["expirationYear"])[2..].to_owned(),
        details["cardholderName"]
            .as_str()
            .unwrap_or("Ned Flanders")
            .to_owned(),
        text(&details["billingAddress"]["postalCode"]),
    ];
    let wallet = [
        text(&shown["expiration_year"]),
        text(&shown["name"]),
        text(&shown["address"]["postal_code"]),
    ];
    (vault, wallet)
}

/// A client with one card, and an update of everything that the vault stores.
async fn with_card(world: &World) -> (Seller<'_>, String, Value) {
    let ned = Seller::with_client(world, "tickets").await;
    let card = ned.adds(VISA).await;
    let work = json!({"addresses": [{
        "label": "work", "street_address": "100 Industrial Way", "locality": "Eugene", "region": "OR",
        "postal_code": "97401", "country_code": "US",
    }]});
    let made = ned.post(&ned.path("/addresses"), &work).await;
    let work = made.body["addresses"][0]["id"].clone();
    let change = json!({
        "expiration_year": "2040", "name": "Maude Flanders", "address_id": work, "label": "Ours",
    });
    (ned, card["id"].to_string(), change)
}

#[tokio::test]
async fn an_update_that_stops_half_way_is_half_done_in_both() {
    for (done, expected) in [
        (0, ["35", "Ned Flanders", "97475"]),
        (1, ["40", "Ned Flanders", "97475"]),
        (2, ["40", "Maude Flanders", "97475"]),
    ] {
        let world = World::open().await;
        let (ned, id, change) = with_card(&world).await;
        let path = ned.path(&format!("/credit_cards/{id}"));
        let fault = json!({"on": "braintree", "do": "graphql_status", "status": 503, "skip": done, "times": 1});
        world.gateway_fault_of("tickets", fault).await;
        let stopped = ned.put(&path, &change).await;
        assert_eq!(stopped.status, 503, "{stopped:?}");
        assert!(
            !stopped.body.to_string().contains("unchanged"),
            "{stopped:?}"
        );
        let (vault, wallet) = in_vault_and_wallet(&ned).await;
        assert_eq!(vault, expected);
        assert_eq!(wallet, expected, "the wallet after {done} calls");
        // A repeat of the request completes it.
        let again = ned.put(&path, &change).await;
        assert_eq!((again.status, &again.body["label"]), (200, &json!("Ours")));
        let (vault, wallet) = in_vault_and_wallet(&ned).await;
        assert_eq!((&vault, vault[1].as_str()), (&wallet, "Maude Flanders"));
        eventually("nothing is left to do", async || {
            ned.has_empty_outbox().await
        })
        .await;
    }
}

#[tokio::test]
async fn an_update_with_a_lost_response_is_adopted_or_corrected() {
    for (done, expected) in [
        // Expiry and holder come from the vault, the address from the wallet.
        (0, ["40", "Ned Flanders", "97475"]),
        (1, ["40", "Maude Flanders", "97475"]),
        (2, ["40", "Maude Flanders", "97475"]),
    ] {
        let world = World::open().await;
        let (ned, id, change) = with_card(&world).await;
        let path = ned.path(&format!("/credit_cards/{id}"));
        let fault =
            json!({"on": "braintree", "do": "graphql_drop_after", "skip": done, "times": 1});
        world.gateway_fault_of("tickets", fault).await;
        assert_eq!(ned.put(&path, &change).await.status, 503);
        let (vault, wallet) = in_vault_and_wallet(&ned).await;
        assert_ne!(vault, wallet, "not reconciled yet");
        ned.makes_outbox_jobs_due().await;
        eventually("nothing is left to do", async || {
            ned.has_empty_outbox().await
        })
        .await;
        let (vault, wallet) = in_vault_and_wallet(&ned).await;
        assert_eq!(vault, wallet);
        assert_eq!(wallet, expected);
    }
}

#[tokio::test]
async fn a_refused_expiry_changes_nothing() {
    let world = World::open().await;
    let (ned, id, mut change) = with_card(&world).await;
    change["expiration_year"] = json!("2001");
    let before = in_vault_and_wallet(&ned).await;
    let path = ned.path(&format!("/credit_cards/{id}"));
    assert_eq!(ned.put(&path, &change).await.status, 422);
    assert_eq!(in_vault_and_wallet(&ned).await, before);
    assert_eq!(ned.get(&path).await.body["label"], json!("Travel"));
}
