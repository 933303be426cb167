//! A new password by a token that the booking site mails: for one use and half an hour, and all sessions end.

use reqwest::Method;
use serde_json::{Value, json};

use super::number;
use crate::support::person::Person;
use crate::support::{Answer, BARBER, STUDIO, STUDIO_PAGE, World};

async fn asks(world: &World, email: &str) -> Answer {
    let body = json!({"company_id": STUDIO, "email": email});
    let shop = world.shop();
    shop.call(Method::POST, "/password-resets", Some(&body))
        .await
}

async fn token(world: &World, email: &str) -> String {
    let answer = asks(world, email).await;
    assert_eq!(answer.status, 201, "{answer:?}");
    answer.body["token"].as_str().unwrap().to_owned()
}

async fn sets(world: &World, token: &str, password: &str) -> Answer {
    let body = json!({"company_id": STUDIO, "token": token, "password": password,
                      "password_confirmation": password});
    posts(world, &body).await
}

async fn posts(world: &World, body: &Value) -> Answer {
    let request = world.http.post(world.url("/passwords")).json(body);
    Answer::of(request.send().await.unwrap()).await
}

async fn signs_in(world: &World, password: &str) -> u16 {
    let body = json!({"company_id": STUDIO, "email": "ann@mytime.com", "password": password});
    world.post("/sessions", &body).await.status
}

const REFUSED: &str = "This link is no longer valid. Please ask for a new one.";

#[tokio::test(flavor = "multi_thread")]
async fn a_token_sets_the_password_once_and_ends_all_sessions() {
    let world = World::open().await;
    let ann = world.person("ann").await;
    let other = Person::sign_in(&world, "ann", STUDIO).await;
    let bob = world.person("bob").await;
    let token = token(&world, " Ann@MyTime.com").await;
    assert_eq!(token.len(), 43);
    let dump = String::from_utf8_lossy(&world.database_dump().await).into_owned();
    assert!(!dump.contains(&token), "only a fingerprint is stored");
    assert_eq!(sets(&world, &token, "a new one").await.status, 204);
    for session in [&ann, &other] {
        assert_eq!(session.looks().await.status, 401);
    }
    assert_eq!(bob.looks().await.status, 200);
    assert_eq!(signs_in(&world, "123").await, 401);
    assert_eq!(signs_in(&world, "a new one").await, 200);
    let again = sets(&world, &token, "another").await;
    assert_eq!((again.status, again.sentence()), (422, REFUSED));
    assert_eq!(signs_in(&world, "a new one").await, 200);
    for action in [
        "SELECT COUNT(*) FROM audit_events WHERE action = 'password_reset_requested' AND actor = 'site_server'",
        "SELECT COUNT(*) FROM audit_events WHERE action = 'password_reset' AND actor = 'person'",
    ] {
        assert_eq!(number(&world, action).await, 1, "{action}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expired_a_replaced_a_foreign_and_an_unknown_token_get_the_same_response() {
    let world = World::open().await;
    world.person("ann").await;
    let replaced = token(&world, "ann@mytime.com").await;
    let expired = token(&world, "ann@mytime.com").await;
    let pool = world.database().await;
    let age = "UPDATE password_resets SET expires_at = unixepoch()";
    sqlx::query(age).execute(&pool).await.unwrap();
    let nobody = token(&world, "nobody@mytime.com").await;
    let foreign = token(&world, "ann@mytime.com").await;
    let refused = sets(&world, "unknown", "a new one").await;
    assert_eq!((refused.status, refused.sentence()), (422, REFUSED));
    let long = "x".repeat(300);
    for token in [&replaced, &expired, &nobody, &long] {
        let answer = sets(&world, token, "a new one").await;
        assert_eq!(answer.body, refused.body, "{token}");
    }
    let elsewhere = json!({"company_id": BARBER, "token": foreign, "password": "a new one",
                           "password_confirmation": "a new one"});
    assert_eq!(posts(&world, &elsewhere).await.sentence(), REFUSED);
    assert_eq!(signs_in(&world, "123").await, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_without_a_user_is_answered_like_one_with() {
    let world = World::open().await;
    world.person("ann").await;
    let shape = |answer: &Answer| {
        let body = answer.body.as_object().unwrap();
        let members: Vec<String> = body.keys().cloned().collect();
        (
            answer.status,
            members,
            body["token"].as_str().unwrap().len(),
        )
    };
    let known = asks(&world, "ann@mytime.com").await;
    let unknown = asks(&world, "nobody@mytime.com").await;
    assert_eq!(shape(&known), shape(&unknown));
    // The same work for both: a row, and an event.
    assert_eq!(
        number(&world, "SELECT COUNT(*) FROM password_resets").await,
        2
    );
    let events = "SELECT COUNT(*) FROM audit_events WHERE action = 'password_reset_requested'";
    assert_eq!(number(&world, events).await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_rules_of_sign_up_apply_to_the_new_password() {
    let world = World::open().await;
    world.person("ann").await;
    let token = token(&world, "ann@mytime.com").await;
    for (password, repeated, sentence) in [
        (
            "12",
            "12",
            "Please choose a password of 3 characters or more.",
        ),
        ("123456", "123457", "The two passwords are not the same."),
    ] {
        let body = json!({"company_id": STUDIO, "token": token, "password": password,
                          "password_confirmation": repeated});
        let refused = posts(&world, &body).await;
        assert_eq!((refused.status, refused.sentence()), (422, sentence));
    }
    assert_eq!(
        sets(&world, &token, "123456").await.status,
        204,
        "the token is still good"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn attempts_are_limited_per_network_and_tokens_per_address() {
    let world = World::with(|settings| settings.sign_ins_per_15_minutes = Some(3)).await;
    world.person("ann").await;
    for _ in 0..3 {
        asks(&world, "ann@mytime.com").await;
    }
    assert_eq!(asks(&world, "ANN@mytime.com").await.status, 429);
    assert_eq!(asks(&world, "nobody@mytime.com").await.status, 201);
    for _ in 0..3 {
        assert_eq!(sets(&world, "guess", "a new one").await.status, 422);
    }
    assert_eq!(sets(&world, "guess", "a new one").await.status, 429);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_companys_server_asks_and_only_its_pages_set() {
    let world = World::open().await;
    let ann = world.person("ann").await;
    for key in ["", "wrong", &ann.token, "barber-holds-key-0123456789"] {
        let mut shop = world.shop();
        shop.key = key.to_owned();
        let body = json!({"company_id": STUDIO, "email": "ann@mytime.com"});
        let answer = shop
            .call(Method::POST, "/password-resets", Some(&body))
            .await;
        assert_eq!(answer.status, 401, "{key}");
    }
    for (page, status) in [(STUDIO_PAGE, 422), ("https://evil.example", 403)] {
        let body = json!({"company_id": STUDIO, "token": "guess", "password": "a new one",
                          "password_confirmation": "a new one"});
        let request = world.http.post(world.url("/passwords")).json(&body);
        let answer = request.header("origin", page).send().await.unwrap();
        assert_eq!(answer.status(), status, "{page}");
        let allowed = answer.headers().get("access-control-allow-origin");
        let is_readable = allowed.is_some_and(|value| value == page);
        assert_eq!(is_readable, status == 422, "{page}");
    }
}
