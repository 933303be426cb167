//! Guests leave: by signing out, or by not coming back. Their cards are released unless an appointment needs them.

use super::{is_attached, number, run};
use crate::support::bank::VISA;
use crate::support::person::Person;
use crate::support::{STUDIO, World, eventually};

/// The payment method of a guest's one card.
async fn card_of(guest: &Person<'_>) -> String {
    let id = guest.card_id().await;
    id.split_once('|').unwrap().1.to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_card_of_a_guest_who_signs_out_is_released() {
    let world = World::open().await;
    let guest = Person::guest(&world, STUDIO).await;
    guest.adds(VISA).await;
    let method = card_of(&guest).await;
    let ann = world.person("ann").await;
    ann.adds(VISA).await;
    let kept = card_of(&ann).await;
    assert_eq!(guest.signs_out().await.status, 204);
    assert_eq!(ann.signs_out().await.status, 204);
    assert_eq!(number(&world, "SELECT COUNT(*) FROM cards").await, 1);
    eventually("the card is detached", || async {
        !is_attached(&world, &method).await
    })
    .await;
    assert!(is_attached(&world, &kept).await, "a user comes back");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_card_of_a_guest_whose_session_expired_is_released_by_the_clean_up() {
    let mut world = World::open().await;
    let (method, user) = {
        let guest = Person::guest(&world, STUDIO).await;
        guest.adds(VISA).await;
        let ann = world.person("ann").await;
        ann.adds(VISA).await;
        (card_of(&guest).await, card_of(&ann).await)
    };
    run(&world, "UPDATE sessions SET expires_at = unixepoch() - 1").await;
    // The clean-up runs at the start.
    world.stop().await;
    world.start().await;
    eventually("the card is detached", || async {
        !is_attached(&world, &method).await
    })
    .await;
    assert!(is_attached(&world, &user).await);
    let why =
        "SELECT COUNT(*) FROM audit_events WHERE action = 'card_deleted' AND reason = 'guest_left'
                 AND actor = 'wallet_server' AND last4 = '4242'";
    assert_eq!(number(&world, why).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_card_of_a_gone_guest_stays_while_an_appointment_needs_it() {
    let mut world = World::open().await;
    let method = {
        let (guest, shop) = (Person::guest(&world, STUDIO).await, world.shop());
        guest.adds(VISA).await;
        let id = guest.looks().await.body["user"]["id"].as_i64().unwrap();
        assert_eq!(shop.holds(id, "b", "Haircut").await.status, 201);
        let method = card_of(&guest).await;
        assert_eq!(guest.signs_out().await.status, 204);
        method
    };
    assert_eq!(number(&world, "SELECT COUNT(*) FROM cards").await, 1);
    assert!(is_attached(&world, &method).await);
    run(
        &world,
        "UPDATE deletion_blocks SET until_at = unixepoch() - 1",
    )
    .await;
    world.stop().await;
    world.start().await;
    eventually("the card is detached", || async {
        !is_attached(&world, &method).await
    })
    .await;
    assert_eq!(number(&world, "SELECT COUNT(*) FROM cards").await, 0);
}
