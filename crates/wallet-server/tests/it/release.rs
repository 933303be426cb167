//! Releases: a card that was confirmed and never saved, by a browser or by the server, does not stay chargeable.

use serde_json::json;

use crate::delete::join;
use crate::support::bank::{CHALLENGED, VISA};
use crate::support::person::Person;
use crate::support::{STUDIO, World, eventually};

const TOO_LATE: &str = "This card wasn’t saved in time. Please enter it again.";

/// Moves all timestamps of intents and jobs back by more than half an hour.
pub async fn time_passes(world: &mut World) {
    world.stop().await;
    let pool = world.database().await;
    for what in [
        "UPDATE intents SET created_at = created_at - 1801, reused_at = reused_at - 1801",
        "UPDATE outbox SET due_at = due_at - 3000",
    ] {
        sqlx::query(what).execute(&pool).await.unwrap();
    }
    pool.close().await;
    world.start().await;
}

/// Makes the gateway run the next call of a path long after its caller has timed out.
async fn response_is_lost(world: &World, path: &str) {
    let slow = json!({"on": "api", "do": "latency", "ms": 6000, "method": "POST", "path": path, "times": 1});
    world.gateway_fault(slow).await;
}

/// The same person after a restart of the server.
pub fn back<'a>(world: &'a World, id: i64, token: &str) -> Person<'a> {
    let token = token.to_owned();
    Person {
        world,
        company: STUDIO,
        id,
        token,
        header: "authorization",
    }
}

async fn customer(world: &World) -> String {
    let customers = world.bank().customers().await;
    customers[0]["id"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tab_closed_after_the_confirmation_leaves_no_chargeable_card() {
    let mut world = World::open().await;
    let (method, id, token) = {
        let (ann, bank) = (world.person("ann").await, world.bank());
        let (secret, method) = (ann.begins_for_once().await, bank.types_card(VISA).await);
        bank.confirms(&secret, &method).await;
        (method, ann.id, ann.token.clone())
    };
    let customer = customer(&world).await;
    assert_eq!(world.bank().attached(&customer).await.len(), 1);
    time_passes(&mut world).await;
    let bank = world.bank();
    eventually("the card is detached", || async {
        bank.attached(&customer).await.is_empty()
    })
    .await;
    let ann = back(&world, id, &token);
    let late = ann.saves(&method).await;
    assert_eq!((late.status, late.sentence()), (422, TOO_LATE));
    assert_eq!(
        ann.adds(VISA).await.status,
        201,
        "the card can be entered again"
    );
    assert_eq!(bank.attached(&customer).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_confirmation_that_is_not_repeated_leaves_no_chargeable_card() {
    let mut world = World::open().await;
    let method = {
        let (ann, bank) = (world.person("ann").await, world.bank());
        let method = bank.types_card(VISA).await;
        response_is_lost(&world, "/v1/setup_intents/*/confirm").await;
        assert_eq!(ann.saves(&method).await.status, 503);
        assert!(ann.cards().await.is_empty());
        method
    };
    let customer = customer(&world).await;
    let bank = world.bank();
    eventually("the issuer approved", || async {
        bank.attached(&customer).await == [method.clone()]
    })
    .await;
    time_passes(&mut world).await;
    let bank = world.bank();
    eventually("the card is detached", || async {
        bank.attached(&customer).await.is_empty()
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_indeterminate_confirmation_that_is_repeated_is_saved() {
    let mut world = World::open().await;
    let (method, id, token) = {
        let (ann, bank) = (world.person("ann").await, world.bank());
        let method = bank.types_card(VISA).await;
        for path in ["/v1/setup_intents", "/v1/setup_intents/*/confirm"] {
            response_is_lost(&world, path).await;
            assert_eq!(ann.saves(&method).await.status, 503, "{path}");
        }
        tokio::time::sleep(std::time::Duration::from_secs(2)).await;
        assert_eq!(ann.saves(&method).await.status, 201);
        (method, ann.id, ann.token.clone())
    };
    assert_eq!(world.gateway_intents().await, 1, "both calls used one key");
    time_passes(&mut world).await;
    let left = async || -> i64 {
        let pool = world.database().await;
        let left = sqlx::query_scalar("SELECT COUNT(*) FROM outbox");
        left.fetch_one(&pool).await.unwrap()
    };
    eventually("the outbox is empty", || async { left().await == 0 }).await;
    let customer = customer(&world).await;
    assert_eq!(world.bank().attached(&customer).await, [method]);
    assert_eq!(back(&world, id, &token).cards().await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_intent_whose_response_was_lost_is_requested_with_the_same_key() {
    let world = World::open().await;
    let ann = world.person("ann").await;
    response_is_lost(&world, "/v1/setup_intents").await;
    assert_eq!(ann.asks_to_begin().await.status, 503);
    let secret = ann.begins().await;
    assert_eq!(world.gateway_intents().await, 1);
    let method = world.bank().types_card(VISA).await;
    world.bank().confirms(&secret, &method).await;
    ann.begins().await;
    assert_eq!(
        world.gateway_intents().await,
        2,
        "the next request uses a new key"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_save_and_a_release_at_once_leave_wallet_and_gateway_equal() {
    let world = World::open().await;
    let bank = world.bank();
    let pool = world.database().await;
    let mut people = Vec::new();
    for at in 0..12 {
        let person = world.person(&format!("p{at}")).await;
        let (secret, method) = (person.begins_for_once().await, bank.types_card(VISA).await);
        bank.confirms(&secret, &method).await;
        people.push((person, method));
    }
    let races = people.iter().map(async |(person, method)| {
        let release = sqlx::query(
            "INSERT INTO outbox (account_id, action, object_id, due_at, created_at) VALUES ($1, 'release', $2, 0, 0)",
        );
        let bind = i64::try_from(STUDIO).unwrap();
        release.bind(bind).bind(method).execute(&pool).await.unwrap();
        let pause = u64::try_from(person.id).unwrap() % 6 * 40;
        tokio::time::sleep(std::time::Duration::from_millis(pause)).await;
        person.saves(method).await.status
    });
    let statuses = join(races.collect()).await;
    assert!(
        statuses.iter().all(|status| [201, 422].contains(status)),
        "{statuses:?}"
    );
    for ((person, method), status) in people.iter().zip(statuses) {
        let shown = person.cards().await.len();
        assert_eq!(shown, usize::from(status == 201));
        eventually("gateway and wallet are equal", || async {
            let known = bank.method(method).await;
            known["customer"].is_string() == (status == 201)
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_that_requires_attached_cards_works_too() {
    let world = World::open().await;
    let url = format!("{}/sandbox/switches", world.sandbox.origins().api);
    let switch = json!({"key": "sk_test_studio", "unattached_card": "refused"});
    let set = world.http.post(url).json(&switch).send().await.unwrap();
    assert_eq!(set.status(), 200);
    let (ann, eve, bank) = (
        world.person("ann").await,
        world.person("eve").await,
        world.bank(),
    );
    assert_eq!(ann.saves(&bank.types_card(VISA).await).await.status, 201);
    for number in ["4000000000000002", "4000000000009995"] {
        let refused = eve.saves(&bank.types_card(number).await).await;
        assert_eq!(refused.status, 422, "{refused:?}");
    }
    let method = bank.types_card(CHALLENGED).await;
    let asked = eve.saves(&method).await;
    assert_eq!(asked.status, 402, "{asked:?}");
    assert!(eve.cards().await.is_empty());
    let secret = asked.body["client_secret"].as_str().unwrap();
    bank.challenge(secret, "complete").await;
    assert_eq!(eve.saves(&method).await.status, 201);
}
