//! MikroCloud's tokens: owner, scopes, and every way in which a token can be invalid.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use reqwest::Method;
use serde_json::{Value, json};
use wallet_server::clock::now;
use wallet_server::config::ServerConfig;

use crate::support::bank::VISA;
use crate::support::cloud::{CLOUD, Holder, RIVAL, RIVAL_ISSUER, claims, head, secret, sign};
use crate::support::{Answer, World};

/// Calls every route, and asserts the same error and no change.
async fn assert_refused(world: &World, why: &str, token: &str) {
    let before = world.gateway_requests().await.len();
    let eve = Holder {
        world,
        token: token.to_owned(),
    };
    for (method, path) in [
        (Method::GET, "/payment-methods"),
        (Method::POST, "/payment-methods"),
        (Method::POST, "/setup-intent"),
        (Method::DELETE, "/payment-methods/pm_12345678"),
    ] {
        let answer = eve.send(method.clone(), path).await;
        assert_eq!(
            (answer.status, answer.body),
            (401, json!({"message": "Please sign in again."})),
            "{why}: {method} {path}"
        );
    }
    assert_eq!(world.gateway_requests().await.len(), before, "{why}");
}

fn with(name: &str, value: Value) -> Value {
    let mut claims = claims("ann");
    claims[name] = value;
    claims
}

fn without(name: &str) -> Value {
    let mut claims = claims("ann");
    claims.as_object_mut().unwrap().remove(name);
    claims
}

