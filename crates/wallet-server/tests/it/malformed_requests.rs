//! Malformed requests: too large, too deep, of a wrong type. Each gets a 4xx without much work.

use reqwest::header::CONTENT_TYPE;
use serde_json::json;

use crate::support::person::sign_up;
use crate::support::{STUDIO, World};

#[tokio::test(flavor = "multi_thread")]
async fn bodies_are_limited_in_size_and_must_be_json() {
    let world = World::open().await;
    let send = async |kind: &str, body: Vec<u8>| {
        let request = world
            .http
            .post(world.api("/users"))
            .header(CONTENT_TYPE, kind)
            .body(body);
        request.send().await.unwrap().status().as_u16()
    };
    let good = sign_up("ann", STUDIO).to_string();
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "",
        "application/jsonp",
    ] {
        assert_eq!(send(kind, good.clone().into_bytes()).await, 415, "{kind}");
    }
    let json = "application/json";
    assert_eq!(send(json, vec![b' '; 64 * 1024 + 1]).await, 413);
    assert_eq!(send(json, vec![b'a'; 5 * 1024 * 1024]).await, 413);
    for broken in [
        "",
        "{",
        "[]x",
        "{\"a\":\u{1}}",
        "\u{feff}{}",
        &"{\"a\":".repeat(10_000),
    ] {
        assert_eq!(
            send(json, broken.as_bytes().to_vec()).await,
            400,
            "{}",
            broken.chars().take(9).collect::<String>()
        );
    }
    assert_eq!(send(json, vec![0xff, 0xfe]).await, 400);
    let deep = "[".repeat(10_000);
    for odd in [
        deep.as_str(),
        "[]",
        "7",
        "null",
        "{\"company_id\":-1}",
        "{\"company_id\":1,\"company_id\":2}",
        "{\"email\":{}}",
    ] {
        assert!(
            [404, 422].contains(&send(json, odd.as_bytes().to_vec()).await),
            "{odd}"
        );
    }
    let zipped = world
        .http
        .post(world.api("/users"))
        .header("content-encoding", "gzip")
        .json(&sign_up("ann", STUDIO));
    assert_eq!(zipped.send().await.unwrap().status(), 415);
    assert_eq!(
        send("Application/JSON; charset=utf-8", good.into_bytes()).await,
        201
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_cannot_set_members_that_the_server_sets() {
    let world = World::open().await;
    let mut body = sign_up("ann", STUDIO);
    body["id"] = json!(1);
    body["owner_id"] = json!(1);
    body["customer_id"] = json!("cus_x");
    body["credit_cards"] = json!([{"id": "cus_x|pm_x"}]);
    body["authentication_token"] = json!("mine");
    let made = world.post("/users", &body).await;
    assert_eq!((made.status, made.cards().len()), (201, 0));
    assert_ne!(made.body["user"]["authentication_token"], "mine");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_path_is_404_and_another_method_405() {
    let world = World::open().await;
    for (method, path, status) in [
        ("GET", "/", 404),
        ("GET", "/api/mkp/v1/nothing", 404),
        ("PUT", "/api/mkp/v1/users", 405),
        ("PATCH", "/api/mkp/v1/user/credit_cards", 405),
        ("GET", "/api/mkp/v1/companies/x", 404),
        ("GET", "/api/mkp/v1/companies/99999999999999999999", 404),
        ("GET", "/api/mkp/v1/user/payment_methods/session", 401),
        ("DELETE", "/healthz", 405),
    ] {
        let request = world.http.request(method.parse().unwrap(), world.url(path));
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status().as_u16(), status, "{method} {path}");
        assert_eq!(answer.headers()["x-content-type-options"], "nosniff");
        assert_eq!(answer.headers()["cache-control"], "no-store");
        if status == 405 {
            assert!(answer.headers().contains_key("allow"), "{method} {path}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_session_call_accepts_only_cards_and_the_companys_account() {
    let world = World::open().await;
    let ann = world.person("ann").await;
    for (query, status) in [
        ("payment_type=card", 200),
        ("payment_type=card&stripe_account_id=&location_id=3", 200),
        ("payment_type=ach", 422),
        ("payment_type=card&stripe_account_id=acct_other", 422),
        ("", 422),
    ] {
        let url = world.api(&format!(
            "/user/payment_methods/session?company_id={STUDIO}&{query}"
        ));
        let answer = world
            .http
            .get(url)
            .header("authorization", &ann.token)
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status().as_u16(), status, "{query}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_company_is_public_and_health_shows_the_version() {
    let world = World::open().await;
    let answer = world
        .get(&format!("/api/mkp/v1/companies/{STUDIO}"))
        .send()
        .await
        .unwrap();
    let text = answer.text().await.unwrap();
    assert_eq!(
        text,
        r#"{"company":{"id":40426,"name":"studio","stripe_key":"pk_test_studio","currency":"usd","country":"US","locations":[]}}"#
    );
    let health: serde_json::Value = world
        .get("/healthz")
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(
        (&health["status"], &health["version"]),
        (&"ok".into(), &env!("CARGO_PKG_VERSION").into())
    );
}
