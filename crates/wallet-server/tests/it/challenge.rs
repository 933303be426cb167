//! The CAPTCHA of sign-up, guests and sign-in: off, after two failures, always, and with an unreachable provider.

use std::sync::{Arc, Mutex};

use axum::extract::State;
use axum::routing::post;
use axum::{Form, Json, Router};
use serde_json::{Value, json};
use wallet_server::config::ChallengeSettings;
use wallet_server::secret::Secret;

use crate::support::person::{Person, sign_up};
use crate::support::{Answer, STUDIO, World};

pub type Asked = Arc<Mutex<Vec<(String, String)>>>;

/// Verifies tokens; only `good` is valid.
pub async fn captcha_provider() -> (String, Asked) {
    async fn check(
        State(asked): State<Asked>,
        Form(form): Form<Vec<(String, String)>>,
    ) -> Json<Value> {
        let of = |name: &str| {
            let found = form.iter().find(|(known, _)| known == name);
            found.map(|(_, value)| value.clone()).unwrap_or_default()
        };
        asked.lock().unwrap().push((of("secret"), of("response")));
        Json(json!({"success": of("response") == "good", "hostname": "book.studio.example"}))
    }
    let asked = Asked::default();
    let router = Router::new()
        .route("/siteverify", post(check))
        .with_state(asked.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/siteverify", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    (url, asked)
}

pub fn challenge_settings(when: &str, url: String) -> ChallengeSettings {
    ChallengeSettings {
        when: Some(when.to_owned()),
        url,
        secret: Some(Secret::new("captcha-key".to_owned())),
        ..ChallengeSettings::default()
    }
}

async fn world(when: &str, url: String) -> World {
    World::with(|settings| settings.challenge = Some(challenge_settings(when, url))).await
}

/// Sends each of the three requests that have a token field.
async fn sends_each_request(world: &World, name: &str, token: Option<&str>) -> [Answer; 3] {
    let mut user = sign_up(name, STUDIO);
    user["recaptcha_token"] = json!(token);
    let guest = json!({"company_id": STUDIO, "recaptcha_token": token});
    let email = format!("{name}@mytime.com");
    let session =
        json!({"email": email, "password": "123", "company_id": STUDIO, "recaptcha_token": token});
    [
        world.post("/users", &user).await,
        world.post("/guests", &guest).await,
        world.post("/sessions", &session).await,
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn always_requires_a_valid_token_each_time() {
    let (url, asked) = captcha_provider().await;
    let world = world("always", url).await;
    for token in [None, Some(""), Some("bad")] {
        for answer in sends_each_request(&world, "ann", token).await {
            assert_eq!(answer.status, 422, "{token:?} {answer:?}");
            let words = &answer.body["user"]["errors"]["recaptcha_token"][0];
            assert_eq!(words, "Please confirm that you’re a person, and try again.");
        }
    }
    let statuses = sends_each_request(&world, "ann", Some("good"))
        .await
        .map(|answer| answer.status);
    assert_eq!(statuses, [201, 201, 200]);
    let asked = asked.lock().unwrap();
    assert_eq!(
        asked.len(),
        6,
        "a missing token is not sent to the provider"
    );
    assert!(asked.iter().all(|(secret, _)| secret == "captcha-key"));
}

#[tokio::test(flavor = "multi_thread")]
async fn after_two_failures_from_a_network_it_requires_a_token_there() {
    let (url, asked) = captcha_provider().await;
    for refused_cards in [true, false] {
        let world = world("after_two_failures", url.clone()).await;
        let ann = Person::sign_up(&world, "ann", STUDIO).await;
        for _ in 0..2 {
            assert!(asked.lock().unwrap().is_empty());
            if refused_cards {
                let method = world.bank().types_card("4000000000000002").await;
                assert_eq!(ann.saves(&method).await.status, 422);
            } else {
                let wrong =
                    json!({"email": "ann@mytime.com", "password": "no", "company_id": STUDIO});
                assert_eq!(world.post("/sessions", &wrong).await.status, 401);
            }
        }
        let statuses = sends_each_request(&world, "bob", None)
            .await
            .map(|answer| answer.status);
        assert_eq!(statuses, [422; 3], "{refused_cards}");
        let statuses = sends_each_request(&world, "bob", Some("good"))
            .await
            .map(|answer| answer.status);
        assert_eq!(statuses, [201, 201, 200]);
        assert_eq!(ann.looks().await.status, 200, "sessions stay valid");
        asked.lock().unwrap().clear();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unreachable_provider_admits_nobody() {
    let world = world("always", "http://127.0.0.1:1/siteverify".to_owned()).await;
    for answer in sends_each_request(&world, "ann", Some("good")).await {
        assert_eq!(answer.status, 503, "{answer:?}");
    }
}
