//! Expired and revoked tokens: every call is refused, and nothing changes, here or at the gateway.

use crate::support::bank::{MASTERCARD, VISA};
use crate::support::person::Person;
use crate::support::{STUDIO, World};

/// Ways in which a session ends.
#[derive(Debug, Clone, Copy)]
enum End {
    Time,
    SignOut,
}

async fn end(person: &Person<'_>, how: End) {
    match how {
        End::Time => {
            let pool = person.world.database().await;
            let over = "UPDATE sessions SET expires_at = unixepoch() WHERE owner_id = $1";
            let query = sqlx::query(over).bind(person.id);
            assert_eq!(query.execute(&pool).await.unwrap().rows_affected(), 1);
        }
        End::SignOut => assert_eq!(person.signs_out().await.status, 204),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invalid_token_saves_nothing_and_deletes_nothing() {
    for how in [End::Time, End::SignOut] {
        let world = World::open().await;
        let (ann, bank) = (world.person("ann").await, world.bank());
        assert_eq!(ann.adds(VISA).await.status, 201);
        let id = ann.card_id().await;
        let (customer, _) = id.split_once('|').unwrap();
        // The next card is confirmed already, as when the session ends during a 3D Secure authentication.
        let secret = ann.begins_for_once().await;
        let method = bank.types_card(MASTERCARD).await;
        bank.confirms(&secret, &method).await;
        let attached = bank.attached(customer).await;
        let intents = world.gateway_intents().await;
        end(&ann, how).await;

        let keyed = ann.posts_card(&ann.save_body(&method), Some("k1")).await;
        let newer = format!("/user/payment_methods/{}", id.replace('|', "%7C"));
        let answers = [
            ann.saves(&method).await,
            keyed,
            ann.deletes(&id).await,
            ann.deletes_path(&newer).await,
            ann.asks_to_begin().await,
            ann.looks().await,
        ];
        for answer in &answers {
            assert_eq!(answer.status, 401, "{how:?}: {answer:?}");
            assert_eq!(answer.body, answers[0].body, "{how:?}");
        }
        assert_eq!(bank.attached(customer).await, attached, "{how:?}");
        assert_eq!(world.gateway_intents().await, intents, "{how:?}");

        // After a new sign-in the wallet is unchanged, and the same save succeeds.
        let again = Person::sign_in(&world, "ann", STUDIO).await;
        assert_eq!(again.card_id().await, id, "{how:?}");
        let body = again.save_body(&method);
        let saved = again.posts_card(&body, Some("k1")).await;
        assert_eq!(saved.status, 201, "{how:?}: {saved:?}");
        assert_eq!(again.cards().await[0]["last4"], "4444");
    }
}
