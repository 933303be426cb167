//! The stages of the breaker: a CAPTCHA for everybody, then no new owners, then nobody. And the limits of open intents.

use serde_json::json;
use wallet_server::config::{BreakerSettings, Settings};

use crate::challenge::{captcha_provider, challenge_settings};
use crate::limits::makes_rows_older;
use crate::support::bank::{MASTERCARD, VISA};
use crate::support::person::Person;
use crate::support::visitor::Visitor;
use crate::support::{BARBER, World, eventually};

const REFUSED: &str = "4000000000000002";

/// A world behind a proxy, whose studio has a breaker with this minimum.
async fn world(minimum: u32, change: impl FnOnce(&mut Settings)) -> World {
    World::with(|settings| {
        settings.trusted_proxies = Some(vec!["127.0.0.1".parse().unwrap()]);
        settings.accounts[0].breaker = Some(BreakerSettings {
            minimum: Some(minimum),
            pause_minutes: Some(12),
            ..BreakerSettings::default()
        });
        change(settings);
    })
    .await
}

fn address(number: usize) -> String {
    format!("203.0.113.{number}")
}

/// Somebody who saved a card long ago.
async fn with_history<'a>(world: &'a World, ip: &str) -> Visitor<'a> {
    let person = Visitor::at(world, ip).await;
    assert_eq!(person.adds(VISA).await.status, 201);
    let pool = world.database().await;
    for table in ["saves", "cards", "issuer_responses", "attempts"] {
        let older = format!("UPDATE {table} SET created_at = created_at - 7200");
        sqlx::query(sqlx::AssertSqlSafe(older))
            .execute(&pool)
            .await
            .unwrap();
    }
    person
}

/// A declined card from each of these addresses, by a new guest, and confirmed by the server.
async fn declines(world: &World, addresses: std::ops::Range<usize>) {
    for number in addresses {
        let guest = Visitor::at(world, &address(number)).await;
        let method = world.bank().types_card(REFUSED).await;
        assert_eq!(guest.saves(&method).await.status, 422, "{number}");
    }
}

