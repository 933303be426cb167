//! People leave: the booking site exports or deletes them, at the gateway too.

mod customer_profile;
mod guests;
mod password_resets;

use reqwest::Method;
use serde_json::{Value, json};
use sqlx::Row;

use crate::support::bank::{MASTERCARD, VISA};
use crate::support::cloud::{CLOUD, Holder};
use crate::support::person::sign_up;
use crate::support::seller::Seller;
use crate::support::shop::Shop;
use crate::support::{Answer, BARBER, STUDIO, World, eventually};

async fn people(shop: &Shop<'_>, method: Method, query: &str) -> Answer {
    shop.call(method, &format!("/people?{query}"), None).await
}

/// The first column of the only row, as a number.
pub async fn number(world: &World, sql: &'static str) -> i64 {
    let pool = world.database().await;
    sqlx::query(sql).fetch_one(&pool).await.unwrap().get(0)
}

async fn run(world: &World, sql: &'static str) {
    let pool = world.database().await;
    sqlx::query(sql).execute(&pool).await.unwrap();
}

async fn is_attached(world: &World, method: &str) -> bool {
    world.bank().method(method).await["customer"].is_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_is_deleted_here_and_at_the_gateway() {
    let world = World::open().await;
    let (ann, bob, shop) = (
        world.person("ann").await,
        world.person("bob").await,
        world.shop(),
    );
    ann.adds(VISA).await;
    bob.adds(MASTERCARD).await;
    let id = ann.card_id().await;
    let (customer, method) = id.split_once('|').unwrap();
    let query = format!("company_id={STUDIO}&user_id={}", ann.id);
    assert_eq!(people(&shop, Method::DELETE, &query).await.status, 204);
    assert_eq!(ann.looks().await.status, 401);
    assert_eq!(bob.looks().await.cards().len(), 1);
    let sign_in = json!({"company_id": STUDIO, "email": "ann@mytime.com", "password": "123"});
    assert_eq!(world.post("/sessions", &sign_in).await.status, 401);
    assert_eq!(people(&shop, Method::DELETE, &query).await.status, 404);
    assert_eq!(people(&shop, Method::GET, &query).await.status, 404);
    eventually("the customer is deleted", || async {
        let all = world.bank().customers().await;
        !all.iter().any(|one| one["id"] == customer)
    })
    .await;
    assert!(!is_attached(&world, method).await);
    eventually("the outbox is empty", || async {
        number(&world, "SELECT COUNT(*) FROM outbox").await == 0
    })
    .await;
    let dump = String::from_utf8_lossy(&world.database_dump().await).into_owned();
    for personal in ["ann@mytime.com", customer] {
        // SQLite's log has old pages until it is written back, so only PostgreSQL's rows are searched.
        assert!(
            !world.is_on_postgres() || !dump.contains(personal),
            "{personal}"
        );
    }
    for table in [
        "SELECT COUNT(*) FROM users WHERE email = 'ann@mytime.com'",
        "SELECT COUNT(*) FROM intents i WHERE NOT EXISTS (SELECT 1 FROM owners o WHERE o.id = i.owner_id)",
        "SELECT COUNT(*) FROM audit_events WHERE action = 'person_deleted' AND actor <> 'site_server'",
    ] {
        assert_eq!(number(&world, table).await, 0, "{table}");
    }
    let deleted = "SELECT COUNT(*) FROM audit_events WHERE action = 'person_deleted'";
    assert_eq!(number(&world, deleted).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_whose_card_an_appointment_needs_is_deleted_only_by_force() {
    let world = World::open().await;
    let (ann, shop) = (world.person("ann").await, world.shop());
    ann.adds(VISA).await;
    shop.holds(ann.id, "b", "Haircut").await;
    let query = format!("company_id={STUDIO}&user_id={}", ann.id);
    let refused = people(&shop, Method::DELETE, &query).await;
    assert_eq!(refused.status, 422);
    assert_eq!(
        refused.sentence(),
        "This card cannot be deleted because there is a pending appointment: Haircut. It is needed until \
         24 November 2036, 10:00."
    );
    assert_eq!(ann.looks().await.cards().len(), 1);
    let force = format!("{query}&force=true");
    assert_eq!(people(&shop, Method::DELETE, &force).await.status, 204);
    assert!(shop.lists(ann.id).await.is_empty());
    assert_eq!(ann.looks().await.status, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_companys_own_server_exports_and_deletes() {
    let world = World::open().await;
    let ann = world.person("ann").await;
    let query = format!("company_id={STUDIO}&user_id={}", ann.id);
    for key in ["", "wrong", &ann.token, "barber-holds-key-0123456789"] {
        let mut shop = world.shop();
        shop.key = key.to_owned();
        for method in [Method::GET, Method::DELETE] {
            assert_eq!(people(&shop, method, &query).await.status, 401, "{key}");
        }
    }
    let mut barber = world.shop();
    barber.key = "barber-holds-key-0123456789".to_owned();
    let foreign = format!("company_id={BARBER}&user_id={}", ann.id);
    let shop = world.shop();
    assert_eq!(people(&barber, Method::DELETE, &foreign).await.status, 404);
    for query in ["", "&external_id=a&user_id=1"] {
        let query = format!("company_id={STUDIO}{query}");
        assert_eq!(people(&shop, Method::GET, &query).await.status, 422);
    }
    assert_eq!(ann.looks().await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_that_is_stored_about_a_person_is_exported_without_secrets() {
    let world = World::open().await;
    let (ann, shop) = (world.person("ann").await, world.shop());
    let secret = ann.begins().await;
    let method = world.bank().types_card(VISA).await;
    world.bank().confirms(&secret, &method).await;
    let mut body = ann.save_body(&method);
    body["consent"] = json!({"text": "I agree.", "locale": "en", "shown_at": "2026-11-24T10:00:00.000Z",
                             "accepted_at": "2026-11-24T10:00:05.000Z"});
    assert_eq!(ann.posts_card(&body, None).await.status, 201);
    shop.holds(ann.id, "b 1", "Haircut").await;
    let query = format!("company_id={STUDIO}&user_id={}", ann.id);
    let answer = people(&shop, Method::GET, &query).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let all = &answer.body;
    for (path, value) in [
        ("/version", json!(1)),
        ("/account_id", json!(STUDIO)),
        ("/person/id", json!(ann.id)),
        ("/person/kind", json!("user")),
        ("/person/email", json!("ann@mytime.com")),
        ("/person/first_name", json!("ann")),
        ("/person/country", json!("US")),
        ("/client", Value::Null),
        ("/cards/0/payment_method", json!(method)),
        ("/cards/0/last4", json!("4242")),
        ("/cards/0/name", json!("Ann Lee")),
        ("/cards/0/address_zip", json!("SW20 8DZ")),
        ("/cards/0/deletion_blocks/0/reference", json!("b 1")),
        ("/consents/0/text", json!("I agree.")),
        ("/consents/0/payment_method", json!(method)),
        ("/payment_methods/0/id", json!(method)),
        ("/audit_events/0/action", json!("signed_up")),
        ("/audit_events/2/action", json!("person_exported")),
        ("/audit_events/2/actor", json!("site_server")),
    ] {
        assert_eq!(all.pointer(path), Some(&value), "{path} of {all}");
    }
    for list in ["sessions", "setup_intents", "card_entry_attempts"] {
        assert_eq!(all[list].as_array().unwrap().len(), 1, "{list} of {all}");
    }
    let text = all.to_string();
    for hidden in [ann.token.as_str(), "argon2", "_secret_", VISA] {
        assert!(!text.contains(hidden), "{hidden} in {text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_of_another_site_is_named_by_its_own_id() {
    let world = World::open().await;
    let user = Holder::new(&world, "customer 7/ü");
    user.adds(VISA).await;
    let mut shop = world.shop();
    shop.key = "cloud-holds-key-0123456789".to_owned();
    let query = format!("company_id={CLOUD}&external_id=customer%207%2F%C3%BC");
    let all = people(&shop, Method::GET, &query).await;
    assert_eq!(all.body["person"]["external_id"], "customer 7/ü", "{all:?}");
    assert_eq!(people(&shop, Method::DELETE, &query).await.status, 204);
    assert_eq!(people(&shop, Method::GET, &query).await.status, 404);
    assert!(user.list().await.is_empty(), "the token opens a new wallet");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_of_a_seller_is_deleted_with_addresses_cards_and_vault() {
    let world = World::with(|settings| {
        let tickets = settings
            .accounts
            .iter_mut()
            .find(|one| one.name == "tickets");
        let key = "tickets-holds-key-0123456789".to_owned();
        tickets.unwrap().holds_key = Some(wallet_server::secret::Secret::new(key));
    })
    .await;
    let ned = Seller::with_client(&world, "tickets").await;
    ned.adds("4111111111111111").await;
    let mut shop = world.shop();
    shop.key = "tickets-holds-key-0123456789".to_owned();
    let query = format!("company_id=60&user_id={}", ned.client);
    let all = people(&shop, Method::GET, &query).await;
    assert_eq!(all.body["client"]["name"], "Ned Flanders", "{all:?}");
    assert_eq!(all.body["client"]["addresses"][0]["postal_code"], "97475");
    assert_eq!(all.body["client"]["phone_numbers"][0]["number"], "5550123");
    let gone = people(&shop, Method::DELETE, &query).await;
    assert_eq!(gone.status, 204, "{gone:?}");
    let jobs = "SELECT COUNT(*) FROM outbox WHERE action IN ('detach', 'delete_customer')";
    eventually("the customer is deleted from the vault", || async {
        ned.calls("deleteCustomer").await == 1 && number(&world, jobs).await == 0
    })
    .await;
    let rows = "SELECT (SELECT COUNT(*) FROM clients) + (SELECT COUNT(*) FROM addresses)
                + (SELECT COUNT(*) FROM phone_numbers) + (SELECT COUNT(*) FROM cards)";
    assert_eq!(number(&world, rows).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_number_of_a_deleted_person_is_not_given_again_and_the_address_is_free() {
    let world = World::open().await;
    world.person("ann").await;
    let last = world.person("bob").await;
    let query = format!("company_id={STUDIO}&user_id={}", last.id);
    let shop = world.shop();
    assert_eq!(people(&shop, Method::DELETE, &query).await.status, 204);
    let next = world.post("/users", &sign_up("bob", STUDIO)).await;
    assert_eq!(next.status, 201, "{next:?}");
    assert!(
        next.body["user"]["id"].as_i64().unwrap() > last.id,
        "{next:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn consents_of_a_deleted_person_are_kept_as_proof_and_then_deleted() {
    let mut world = World::open().await;
    {
        let (ann, shop) = (world.person("ann").await, world.shop());
        let method = world.bank().types_card(VISA).await;
        let mut body = ann.save_body(&method);
        body["consent"] =
            json!({"text": "I agree.", "locale": "en", "shown_at": "2026-11-24T10:00:00.000Z"});
        assert_eq!(ann.posts_card(&body, None).await.status, 201);
        let query = format!("company_id={STUDIO}&user_id={}", ann.id);
        assert_eq!(people(&shop, Method::DELETE, &query).await.status, 204);
    }
    assert_eq!(number(&world, "SELECT COUNT(*) FROM consents").await, 1);
    run(
        &world,
        "UPDATE deleted_people SET deleted_at = unixepoch() - 540 * 86400",
    )
    .await;
    world.stop().await;
    world.start().await;
    eventually("the consents are deleted", || async {
        number(&world, "SELECT COUNT(*) FROM consents").await == 0
    })
    .await;
    assert_eq!(
        number(&world, "SELECT COUNT(*) FROM deleted_people").await,
        0
    );
}
