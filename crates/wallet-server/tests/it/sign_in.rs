//! Sign-up, sign-in and sign-out: the vendor's format, field errors, limits, expired tokens.

use std::time::Instant;

use serde_json::{Value, json};

use crate::support::person::{Person, sign_up};
use crate::support::{Answer, BARBER, STUDIO, World};

#[tokio::test(flavor = "multi_thread")]
async fn sign_up_and_sign_in_have_the_format_of_the_vendors_how_to() {
    let world = World::open().await;
    let made = world.post("/users", &sign_up("test", STUDIO)).await;
    let body = json!({"email": " TEST@mytime.com", "password": "123", "company_id": STUDIO});
    let entered = world.post("/sessions", &body).await;
    assert_eq!((made.status, entered.status), (201, 200));
    for answer in [made, entered] {
        let mut user = answer.body["user"].clone();
        let user = user.as_object_mut().unwrap();
        assert_eq!(
            user.remove("authentication_token")
                .unwrap()
                .as_str()
                .unwrap()
                .len(),
            43
        );
        let created = user.remove("created_at").unwrap();
        assert!(created.as_str().unwrap().ends_with('Z'), "{created}");
        assert!(user.remove("id").unwrap().is_u64());
        assert_eq!(
            Value::Object(user.clone()),
            json!({
                "email": "test@mytime.com", "first_name": "test", "last_name": "Test", "phone_number": null,
                "zip_code": "94111", "country": "US", "errors": {}, "bank_accounts": [], "credit_cards": []
            })
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn invalid_fields_are_named_under_the_user() {
    let world = World::with(|settings| settings.password_min = None).await;
    let refused = world.post("/users", &sign_up("test", STUDIO)).await;
    assert_eq!(refused.status, 422);
    assert_eq!(
        refused.body["user"]["errors"],
        json!({"password": ["Please choose a password of 8 characters or more."]}),
        "the default minimum is eight"
    );
    let mut body = sign_up("test", STUDIO);
    body["password"] = json!("long enough");
    body["first_name"] = json!("4242 4242 4242 4242");
    let refused = world.post("/users", &body).await;
    let fields: Vec<_> = refused.body["user"]["errors"]
        .as_object()
        .unwrap()
        .keys()
        .cloned()
        .collect();
    assert_eq!(fields, ["first_name", "password_confirmation"]);
    assert_eq!(
        world.post("/users", &sign_up("test", 1)).await.status,
        404,
        "no such company"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_email_address_has_one_account_per_company() {
    let world = World::open().await;
    world.person("ann").await;
    let mut again = sign_up("ann", STUDIO);
    again["email"] = json!("ANN@mytime.com ");
    let refused = world.post("/users", &again).await;
    assert_eq!(refused.status, 422);
    assert_eq!(
        refused.body["user"]["errors"]["email"],
        json!(["This e-mail address already has an account. Please sign in."])
    );
    Person::sign_up(&world, "ann", BARBER).await;

    let body = sign_up("zoe", STUDIO);
    let crowd = (0..10).map(|_| world.post("/users", &body)).collect();
    let made = crate::delete::join(crowd)
        .await
        .iter()
        .filter(|answer| answer.status == 201)
        .count();
    assert_eq!(made, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_and_an_unknown_user_have_the_same_response_and_time() {
    let world = World::open().await;
    world.person("ann").await;
    let enter = async |email: &str| {
        let body = json!({"email": email, "password": "wrong", "company_id": STUDIO});
        let started = Instant::now();
        (
            world.post("/sessions", &body).await,
            started.elapsed().as_micros(),
        )
    };
    let (mut known, mut with_hash) = enter("ann@mytime.com").await;
    let (mut unknown, mut without) = enter("nobody@mytime.com").await;
    // Alternating, and the fastest of each, because other tests run at the same time.
    for _ in 0..9 {
        let (answer, time) = enter("ann@mytime.com").await;
        (known, with_hash) = (answer, with_hash.min(time));
        let (answer, time) = enter("nobody@mytime.com").await;
        (unknown, without) = (answer, without.min(time));
    }
    assert_eq!(known, unknown);
    assert_eq!(
        (known.status, known.sentence()),
        (
            401,
            "E-mail and password don’t match. Please check them and try again."
        )
    );
    assert!(
        without * 4 > with_hash && with_hash * 4 > without,
        "{with_hash} µs and {without} µs"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn failed_sign_ins_are_limited_with_retry_after() {
    let world = World::with(|settings| settings.sign_ins_per_15_minutes = Some(3)).await;
    world.person("ann").await;
    let body = json!({"email": "ann@mytime.com", "password": "wrong", "company_id": STUDIO});
    for _ in 0..3 {
        assert_eq!(world.post("/sessions", &body).await.status, 401);
    }
    let right = json!({"email": "Ann@mytime.com ", "password": "123", "company_id": STUDIO});
    let response = world
        .http
        .post(world.api("/sessions"))
        .json(&right)
        .send()
        .await
        .unwrap();
    let seconds: u64 = response.headers()["retry-after"]
        .to_str()
        .unwrap()
        .parse()
        .unwrap();
    assert!((1..=900).contains(&seconds));
    let stopped = Answer::of(response).await;
    assert_eq!(stopped.status, 429);
    assert!(stopped.sentence().contains("Please wait"), "{stopped:?}");
    world.person("bob").await;
    Person::sign_in(&world, "bob", STUDIO).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sign_out_revokes_this_token_at_once_and_no_other() {
    let world = World::open().await;
    let here = world.person("ann").await;
    let there = Person::sign_in(&world, "ann", STUDIO).await;
    assert_ne!(here.token, there.token);
    assert_eq!(here.signs_out().await.status, 204);
    assert_eq!(here.looks().await.status, 401);
    assert_eq!(here.signs_out().await.status, 401);
    assert_eq!(there.looks().await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_are_accepted_only_in_their_header() {
    let world = World::open().await;
    let ann = world.person("ann").await;
    let url = world.api(&format!("/user?company_id={STUDIO}"));
    let try_header = async |value: &str| {
        let request = world.http.get(&url).header("authorization", value);
        Answer::of(request.send().await.unwrap()).await
    };
    let token = &ann.token;
    let wrong = [
        format!("Bearer {token}"),
        format!("Token {token}"),
        token.to_lowercase(),
        "x".repeat(5000),
    ];
    let mut answers = vec![
        Answer::of(world.http.get(&url).send().await.unwrap()).await,
        Answer::of(
            world
                .http
                .get(format!("{url}&authorization={token}&token={token}"))
                .send()
                .await
                .unwrap(),
        )
        .await,
    ];
    for value in &wrong {
        answers.push(try_header(value).await);
    }
    for answer in answers {
        assert_eq!(
            (answer.status, answer.sentence()),
            (401, "Please sign in again.")
        );
    }
    assert_eq!(try_header(token).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_hourly_limit_of_intents_survives_a_restart() {
    let mut world = World::with(|settings| settings.intents_per_hour = Some(2)).await;
    let (token, id) = {
        let ann = world.person("ann").await;
        ann.begins().await;
        let method = world.bank().types_card("4242424242424242").await;
        assert_eq!(
            ann.saves(&method).await.status,
            201,
            "a card the server confirms counts too"
        );
        assert_eq!(ann.asks_to_begin_for(false).await.status, 429);
        (ann.token.clone(), ann.id)
    };
    world.stop().await;
    world.start().await;
    let ann = Person {
        world: &world,
        company: STUDIO,
        id,
        token,
        header: "authorization",
    };
    assert_eq!(ann.asks_to_begin_for(false).await.status, 429);
    assert_eq!(ann.cards().await.len(), 1, "the wallet is still there");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_expires() {
    let world = World::open().await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    let pool = world.database().await;
    sqlx::query("UPDATE sessions SET expires_at = unixepoch() WHERE owner_id = $1")
        .bind(ann.id)
        .execute(&pool)
        .await
        .unwrap();
    assert_eq!(
        (ann.looks().await.status, bob.looks().await.status),
        (401, 200)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn many_concurrent_sign_ins_succeed() {
    let world = World::open().await;
    let crowd = (0..200).map(|_| Person::guest(&world, STUDIO)).collect();
    let guests = crate::delete::join(crowd).await;
    let tokens: std::collections::HashSet<_> = guests.iter().map(|guest| &guest.token).collect();
    assert_eq!(tokens.len(), 200);
}