async fn stage(world: &World) -> Option<String> {
    let pool = world.database().await;
    let stage = "SELECT stage FROM account_cooldowns WHERE account_id = 40426";
    sqlx::query_scalar(stage)
        .fetch_optional(&pool)
        .await
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn new_owners_are_refused_and_those_with_a_history_go_on() {
    let world = world(6, |_| ()).await;
    let ann = with_history(&world, "198.51.100.1").await;
    let early = Visitor::at(&world, "198.51.100.2").await;
    let secret = early.begins().await.unwrap();
    declines(&world, 1..6).await;
    assert_eq!(stage(&world).await, None);
    assert_eq!(early.begins().await.as_deref(), Some(secret.as_str()));
    declines(&world, 6..7).await;
    assert_eq!(stage(&world).await.as_deref(), Some("new_refused"));
    // The intent that was handed out before is of no more use.
    let bank = world.bank();
    let id = secret.split("_secret_").next().unwrap();
    eventually("the open intent is canceled", async || {
        bank.intent(id).await["status"] == "canceled"
    })
    .await;
    let refused = early.asks_to_begin().await;
    assert_eq!(refused.status, 429);
    assert_eq!(
        refused.sentence(),
        "New cards can’t be added just now. Please try again in 12 minutes. Cards in your wallet still work."
    );
    let method = bank.types_card(VISA).await;
    assert_eq!(
        early.saves(&method).await.status,
        429,
        "a bare payment method"
    );
    assert_eq!(ann.adds(MASTERCARD).await.status, 201);
    let elsewhere = Person::sign_up(&world, "bob", BARBER).await;
    assert_eq!(
        elsewhere.asks_to_begin().await.status,
        200,
        "other accounts are not paused"
    );
    makes_rows_older(&world, "UPDATE account_cooldowns SET ends_at = unixepoch()").await;
    assert_eq!(early.adds(VISA).await.status, 201);
    declines(&world, 11..16).await;
    assert_eq!(
        early.asks_to_begin().await.status,
        200,
        "declines of before the pause do not count again"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn cards_of_owners_with_a_history_alone_lead_to_the_last_stage() {
    let world = world(4, |_| ()).await;
    let mut people = Vec::new();
    for number in 1..=5 {
        people.push(with_history(&world, &address(number)).await);
    }
    let open = people[4].begins().await.unwrap();
    declines(&world, 100..104).await;
    assert_eq!(stage(&world).await.as_deref(), Some("new_refused"));
    assert_eq!(people[4].begins().await.as_deref(), Some(open.as_str()));
    for person in &people[..4] {
        let method = world.bank().types_card(REFUSED).await;
        assert_eq!(person.saves(&method).await.status, 422);
    }
    assert_eq!(stage(&world).await.as_deref(), Some("all_refused"));
    assert_eq!(people[4].asks_to_begin().await.status, 429);
    let bank = world.bank();
    let id = open.split("_secret_").next().unwrap();
    eventually("every open intent is canceled", async || {
        bank.intent(id).await["status"] == "canceled"
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_declines_of_one_network_refuse_new_owners_there_and_nowhere_else() {
    let world = world(2, |settings| {
        settings.declines_per_hour_and_address = Some(4);
    })
    .await;
    let ann = with_history(&world, &address(1)).await;
    let waiting = Visitor::at(&world, &address(1)).await;
    let secret = waiting.begins().await.unwrap();
    for _ in 0..4 {
        declines(&world, 1..2).await;
    }
    assert_eq!(stage(&world).await, None, "one network closes no account");
    let bank = world.bank();
    let id = secret.split("_secret_").next().unwrap();
    eventually("its open intents are canceled", async || {
        bank.intent(id).await["status"] == "canceled"
    })
    .await;
    let refused = waiting.asks_to_begin().await;
    assert_eq!(refused.status, 429);
    assert_eq!(
        refused.sentence(),
        "That was tried too often. Please wait 60 minutes and try again."
    );
    assert_eq!(ann.adds(MASTERCARD).await.status, 201, "with a history");
    let elsewhere = Visitor::at(&world, &address(2)).await;
    assert_eq!(elsewhere.adds(VISA).await.status, 201);
    makes_rows_older(
        &world,
        "UPDATE issuer_responses SET created_at = created_at - 3600",
    )
    .await;
    assert_eq!(waiting.adds(VISA).await.status, 201);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_captcha_is_required_of_everybody_first() {
    let (url, asked) = captcha_provider().await;
    let world = world(8, |settings| {
        let mut challenge = challenge_settings("after_two_failures", url);
        challenge.card_entry = Some(true);
        settings.challenge = Some(challenge);
    })
    .await;
    let mut ann = with_history(&world, "198.51.100.1").await;
    let mut new = Visitor::at(&world, "198.51.100.2").await;
    declines(&world, 1..4).await;
    assert_eq!(stage(&world).await, None);
    assert_eq!(new.asks_to_begin().await.status, 200);
    declines(&world, 4..5).await;
    assert_eq!(stage(&world).await.as_deref(), Some("challenge"));
    assert!(asked.lock().unwrap().is_empty());
    let method = world.bank().types_card(MASTERCARD).await;
    for person in [&mut ann, &mut new] {
        for token in [None, Some("bad")] {
            person.challenge_token = token;
            for answer in [person.asks_to_begin().await, person.saves(&method).await] {
                assert_eq!(answer.status, 422, "{answer:?}");
                let words = &answer.body["user"]["errors"]["recaptcha_token"][0];
                assert_eq!(words, "Please confirm that you’re a person, and try again.");
            }
        }
        person.challenge_token = Some("good");
        assert_eq!(person.asks_to_begin().await.status, 200);
        let method = world.bank().types_card(MASTERCARD).await;
        assert_eq!(person.saves(&method).await.status, 201);
    }
    let confirmed = world
        .gateway_calls("POST", "/v1/setup_intents/*/confirm")
        .await;
    // The first card of the person with a history was confirmed in a browser.
    assert_eq!(confirmed, 1 + 4 + 2, "no card without a token was tried");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_network_holds_few_open_intents() {
    let world = world(20, |settings| {
        settings.open_intents_per_address = Some(3);
    })
    .await;
    let mut guests = Vec::new();
    for _ in 0..3 {
        let guest = Visitor::at(&world, &address(1)).await;
        assert!(guest.begins().await.is_some());
        guests.push(guest);
    }
    let last = Visitor::at(&world, &address(1)).await;
    let refused = last.asks_to_begin().await;
    assert_eq!(refused.status, 429, "{refused:?}");
    assert!(guests[0].begins().await.is_some(), "an intent is reused");
    let method = world.bank().types_card(VISA).await;
    assert_eq!(
        last.saves(&method).await.status,
        201,
        "a card that the server confirms has no open intent"
    );
    let elsewhere = Visitor::at(&world, &address(2)).await;
    assert!(elsewhere.begins().await.is_some());
    assert_eq!(guests[1].adds(VISA).await.status, 201);
    assert!(last.begins().await.is_some(), "one has been used");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_owner_above_a_limit_keeps_no_open_intent() {
    let world = world(20, |settings| settings.intents_per_hour = Some(2)).await;
    let ann = world.person("ann").await;
    let bank = world.bank();
    let first = ann.begins().await;
    let second = ann.begins_for_once().await;
    let id = |secret: &str| secret.split("_secret_").next().unwrap().to_owned();
    assert_eq!(bank.intent(&id(&first)).await["status"], "canceled");
    assert_eq!(
        bank.intent(&id(&second)).await["status"],
        "requires_payment_method"
    );
    assert_eq!(ann.asks_to_begin().await.status, 429);
    assert_eq!(bank.intent(&id(&second)).await["status"], "canceled");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_webhooks_the_server_reads_open_intents_for_declines() {
    let world = world(20, |settings| {
        settings.open_intents_interval_ms = Some(100);
    })
    .await;
    let (guest, bank) = (Visitor::at(&world, &address(1)).await, world.bank());
    let secret = guest.begins().await.unwrap();
    let id = secret.split("_secret_").next().unwrap();
    for tried in 1..=3 {
        let method = bank.types_card(REFUSED).await;
        let answer = bank.confirms(&secret, &method).await;
        assert_eq!(answer["error"]["code"], "card_declined", "{answer}");
        eventually("the decline is counted", async || {
            let pool = world.database().await;
            let declines = "SELECT COUNT(*) FROM issuer_responses WHERE declined";
            let counted: i64 = sqlx::query_scalar(declines).fetch_one(&pool).await.unwrap();
            counted == tried
        })
        .await;
    }
    eventually("the intent is canceled after the third", async || {
        bank.intent(id).await["status"] == "canceled"
    })
    .await;
    let method = bank.types_card(VISA).await;
    let answer = bank.confirms(&secret, &method).await;
    assert_eq!(
        answer["error"]["code"],
        json!("setup_intent_unexpected_state")
    );
}
