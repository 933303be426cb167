//! Saving and replacing: the gateway's details are stored, the wallet has one card, and the old one is detached.

use crate::support::bank::{CHALLENGED, MASTERCARD, VISA, claims};
use crate::support::{World, eventually};

#[tokio::test(flavor = "multi_thread")]
async fn a_confirmed_card_is_listed_with_the_gateways_details() {
    let world = World::open().await;
    let ann = world.person("ann").await;
    assert!(ann.cards().await.is_empty());

    let saved = ann.adds(VISA).await;
    assert_eq!(saved.status, 201, "{saved:?}");
    let card = &saved.cards()[0];
    assert_eq!(
        (&card["brand"], &card["last4"]),
        (&"Visa".into(), &"4242".into())
    );
    assert_eq!(
        (&card["exp_month"], &card["exp_year"]),
        (&11.into(), &2031.into())
    );
    assert_eq!(
        (&card["address_country"], &card["address_zip"]),
        (&"GB".into(), &"SW20 8DZ".into()),
        "the country of the address, and not that of the issuer"
    );
    assert_eq!(
        (&card["name"], &card["errors"]),
        (&"Ann Lee".into(), &serde_json::json!({}))
    );
    assert_eq!(ann.cards().await, saved.cards());
    assert!(saved.body["user"]["authentication_token"].is_null());

    let (customer, method) = card["id"].as_str().unwrap().split_once('|').unwrap();
    assert_eq!(world.bank().attached(customer).await, [method]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_page_claims_about_a_card_is_ignored() {
    let world = World::open().await;
    let ann = world.person("ann").await;
    let (secret, method) = (
        ann.begins().await,
        world.bank().types_card(MASTERCARD).await,
    );
    world.bank().confirms(&secret, &method).await;
    let mut body = ann.save_body(&method);
    body["token_data"] = claims("0000");
    body["address_country"] = "XX".into();
    let card = ann.posts_card(&body, None).await.cards()[0].clone();
    assert_eq!(
        (&card["brand"], &card["last4"]),
        (&"Mastercard".into(), &"4444".into())
    );
    assert_eq!(card["address_country"], "GB");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_country_is_never_combined_with_the_postal_code_of_another_one() {
    for (address, country, zip) in [
        (&[("postal_code", "SW20 8DZ")][..], None, Some("SW20 8DZ")),
        (&[("country", "HK")][..], Some("HK"), None),
        (&[][..], Some("US"), None),
    ] {
        let world = World::open().await;
        let ann = world.person("ann").await;
        let secret = ann.begins().await;
        let method = world.bank().types_card_at(VISA, 2031, address).await;
        world.bank().confirms(&secret, &method).await;
        let card = ann.saves(&method).await.cards()[0].clone();
        assert_eq!(
            (
                card["address_country"].as_str(),
                card["address_zip"].as_str()
            ),
            (country, zip)
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_card_replaces_the_old_one_which_is_detached() {
    let world = World::open().await;
    let ann = world.person("ann").await;
    let first = ann.adds(VISA).await.cards()[0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let replaced = ann.adds(MASTERCARD).await;
    assert_eq!(
        (replaced.status, replaced.cards().len()),
        (201, 1),
        "{replaced:?}"
    );
    let second = replaced.cards()[0]["id"].as_str().unwrap().to_owned();
    assert_ne!(first, second);

    let (customer, new) = second.split_once('|').unwrap();
    let bank = world.bank();
    eventually("only the new card is attached", || async {
        bank.attached(customer).await == [new]
    })
    .await;
    assert_eq!(bank.customers().await.len(), 1, "one customer per owner");

    let late = ann.saves(first.split_once('|').unwrap().1).await;
    assert_eq!(
        (late.status, late.sentence()),
        (422, "This card was removed. Please enter it again.")
    );
    assert_eq!(ann.cards().await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_card_again_keeps_one_row_with_the_new_expiry() {
    let world = World::open().await;
    let (ann, bank) = (world.person("ann").await, world.bank());
    let first = ann.adds(VISA).await.cards()[0].clone();
    let id = first["id"].as_str().unwrap();
    let (customer, kept) = id.split_once('|').unwrap();

    let (secret, copy) = (ann.begins().await, bank.types_card_until(VISA, 2035).await);
    bank.confirms(&secret, &copy).await;
    let again = ann.saves(&copy).await;
    assert_eq!((again.status, again.cards().len()), (200, 1), "{again:?}");
    assert_eq!(
        (&again.cards()[0]["id"], &again.cards()[0]["exp_year"]),
        (&id.into(), &2035.into())
    );
    eventually("the copy is detached", || async {
        bank.attached(customer).await == [kept]
    })
    .await;
    assert_eq!(
        bank.method(kept).await["card"]["exp_year"],
        2035,
        "the gateway has the new expiry"
    );
    assert_eq!(
        ann.saves(&copy).await,
        again,
        "a repeat gets the same response"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_method_without_an_intent_is_confirmed_by_the_server() {
    let world = World::open().await;
    let ann = world.person("ann").await;
    let method = world.bank().types_card(VISA).await;
    let saved = ann.saves(&method).await;
    assert_eq!((saved.status, saved.cards().len()), (201, 1), "{saved:?}");
    let id = saved.cards()[0]["id"].as_str().unwrap().to_owned();
    assert_eq!(
        world.bank().method(&method).await["customer"],
        id.split_once('|').unwrap().0
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_required_authentication_is_402_and_saves_nothing_before_it_is_passed() {
    let world = World::open().await;
    let (ann, bank) = (world.person("ann").await, world.bank());
    let method = bank.types_card(CHALLENGED).await;
    let asked = ann.saves(&method).await;
    assert_eq!(asked.status, 402, "{asked:?}");
    assert_eq!(
        asked.sentence(),
        "Your bank wants to check that it’s you. The card is not saved yet."
    );
    assert!(ann.cards().await.is_empty());

    let secret = asked.body["client_secret"].as_str().unwrap();
    assert_eq!(
        ann.saves(&method).await,
        asked,
        "a repeat gets the same intent"
    );
    bank.challenge(secret, "fail").await;
    let again = ann.saves(&method).await;
    assert_eq!(again.status, 402, "a failed authentication can be repeated");
    assert_ne!(again.body["client_secret"], asked.body["client_secret"]);
    bank.challenge(again.body["client_secret"].as_str().unwrap(), "complete")
        .await;
    let saved = ann.saves(&method).await;
    assert_eq!((saved.status, saved.cards().len()), (201, 1), "{saved:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_authentication_passed_in_the_browser_is_not_repeated() {
    let world = World::open().await;
    let ann = world.person("ann").await;
    assert_eq!(ann.adds(CHALLENGED).await.status, 201);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decline_has_a_clear_message_that_does_not_help_a_thief() {
    let world = World::open().await;
    let (ann, bank) = (world.person("ann").await, world.bank());
    let mut said = Vec::new();
    for number in ["4000000000000002", "4000000000009987", "4000000000009979"] {
        let refused = ann.saves(&bank.types_card(number).await).await;
        assert_eq!(refused.status, 422, "{refused:?}");
        said.push(refused);
    }
    assert!(said.windows(2).all(|pair| pair[0] == pair[1]), "{said:?}");
    let text = said[0].body.to_string().to_lowercase();
    assert!(
        !["lost", "stolen", "fraud", "generic"]
            .iter()
            .any(|word| text.contains(word)),
        "{text}"
    );

    for (number, words) in [
        ("4000000000009995", "enough funds"),
        ("4000000000000069", "expired"),
        ("4000000000000127", "security code"),
        ("4000000000000119", "try again in a moment"),
        ("4000000000006975", "limit"),
    ] {
        let refused = ann.saves(&bank.types_card(number).await).await;
        assert_eq!(refused.status, 422, "{number}: {refused:?}");
        assert!(refused.sentence().contains(words), "{number}: {refused:?}");
    }
    assert!(ann.cards().await.is_empty());
    assert_eq!(ann.adds(VISA).await.status, 201, "the next card is saved");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_people_can_save_the_same_card() {
    let world = World::open().await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    assert_eq!(ann.adds(VISA).await.status, 201);
    assert_eq!(bob.adds(VISA).await.status, 201);
    assert_eq!((ann.cards().await.len(), bob.cards().await.len()), (1, 1));
}
