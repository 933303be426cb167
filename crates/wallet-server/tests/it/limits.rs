//! Rate limits of card entry: declined cards count, per user, per network, per day.

use reqwest::Response;

use crate::support::bank::{MASTERCARD, VISA};
use crate::support::person::Person;
use crate::support::{Answer, World};

const REFUSED: &str = "4000000000000002";

/// Enters a card, which the server confirms.
async fn enters_card(person: &Person<'_>, number: &str) -> Answer {
    let method = person.world.bank().types_card(number).await;
    person.saves(&method).await
}

/// Requests an intent; returns status, `Retry-After` and message.
async fn requests_intent(person: &Person<'_>) -> (u16, Option<i64>, String) {
    let path = format!(
        "/user/payment_methods/session?company_id={}&payment_type=card",
        person.company
    );
    let request = person.world.http.get(person.world.api(&path));
    let response: Response = request
        .header(person.header, &person.token)
        .send()
        .await
        .unwrap();
    let wait = response.headers().get("retry-after");
    let wait = wait.map(|value| value.to_str().unwrap().parse().unwrap());
    let answer = Answer::of(response).await;
    (answer.status, wait, answer.sentence().to_owned())
}

/// Makes the rows of a table older.
pub async fn makes_rows_older(world: &World, what: &'static str) {
    let pool = world.database().await;
    sqlx::query(what).execute(&pool).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn declined_cards_count_and_retry_after_is_exact() {
    let world = World::with(|settings| settings.intents_per_hour = Some(3)).await;
    let ann = world.person("ann").await;
    for _ in 0..3 {
        assert_eq!(enters_card(&ann, REFUSED).await.status, 422);
    }
    let asked = world.gateway_calls("POST", "/v1/setup_intents").await;
    assert_eq!(enters_card(&ann, VISA).await.status, 429);
    let after = world.gateway_calls("POST", "/v1/setup_intents").await;
    assert_eq!(asked, after, "the gateway is not called");
    let (status, wait, _) = requests_intent(&ann).await;
    assert!(status == 429 && wait.is_some_and(|wait| (3570..=3600).contains(&wait)));
    makes_rows_older(&world, "UPDATE attempts SET created_at = created_at - 3000").await;
    let (status, wait, words) = requests_intent(&ann).await;
    assert!(status == 429 && wait.is_some_and(|wait| (570..=600).contains(&wait)));
    assert_eq!(
        words,
        "That was tried too often. Please wait 10 minutes and try again."
    );
    makes_rows_older(&world, "UPDATE attempts SET created_at = created_at - 600").await;
    assert_eq!(requests_intent(&ann).await.0, 200);
    assert_eq!(world.person("bob").await.asks_to_begin().await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn many_users_of_one_network_share_its_limit() {
    let world = World::with(|settings| settings.intents_per_hour_and_address = Some(4)).await;
    for name in ["ann", "bob"] {
        let person = world.person(name).await;
        assert_eq!(enters_card(&person, REFUSED).await.status, 422);
        assert_eq!(requests_intent(&person).await.0, 200);
    }
    let eve = world.person("eve").await;
    let (status, wait, _) = requests_intent(&eve).await;
    assert!(status == 429 && wait.is_some_and(|wait| (3570..=3600).contains(&wait)));
    assert_eq!(enters_card(&eve, VISA).await.status, 429);
    let dump = String::from_utf8_lossy(&world.database_dump().await).into_owned();
    assert!(!dump.contains("127.0.0.1"), "no address is stored");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wallet_has_a_daily_limit_of_cards() {
    let world = World::with(|settings| settings.cards_per_day = Some(2)).await;
    let (ann, bank) = (world.person("ann").await, world.bank());
    let (early, method) = (
        ann.begins_for_once().await,
        bank.types_card("5105105105105100").await,
    );
    bank.confirms(&early, &method).await;
    for number in [VISA, MASTERCARD] {
        assert_eq!(enters_card(&ann, number).await.status, 201);
    }
    let (status, wait, _) = requests_intent(&ann).await;
    assert!(status == 429 && wait.is_some_and(|wait| (86_340..=86_400).contains(&wait)));
    assert_eq!(
        ann.saves(&method).await.status,
        429,
        "confirmed before the limit was reached"
    );
    makes_rows_older(&world, "UPDATE saves SET created_at = created_at - 86400").await;
    assert_eq!(ann.saves(&method).await.status, 201);
}

#[tokio::test(flavor = "multi_thread")]
async fn attempts_with_an_indeterminate_gateway_do_not_count() {
    let world = World::with(|settings| settings.intents_per_hour = Some(1)).await;
    let ann = world.person("ann").await;
    for fault in ["drop", "status"] {
        let down = serde_json::json!({"on": "api", "do": fault, "by": "secret"});
        world.gateway_fault(down).await;
        for _ in 0..2 {
            assert_eq!(requests_intent(&ann).await.0, 503);
        }
        world.gateway_recovers().await;
    }
    assert_eq!(requests_intent(&ann).await.0, 200);
    assert_eq!(
        ann.asks_to_begin().await.status,
        429,
        "another kind of intent"
    );
}
