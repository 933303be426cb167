//! The audit trail: each kind of event once, with its actor; nothing of a change that did not happen; nothing secret.

use serde_json::json;
use sqlx::Row;
use wallet_server::config::ChallengeSettings;
use wallet_server::secret::Secret;

use crate::support::bank::{CHALLENGED, MASTERCARD, VISA};
use crate::support::cloud::Holder;
use crate::support::person::{Person, sign_up};
use crate::support::seller::Seller;
use crate::support::webhook_sender::world_with_webhooks;
use crate::support::{STUDIO, World, eventually};

const DECLINED: &str = "4000000000000002";

/// The events in their order: action, reason, actor.
pub async fn events(world: &World) -> Vec<(String, String, String)> {
    let pool = world.database().await;
    let sql = "SELECT action, COALESCE(reason, ''), actor FROM audit_events ORDER BY id";
    let rows = sqlx::query(sql).fetch_all(&pool).await.unwrap();
    rows.iter()
        .map(|row| (row.get(0), row.get(1), row.get(2)))
        .collect()
}

fn of_person(action: &str, reason: &str) -> (String, String, String) {
    (action.to_owned(), reason.to_owned(), "person".to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wallets_life_leaves_one_event_of_each_kind() {
    let world = World::open().await;
    let (ann, shop) = (world.person("ann").await, world.shop());
    ann.adds(VISA).await;
    ann.adds(MASTERCARD).await;
    ann.adds(MASTERCARD).await;
    let declined = world.bank().types_card(DECLINED).await;
    assert_eq!(ann.saves(&declined).await.status, 422);
    shop.holds(ann.id, "b", "Haircut").await;
    let card = ann.card_id().await;
    assert_eq!(ann.deletes(&card).await.status, 422);
    shop.lifts("b").await;
    assert_eq!(ann.deletes(&card).await.status, 200);
    assert_eq!(ann.signs_out().await.status, 204);
    let wrong = json!({"company_id": STUDIO, "email": "ann@mytime.com", "password": "wrong"});
    assert_eq!(world.post("/sessions", &wrong).await.status, 401);
    Person::sign_in(&world, "ann", STUDIO).await;
    let expected = [
        of_person("signed_up", ""),
        of_person("card_added", ""),
        of_person("card_replaced", ""),
        of_person("card_updated", ""),
        of_person("refused", "declined"),
        of_person("refused", "deletion_block"),
        of_person("card_deleted", ""),
        of_person("signed_out", ""),
        of_person("sign_in_failed", ""),
        of_person("signed_in", ""),
    ];
    assert_eq!(events(&world).await, expected);

    let pool = world.database().await;
    let sql = "SELECT COUNT(*) FROM audit_events
               WHERE account_id = $1 AND owner_id = $2 AND LENGTH(client_network) = 32 AND LENGTH(request_id) = 16
                 AND created_at BETWEEN unixepoch() - 60 AND unixepoch()";
    let whole = sqlx::query(sql)
        .bind(i64::try_from(STUDIO).unwrap())
        .bind(ann.id);
    let whole: i64 = whole.fetch_one(&pool).await.unwrap().get(0);
    assert_eq!(
        whole, 10,
        "each has account, owner, request, network and time"
    );
    let cards = "SELECT last4 FROM audit_events WHERE card_id IS NOT NULL ORDER BY id";
    let cards = sqlx::query(cards).fetch_all(&pool).await.unwrap();
    let cards: Vec<String> = cards.iter().map(|row| row.get(0)).collect();
    assert_eq!(cards, ["4242", "4444", "4444", "4444"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn limits_and_challenges_are_recorded_once_a_minute_and_reason() {
    let world = World::with(|settings| settings.intents_per_hour = Some(1)).await;
    let ann = world.person("ann").await;
    let challenged = world.bank().types_card(CHALLENGED).await;
    assert_eq!(ann.saves(&challenged).await.status, 402);
    for _ in 0..3 {
        let visa = world.bank().types_card(VISA).await;
        assert_eq!(ann.saves(&visa).await.status, 429);
    }
    let events = events(&world).await;
    assert_eq!(
        events[1..],
        [
            of_person("refused", "challenge"),
            of_person("refused", "limit")
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_who_chooses_another_default_is_recorded_and_the_servers_own_saves_are_its() {
    let world = World::open().await;
    let user = Holder::new(&world, "user-1");
    let first = user.adds(VISA).await;
    user.adds(MASTERCARD).await;
    assert_eq!(user.saves(&first).await.status, 201);
    assert_eq!(user.saves(&first).await.status, 201, "the default already");
    let added = || of_person("card_added", "");
    // The first card of a wallet is its default, which nobody chose.
    assert_eq!(
        events(&world).await,
        [added(), added()],
        "the newest card is no default: the first one still is"
    );
    let second = user.ids().await[1].clone();
    assert_eq!(user.saves(&second).await.status, 201);
    assert_eq!(
        events(&world).await[2..],
        [of_person("default_card_set", "")]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_is_gone_at_the_gateway_is_deleted_by_this_server() {
    let world = World::open().await;
    let ann = world.person("ann").await;
    ann.adds(VISA).await;
    let id = ann.card_id().await;
    let (customer, _) = id.split_once('|').unwrap();
    world.bank().deletes_customer(customer).await;
    // The next entry of a card finds that the customer is gone.
    ann.adds(MASTERCARD).await;
    let gone = (
        "card_deleted".to_owned(),
        "gone_at_gateway".to_owned(),
        "person".to_owned(),
    );
    assert!(
        events(&world).await.contains(&gone),
        "{:?}",
        events(&world).await
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_that_is_rolled_back_leaves_no_event() {
    let world = World::open().await;
    let ann = world.person("ann").await;
    ann.adds(VISA).await;
    let card = ann.card_id().await;
    let before = events(&world).await;
    // The outbox refuses the job that the deletion writes after its event.
    let pool = world.database().await;
    let (refuse, allow) = if world.is_on_postgres() {
        (
            "ALTER TABLE outbox ADD CONSTRAINT none CHECK (action <> 'detach')",
            "ALTER TABLE outbox DROP CONSTRAINT none",
        )
    } else {
        (
            "CREATE TRIGGER none BEFORE INSERT ON outbox BEGIN SELECT RAISE(ABORT, 'no'); END",
            "DROP TRIGGER none",
        )
    };
    sqlx::query(refuse).execute(&pool).await.unwrap();
    assert_eq!(ann.deletes(&card).await.status, 503);
    assert_eq!(events(&world).await, before);
    sqlx::query(allow).execute(&pool).await.unwrap();
    assert_eq!(ann.deletes(&card).await.status, 200);
    assert_eq!(events(&world).await.len(), before.len() + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn events_are_deleted_after_their_retention_and_never_changed() {
    let mut world = World::with(|settings| settings.audit_retention_days = Some(30)).await;
    world.person("ann").await;
    world.person("bob").await;
    let pool = world.database().await;
    let change = "UPDATE audit_events SET actor = 'operator'";
    assert!(sqlx::query(change).execute(&pool).await.is_err());
    // An old event is written, because none can be changed.
    let old = "INSERT INTO audit_events (account_id, action, actor, created_at)
               SELECT 1, 'signed_in', 'person', unixepoch() - 30 * 86400 + age FROM
                   (SELECT -1 AS age UNION ALL SELECT 600) ages";
    sqlx::query(old).execute(&pool).await.unwrap();
    assert_eq!(events(&world).await.len(), 4);
    // The clean-up runs at the start, and once a minute after it.
    world.stop().await;
    world.start().await;
    eventually("the old event is deleted", || async {
        events(&world).await.len() == 3
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_captcha_is_recorded_of_the_account() {
    let world = World::with(|settings| {
        settings.challenge = Some(ChallengeSettings {
            when: Some("always".to_owned()),
            url: "http://127.0.0.1:9/siteverify".to_owned(),
            secret: Some(Secret::new("captcha-key".to_owned())),
            ..ChallengeSettings::default()
        });
    })
    .await;
    let refused = world.post("/users", &sign_up("ann", STUDIO)).await;
    assert_eq!(refused.status, 422, "{refused:?}");
    assert_eq!(events(&world).await, [of_person("refused", "captcha")]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decline_in_a_page_is_recorded_when_the_gateway_reports_it() {
    let (world, _) = world_with_webhooks().await;
    let ann = world.person("ann").await;
    let secret = ann.begins().await;
    let method = world.bank().types_card(DECLINED).await;
    world.bank().confirms(&secret, &method).await;
    let pool = world.database().await;
    let sql = "SELECT COUNT(*) FROM audit_events WHERE action = 'refused' AND reason = 'declined'
                 AND actor = 'wallet_server' AND owner_id = $1";
    eventually("the decline is recorded", || async {
        let found = sqlx::query(sql).bind(ann.id).fetch_one(&pool).await;
        found.unwrap().get::<i64, _>(0) == 1
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_changes_of_a_seller_are_those_of_its_server() {
    let world = World::open().await;
    let ned = Seller::with_client(&world, "tickets").await;
    let declined = ned.types("4000111111111115").await;
    assert_eq!(ned.keeps(&[ned.card(&declined)]).await.status, 422);
    let card = ned.adds("4111111111111111").await;
    let path = ned.card_path(&card["id"]);
    let label = ned.put(&path, &json!({"label": "Travel"})).await;
    assert_eq!(label.status, 200, "{label:?}");
    assert_eq!(ned.delete(&path).await.status, 204);
    let of_seller = |action: &str, reason: &str| {
        let (action, reason) = (action.to_owned(), reason.to_owned());
        (action, reason, "site_server".to_owned())
    };
    let expected = [
        of_seller("refused", "declined"),
        of_seller("card_added", ""),
        of_seller("card_updated", ""),
        of_seller("card_deleted", ""),
    ];
    assert_eq!(events(&world).await, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_secret_is_in_the_trail() {
    let world = World::open().await;
    let ann = world.person("ann").await;
    ann.adds(VISA).await;
    ann.signs_out().await;
    let pool = world.database().await;
    let sql = "SELECT COALESCE(request_id, '') || action || actor || COALESCE(reason, '') || COALESCE(last4, '')
               FROM audit_events";
    let rows = sqlx::query(sql).fetch_all(&pool).await.unwrap();
    let text: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
    let text = text.join(" ");
    for secret in [
        "ann",
        "mytime.com",
        "4242424242424242",
        ann.token.as_str(),
        "127.0.0.1",
    ] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
}