#[tokio::test(flavor = "multi_thread")]
async fn every_invalid_token_gets_the_same_response() {
    let world = World::open().await;
    let ann = Holder::new(&world, "ann");
    ann.adds(VISA).await;
    let own = secret(CLOUD);
    let good = claims("ann");
    let signed = |claims: &Value| sign(&own, &head(), claims);
    let (text, signature) = ann.token.rsplit_once('.').unwrap();
    let other = URL_SAFE_NO_PAD.encode(with("sub", json!("bob")).to_string());
    let rows = [
        ("no token", String::new()),
        ("no token at all", "x".to_owned()),
        ("signed by another", sign(&[9; 32], &head(), &good)),
        (
            "signed by another account",
            sign(&secret(RIVAL), &head(), &good),
        ),
        (
            "of another account's issuer",
            signed(&with("iss", json!(RIVAL_ISSUER))),
        ),
        (
            "of nobody's issuer",
            signed(&with("iss", json!("https://x.example"))),
        ),
        ("of no issuer", signed(&without("iss"))),
        ("of nobody", signed(&without("sub"))),
        ("of an empty name", signed(&with("sub", json!("")))),
        ("over", signed(&with("exp", json!(now() - 31)))),
        ("for ever", signed(&without("exp"))),
        ("over, in words", signed(&with("exp", json!("never")))),
        ("not begun", signed(&with("nbf", json!(now() + 60)))),
        (
            "altered",
            format!("{}.{other}.{signature}", text.split('.').next().unwrap()),
        ),
        ("unsigned", format!("{text}.")),
        ("cut off", text.to_owned()),
        (
            "of no algorithm",
            sign(&own, &json!({"alg": "none"}), &good),
        ),
        (
            "of another algorithm",
            sign(&own, &json!({"alg": "HS384"}), &good),
        ),
        (
            "of a public key's algorithm",
            sign(&own, &json!({"alg": "RS256"}), &good),
        ),
        (
            "of an unknown key",
            sign(&own, &json!({"alg": "HS256", "kid": "2019"}), &good),
        ),
        (
            "with an extension",
            sign(&own, &json!({"alg": "HS256", "crit": ["x"], "x": 1}), &good),
        ),
        ("too long", signed(&with("more", json!("x".repeat(9_000))))),
    ];
    for (why, token) in rows {
        assert_refused(&world, why, &token).await;
    }
    assert_eq!(ann.list().await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_accepted_only_in_its_header_with_its_scheme() {
    let world = World::open().await;
    let ann = Holder::new(&world, "ann");
    let url = world.url("/v1/account/payment-methods");
    let bare = world.http.get(&url).header("authorization", &ann.token);
    let basic = world.http.get(&url).basic_auth(&ann.token, Some(""));
    let query = world.http.get(format!("{url}?access_token={}", ann.token));
    for request in [bare, basic, query, world.http.get(&url)] {
        assert_eq!(request.send().await.unwrap().status().as_u16(), 401);
    }
    let spelt = format!("bearer {}", ann.token);
    let request = world.http.get(&url).header("authorization", spelt);
    assert_eq!(request.send().await.unwrap().status().as_u16(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_scope_allows_only_its_own_routes() {
    let world = World::open().await;
    let ann = Holder::new(&world, "ann");
    let card = ann.adds(VISA).await;
    let reader = Holder::claiming(&world, &with("scope", json!("account:read")));
    let writer = Holder::claiming(&world, &with("scope", json!("account:write")));
    let nobody = Holder::claiming(&world, &without("scope"));
    let before = world.gateway_requests().await.len();
    let look = json!({"message": "This sign-in may not look at the cards."});
    let change = json!({"message": "This sign-in may not change the cards."});

    assert_eq!(reader.ids().await, [&*card]);
    for holder in [&reader, &nobody] {
        for answer in [
            holder.asks_to_begin().await,
            holder.saves(&card).await,
            holder.deletes(&card).await,
        ] {
            assert_eq!((answer.status, &answer.body), (403, &change));
        }
    }
    for holder in [&writer, &nobody] {
        let answer = holder.send(Method::GET, "/payment-methods").await;
        assert_eq!((answer.status, &answer.body), (403, &look));
    }
    assert_eq!(world.gateway_requests().await.len(), before);
    assert_eq!(writer.saves(&card).await.status, 201);
    let mut listed = without("scope");
    listed["scopes"] = json!(["account:read"]);
    let listed = Holder::claiming(&world, &listed);
    assert_eq!(listed.ids().await, [&*card], "scopes may be a list");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_subject_at_two_accounts_is_two_owners() {
    let world = World::open().await;
    let ann = Holder::new(&world, "ann");
    let card = ann.adds(VISA).await;
    let mut theirs = claims("ann");
    theirs["iss"] = RIVAL_ISSUER.into();
    let namesake = Holder {
        world: &world,
        token: sign(&secret(RIVAL), &head(), &theirs),
    };
    assert!(namesake.list().await.is_empty());
    assert_eq!(namesake.deletes(&card).await.status, 410);
    assert_eq!(namesake.saves(&card).await.status, 422);
    assert_eq!(ann.ids().await, [&*card]);
    let number = Holder::claiming(&world, &with("sub", json!(8996)));
    assert!(number.list().await.is_empty(), "a subject can be a number");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_of_one_system_is_invalid_in_another() {
    let world = World::open().await;
    let ann = world.person("ann").await;
    assert_refused(&world, "of MyTime", &ann.token).await;
    let holder = Holder::new(&world, "ann");
    for token in [holder.token.clone(), format!("Bearer {}", holder.token)] {
        let request = world.get("/api/mkp/v1/user").header("authorization", token);
        let answer = Answer::of(request.send().await.unwrap()).await;
        assert_eq!(
            (answer.status, answer.sentence()),
            (401, "Please sign in again.")
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn both_keys_are_valid_while_a_key_is_rolled() {
    let fresh = [77; 32];
    let world = World::with(|settings| {
        let section = settings.accounts[2].mikrocloud.as_mut().unwrap();
        let mut key = section.keys[0].clone();
        key.id = Some("2027".to_owned());
        key.secret = Some(wallet_server::secret::Secret::new(STANDARD.encode(fresh)));
        section.keys.push(key);
        section.audience = Some("wallet".to_owned());
    })
    .await;
    let good = with("aud", json!(["wallet"]));
    let newer = json!({"alg": "HS256", "kid": "2027"});
    for (secret, head) in [(secret(CLOUD), head()), (fresh, newer.clone())] {
        let token = sign(&secret, &head, &good);
        let holder = Holder {
            world: &world,
            token,
        };
        assert!(holder.list().await.is_empty());
    }
    assert_refused(
        &world,
        "old key, new name",
        &sign(&secret(CLOUD), &newer, &good),
    )
    .await;
    assert_refused(&world, "for another", &sign(&fresh, &newer, &claims("ann"))).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_two_accounts_accept_is_refused() {
    let world = World::with(|settings| {
        let shared = settings.accounts[2].mikrocloud.clone().unwrap();
        let rival = settings.accounts[3].mikrocloud.as_mut().unwrap();
        rival.issuer = shared.issuer;
        rival.keys[0].secret = shared.keys[0].secret.clone();
        rival.keys[0].id = Some("2031".to_owned());
    })
    .await;
    let nameless = json!({"alg": "HS256"});
    let token = sign(&secret(CLOUD), &nameless, &claims("ann"));
    assert_refused(&world, "of two accounts", &token).await;
    assert!(Holder::new(&world, "ann").list().await.is_empty());
}

#[test]
fn settings_that_accept_ambiguous_tokens_are_refused() {
    use crate::support::cloud::cloud_account;
    use wallet_server::config::{AccountSettings, Settings};
    type Change = fn(&mut Vec<AccountSettings>);
    let wrong: [(&str, Change); 10] = [
        ("accounts[0].mikrocloud.issuer", |all| {
            all[0].mikrocloud.as_mut().unwrap().issuer.clear()
        }),
        ("accounts[0].mikrocloud.keys", |all| {
            all[0].mikrocloud.as_mut().unwrap().keys.clear()
        }),
        ("accounts[0].mikrocloud.issuer", |all| {
            all[0].mikrocloud = None
        }),
        ("accounts[0].system", |all| {
            all[0].system = Some("cloud".to_owned())
        }),
        ("accounts[0].mikrocloud", |all| all[0].system = None),
        ("accounts[0].mikrocloud.keys[0].algorithm", |all| {
            all[0].mikrocloud.as_mut().unwrap().keys[0].algorithm = "none".to_owned()
        }),
        ("accounts[0].mikrocloud.keys[0].public_key", |all| {
            all[0].mikrocloud.as_mut().unwrap().keys[0].algorithm = "RS256".to_owned()
        }),
        ("accounts[0].mikrocloud.keys[0].secret", |all| {
            let key = &mut all[0].mikrocloud.as_mut().unwrap().keys[0];
            key.secret = Some(wallet_server::secret::Secret::new("Y2FuYXJ5".to_owned()));
        }),
        ("accounts[0].mikrocloud.keys[0].public_key_file", |all| {
            let key = &mut all[0].mikrocloud.as_mut().unwrap().keys[0];
            key.public_key_file = Some("/nowhere/canary.pem".into());
        }),
        ("accounts[1].mikrocloud", |all| {
            let mut twin = all[0].clone();
            twin.id = 2;
            all.push(twin);
        }),
    ];
    for (setting, change) in wrong {
        let account = cloud_account(1, "cloud", "https://panel.example", "https://t.example");
        let mut accounts = vec![account];
        change(&mut accounts);
        let settings = Settings {
            accounts,
            ..Settings::default()
        };
        let error = ServerConfig::check(settings).unwrap_err();
        assert_eq!(error.setting, setting, "{error}");
        assert!(!error.to_string().contains("Y2FuYXJ5"), "{error}");
    }
}
