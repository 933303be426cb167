//! The circuit breaker of Ticket Evolution: declines before and in the vault count.

use wallet_server::config::BreakerSettings;

use super::{AMEX, DECLINED, VISA};
use crate::support::World;
use crate::support::seller::{Seller, TICKETS};

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
    for _ in 0..3 {
        let nonce = ned.types(DECLINED).await;
        assert_eq!(ned.keeps(&[ned.card(&nonce)]).await.status, 422);
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
