//! The circuit breaker of Ticket Evolution: declines before and in the vault count.

use wallet_server::config::BreakerSettings;

use super::{AMEX, DECLINED, VISA};
use crate::support::World;
use crate::support::seller::{Seller, TICKETS};

/// Sends a declined card of a person at this address; returns the status.
async fn tries(client: &Seller<'_>, address: &str) -> u16 {
    let mut card = client.card(&client.types(DECLINED).await);
    card["ip_address"] = address.into();
    client.keeps(&[card]).await.status
}

#[tokio::test]
async fn the_declines_of_one_address_refuse_new_clients_there() {
    let world = World::with(|settings| settings.declines_per_hour_and_address = Some(3)).await;
    for status in [422, 422, 422, 503] {
        let client = Seller::with_client(&world, "tickets").await;
        assert_eq!(tries(&client, "203.0.113.1").await, status);
    }
    let client = Seller::with_client(&world, "tickets").await;
    assert_eq!(tries(&client, "203.0.113.2").await, 422, "another address");
}

#[tokio::test]
async fn an_account_with_mostly_declined_cards_accepts_no_new_ones_for_a_while() {
    let world = World::with(|settings| {
        for account in &mut settings.accounts {
            account.breaker = (account.id == TICKETS).then(|| BreakerSettings {
                minimum: Some(4),
                ..BreakerSettings::default()
            });
        }
    })
    .await;
    let ned = Seller::with_client(&world, "tickets").await;
    ned.adds(VISA).await;
    let next = ned.types(AMEX).await;
    for address in ["203.0.113.1", "203.0.113.2", "203.0.113.3"] {
        let client = Seller::with_client(&world, "tickets").await;
        assert_eq!(tries(&client, address).await, 422);
    }
    let paused = ned.keeps(&[ned.card(&next)]).await;
    assert_eq!(paused.status, 503, "{paused:?}");
    let words = paused.body["error"].as_str().unwrap();
    assert!(
        words.contains("New cards can’t be added just now"),
        "{words}"
    );
    assert_eq!(ned.cards().await.len(), 1, "saved cards are still listed");
    // Another seller is another account.
    let other = Seller::with_client(&world, "resale").await;
    other.adds(AMEX).await;
}
