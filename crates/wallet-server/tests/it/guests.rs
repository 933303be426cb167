//! Guests: each has a wallet of their own by `gauthorization`, and no other access.

use crate::support::bank::VISA;
use crate::support::person::Person;
use crate::support::{STUDIO, World};

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_has_a_wallet_until_they_sign_out() {
    let world = World::open().await;
    let guest = Person::guest(&world, STUDIO).await;
    assert_eq!(guest.adds(VISA).await.status, 201);
    let me = guest.looks().await;
    assert_eq!(
        (&me.body["user"]["email"], me.cards().len()),
        (&"".into(), 1)
    );
    assert!(me.body["user"]["id"].as_u64().is_some());
    assert_eq!(guest.signs_out().await.status, 204);
    assert_eq!(guest.looks().await.status, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn user_and_guest_tokens_are_not_interchangeable() {
    let world = World::open().await;
    let mut guest = Person::guest(&world, STUDIO).await;
    guest.header = "authorization";
    assert_eq!(guest.looks().await.status, 401);
    let mut ann = world.person("ann").await;
    ann.header = "gauthorization";
    assert_eq!(ann.looks().await.status, 401);
}
