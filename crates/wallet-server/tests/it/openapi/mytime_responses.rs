//! Real responses of MyTime's calls and of this server's own against the document.

use reqwest::Method;
use serde_json::json;

use super::documented;
use crate::support::bank::VISA;
use crate::support::person::{Person, sign_up};
use crate::support::{Answer, STUDIO, World};

const SAVE: (&str, &str) = ("POST", "/api/mkp/v1/user/credit_cards");
const USER: (&str, &str) = ("GET", "/api/mkp/v1/user");
const SESSIONS: (&str, &str) = ("POST", "/api/mkp/v1/sessions");

/// A card that the bank declines.
const DECLINED: &str = "4000000000000002";

#[tokio::test(flavor = "multi_thread")]
async fn mytimes_accounts_answer_as_documented() {
    let world = World::open().await;
    let ann = world.post("/users", &sign_up("ann", STUDIO)).await;
    documented(("POST", "/api/mkp/v1/users"), 201, &ann);
    let again = world.post("/users", &sign_up("ann", STUDIO)).await;
    documented(("POST", "/api/mkp/v1/users"), 422, &again);
    let nowhere = world.post("/users", &sign_up("ann", 1)).await;
    documented(("POST", "/api/mkp/v1/users"), 404, &nowhere);
    let guest = world.post("/guests", &json!({"company_id": STUDIO})).await;
    documented(("POST", "/api/mkp/v1/guests"), 201, &guest);

    let mut credentials =
        json!({"email": "ann@mytime.com", "password": "123", "company_id": STUDIO});
    documented(SESSIONS, 200, &world.post("/sessions", &credentials).await);
    credentials["password"] = "wrong".into();
    documented(SESSIONS, 401, &world.post("/sessions", &credentials).await);
    documented(
        SESSIONS,
        422,
        &world.post("/sessions", &json!({"email": 7})).await,
    );
    let text = world.http.post(world.api("/sessions")).body("{}");
    documented(SESSIONS, 415, &Answer::of(text.send().await.unwrap()).await);
    let huge = "x".repeat(70_000);
    documented(
        SESSIONS,
        413,
        &world.post("/sessions", &json!({"email": huge})).await,
    );
    let foreign = world
        .http
        .post(world.api("/sessions"))
        .header("origin", "https://evil.example")
        .json(&credentials);
    documented(
        SESSIONS,
        403,
        &Answer::of(foreign.send().await.unwrap()).await,
    );

    let company = format!("/api/mkp/v1/companies/{STUDIO}");
    let shown = Answer::of(world.get(&company).send().await.unwrap()).await;
    documented(("GET", &company), 200, &shown);
    let person = Person::sign_in(&world, "ann", STUDIO).await;
    documented(USER, 200, &person.looks().await);
    documented(
        ("DELETE", "/api/mkp/v1/sessions"),
        204,
        &person.signs_out().await,
    );
    documented(USER, 401, &person.looks().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn mytimes_cards_answer_as_documented() {
    let world = World::open().await;
    let person = world.person("ann").await;
    let session = ("GET", "/api/mkp/v1/user/payment_methods/session");
    documented(session, 200, &person.asks_to_begin().await);
    documented(SAVE, 201, &person.adds(VISA).await);
    documented(SAVE, 422, &person.adds(DECLINED).await);
    documented(USER, 200, &person.looks().await);

    let id = person.card_id().await;
    let path = format!("/api/mkp/v1/user/credit_cards/{}", id.replace('|', "%7C"));
    let held = world.shop().holds(person.id, "booking-1", "Haircut").await;
    documented(("POST", "/holds"), 201, &held);
    documented(("DELETE", &path), 422, &person.deletes(&id).await);
    let list = format!("/holds?company_id={STUDIO}");
    let listed = world.shop().call(Method::GET, &list, None).await;
    documented(("GET", "/holds"), 200, &listed);
    documented(
        ("DELETE", "/holds/booking-1"),
        204,
        &world.shop().lifts("booking-1").await,
    );
    documented(("DELETE", &path), 200, &person.deletes(&id).await);
    documented(("DELETE", &path), 404, &person.deletes(&id).await);

    let mut stranger = world.shop();
    stranger.key = "none".to_owned();
    documented(
        ("GET", "/holds"),
        401,
        &stranger.call(Method::GET, &list, None).await,
    );
    let nothing = json!({"company_id": STUDIO});
    let refused = world
        .shop()
        .call(Method::POST, "/holds", Some(&nothing))
        .await;
    documented(("POST", "/holds"), 422, &refused);
    // The tests have no build of Braintree's form, so that the server is not ready.
    for (probe, status) in [("/livez", 200), ("/readyz", 503), ("/healthz", 200)] {
        let answer = Answer::of(world.get(probe).send().await.unwrap()).await;
        documented(("GET", probe), status, &answer);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_that_does_not_answer_is_documented() {
    let world = World::open().await;
    let person = world.person("ann").await;
    let method = world.bank().types_card(VISA).await;
    let fault = json!({"on": "api", "do": "drop"});
    world.gateway_fault(fault).await;
    documented(SAVE, 503, &person.saves(&method).await);
}
