//! Hostile saves and deletions: other people's cards, invented ids, intents that do not verify a card.

use serde_json::json;

use crate::support::bank::{Bank, CHALLENGED, VISA};
use crate::support::person::Person;
use crate::support::{BARBER, World};

const NO: &str = "This card can’t be saved. Please enter it again.";

#[tokio::test(flavor = "multi_thread")]
async fn another_owners_card_cannot_be_saved() {
    let world = World::open().await;
    let (ann, eve) = (world.person("ann").await, world.person("eve").await);
    ann.adds(VISA).await;
    let method = ann.card_id().await.split_once('|').unwrap().1.to_owned();
    let refused = eve.saves(&method).await;
    assert_eq!(refused.status, 422, "{refused:?}");
    assert!(eve.cards().await.is_empty());
    assert_eq!(ann.cards().await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_confirmed_with_another_owners_intent_cannot_be_saved() {
    let world = World::open().await;
    let (ann, eve, bank) = (
        world.person("ann").await,
        world.person("eve").await,
        world.bank(),
    );
    let (secret, method) = (ann.begins().await, bank.types_card(VISA).await);
    bank.confirms(&secret, &method).await;
    let refused = eve.saves(&method).await;
    assert_eq!((refused.status, refused.sentence()), (422, NO));
    assert_eq!(
        ann.saves(&method).await.status,
        201,
        "its owner can still save it"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn invented_and_malformed_tokens_are_refused() {
    let world = World::open().await;
    let ann = world.person("ann").await;
    assert_eq!(ann.saves("pm_doesnotexist00").await.sentence(), NO);
    for token in [
        "",
        "tok_visa",
        "cus_1|pm_12345678",
        "pm_short",
        "pm_12345678/../x",
        "pm_1234567\u{0}",
        "seti_12345678",
    ] {
        assert_eq!(ann.saves(token).await.status, 422, "{token:?}");
    }
    let mut body = ann.save_body("pm_doesnotexist00");
    body["token2"] = json!("pm_somethingelse0");
    assert_eq!(ann.posts_card(&body, None).await.sentence(), NO);
    let calls = world.gateway_requests().await;
    assert!(
        calls.iter().all(|call| call["method"] == "GET"),
        "nothing was created at the gateway: {calls:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_of_another_gateway_account_is_not_found() {
    let world = World::open().await;
    let ann = world.person("ann").await;
    let foreign = Bank::new(&world, "barber").types_card(VISA).await;
    assert_eq!(ann.saves(&foreign).await.sentence(), NO);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unfinished_authentication_does_not_verify_a_card() {
    let world = World::open().await;
    let (ann, bank) = (world.person("ann").await, world.bank());
    let (secret, method) = (ann.begins().await, bank.types_card(CHALLENGED).await);
    assert_eq!(
        bank.confirms(&secret, &method).await["status"],
        "requires_action"
    );
    let asked = ann.saves(&method).await;
    assert_eq!(
        (asked.status, &asked.body["client_secret"]),
        (402, &secret.as_str().into())
    );
    assert!(ann.cards().await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn other_peoples_cards_are_not_found_by_any_spelling_of_their_id() {
    let world = World::open().await;
    let (ann, eve) = (world.person("ann").await, world.person("eve").await);
    ann.adds(VISA).await;
    eve.adds(VISA).await;
    let (hers, own) = (ann.card_id().await, eve.card_id().await);
    let (customer, method) = hers.split_once('|').unwrap();
    let forged = [
        hers.clone(),
        format!("{}|{method}", own.split_once('|').unwrap().0),
        format!("{customer}|{}", own.split_once('|').unwrap().1),
        method.to_owned(),
        customer.to_owned(),
        format!("|{method}"),
        "1".to_owned(),
    ];
    for id in forged {
        for pipe in ["%7C", "%7c", "|", "%257C"] {
            for kind in ["credit_cards", "payment_methods"] {
                let answer = eve
                    .deletes_path(&format!("/user/{kind}/{}", id.replace('|', pipe)))
                    .await;
                assert_eq!(answer.status, 404, "{kind} {id} {pipe} {answer:?}");
            }
        }
    }
    for damaged in ["%zz", "%C0%AF", "%FF", "..%2F..", "%00"] {
        let answer = eve
            .deletes_path(&format!("/user/credit_cards/{damaged}"))
            .await;
        assert_eq!(
            (answer.status, answer.sentence()),
            (404, "This card is not in your wallet."),
            "{damaged}"
        );
    }
    assert_eq!((ann.cards().await.len(), eve.cards().await.len()), (1, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_valid_for_its_own_company_only() {
    let world = World::open().await;
    let ann = world.person("ann").await;
    ann.adds(VISA).await;
    let card = ann.card_id().await;
    let elsewhere = Person {
        world: &world,
        company: BARBER,
        id: ann.id,
        token: ann.token.clone(),
        header: ann.header,
    };
    for answer in [
        elsewhere.looks().await,
        elsewhere.asks_to_begin().await,
        elsewhere.saves("pm_doesnotexist00").await,
        elsewhere.deletes(&card).await,
    ] {
        assert_eq!(
            (answer.status, answer.sentence()),
            (401, "Please sign in again.")
        );
    }
    let namesake = Person::sign_up(&world, "ann", BARBER).await;
    assert!(
        namesake.cards().await.is_empty(),
        "the same e-mail address at another company is another person"
    );
    assert_eq!(namesake.deletes(&card).await.status, 404);
}
