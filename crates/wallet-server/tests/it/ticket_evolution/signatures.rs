//! Request signatures: unsigned, foreign and repeated requests are refused and change nothing.

use reqwest::Method;
use serde_json::json;

use super::{AMEX, VISA};
use crate::support::seller::{HOST, Seller, secret};
use crate::support::{World, eventually};
use card_entry_protocol::dialect::ticket_evolution::signing::{ApiSecret, SignableRequest};

#[tokio::test]
async fn every_invalid_signature_gets_the_same_response_and_changes_nothing() {
    let world = World::open().await;
    let ned = Seller::with_client(&world, "tickets").await;
    let thief = Seller::with_client(&world, "resale").await;
    let body = json!({"credit_cards": [ned.card(&ned.types(VISA).await)]}).to_string();
    let path = ned.path("/credit_cards");
    let post = Method::POST;
    let good = ned.sign(&post, &path, &body);
    let of_host = |host| {
        let signed = SignableRequest {
            method: "POST",
            host,
            path: &path,
            query: "",
            body: body.as_bytes(),
        };
        ApiSecret::new(&secret("tickets")).unwrap().sign(&signed)
    };
    assert_eq!(of_host(HOST), good);
    let others = [
        String::new(),
        "x".to_owned(),
        good.to_lowercase(),
        thief.sign(&post, &path, &body),
        ned.sign(&Method::PUT, &path, &body),
        ned.sign(&post, &format!("{path}/"), &body),
        ned.sign(&post, &path, &format!("{body} ")),
        of_host("api.ticketevolution.com"),
    ];
    let mut answers = Vec::new();
    for signature in others {
        let refused = ned.send(post.clone(), &path, &body, &signature).await;
        assert_eq!(refused.status, 401, "{signature}");
        answers.push(refused.body);
    }
    // Another account's token with a correct signature.
    answers.push(thief.send(post.clone(), &path, &body, &good).await.body);
    assert!(
        answers.windows(2).all(|pair| pair[0] == pair[1]),
        "{answers:?}"
    );
    assert!(ned.cards().await.is_empty());
    let unsigned = world.get("/v9/clients").send().await.unwrap();
    assert_eq!(unsigned.status(), 401);
}

#[tokio::test]
async fn a_query_beside_a_body_is_refused() {
    let world = World::open().await;
    let ned = Seller::with_client(&world, "tickets").await;
    let body = json!({"clients": [{"name": "Rod"}]}).to_string();
    let signature = ned.sign(&Method::POST, "/v9/clients", &body);
    let both = ned
        .send(Method::POST, "/v9/clients?page=2", &body, &signature)
        .await;
    assert_eq!(both.status, 400, "{both:?}");
    assert_eq!(ned.get("/v9/clients").await.body["total_entries"], json!(1));
}

#[tokio::test]
async fn another_sellers_client_is_not_found() {
    let world = World::open().await;
    let ned = Seller::with_client(&world, "tickets").await;
    let card = ned.adds(VISA).await;
    let thief = Seller::with_client(&world, "resale").await;
    let path = ned.card_path(&card["id"]);
    for (method, path, body) in [
        (Method::GET, ned.path("/credit_cards"), ""),
        (Method::GET, path.clone(), ""),
        (Method::PUT, path.clone(), "{\"label\":\"mine\"}"),
        (Method::DELETE, path.clone(), ""),
        (Method::POST, ned.path("/braintree_client_token"), ""),
        (Method::GET, ned.path("/addresses"), ""),
    ] {
        assert_eq!(
            thief.signed(method, &path, body).await.status,
            404,
            "{path}"
        );
    }
    // It is not among another client's cards either.
    let bob = Seller::with_client(&world, "tickets").await;
    assert_eq!(bob.delete(&bob.card_path(&card["id"])).await.status, 404);
    assert_eq!(ned.cards().await, [card]);
}

#[tokio::test]
async fn a_repeated_request_changes_nothing() {
    let world = World::open().await;
    let ned = Seller::with_client(&world, "tickets").await;
    let body = json!({"credit_cards": [ned.card(&ned.types(VISA).await)]}).to_string();
    let path = ned.path("/credit_cards");
    let signature = ned.sign(&Method::POST, &path, &body);
    let first = ned.send(Method::POST, &path, &body, &signature).await;
    assert_eq!(first.status, 201, "{first:?}");
    let dollars = ned.calls("authorizePaymentMethod").await;
    for signature in [&signature, &format!("{signature}\t")] {
        let again = ned.send(Method::POST, &path, &body, signature).await;
        assert_eq!(again, first);
    }
    assert_eq!(ned.cards().await.len(), 1);
    assert_eq!(ned.calls("authorizePaymentMethod").await, dollars);

    // An old update is not applied over a newer one.
    let card = ned.card_path(&first.body["credit_cards"][0]["id"]);
    ned.put(&card, &json!({"label": "old"})).await;
    ned.put(&card, &json!({"label": "new"})).await;
    let replayed = ned.put(&card, &json!({"label": "old"})).await;
    assert_eq!(replayed.status, 409, "{replayed:?}");
    // The newest update can be repeated, for a caller that lost the response.
    let repeated = ned.put(&card, &json!({"label": "new"})).await;
    assert_eq!(
        (repeated.status, repeated.body["label"].as_str()),
        (200, Some("new"))
    );
    assert_eq!(ned.get(&card).await.body["label"], json!("new"));
    // To apply it again, the caller signs a different body.
    let meant = json!({"label": "old", "request_id": "2"});
    assert_eq!(ned.put(&card, &meant).await.body["label"], json!("old"));
    assert_eq!(ned.get(&card).await.body["label"], json!("old"));

    // After a day the response is deleted, but not the signature.
    let db = world.database().await;
    sqlx::query("UPDATE request_signatures SET body = NULL")
        .execute(&db)
        .await
        .unwrap();
    ned.adds(AMEX).await;
    assert_eq!(ned.delete(&card).await.status, 204);
    let late = ned.send(Method::POST, &path, &body, &signature).await;
    assert_eq!(late.status, 409, "{late:?}");
    assert_eq!(ned.cards().await.len(), 1);
}

#[tokio::test]
async fn two_concurrent_repeats_run_once() {
    let world = World::open().await;
    let ned = Seller::with_client(&world, "tickets").await;
    let body = json!({"credit_cards": [ned.card(&ned.types(VISA).await)]}).to_string();
    let path = ned.path("/credit_cards");
    let send = || ned.signed(Method::POST, &path, &body);
    let (one, two) = tokio::join!(send(), send());
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert!(matches!(statuses, [201, 201 | 409]), "{one:?} {two:?}");
    assert_eq!(ned.cards().await.len(), 1);
}

#[tokio::test]
async fn a_refused_request_can_be_repeated() {
    let world = World::open().await;
    let ned = Seller::with_client(&world, "tickets").await;
    ned.adds(AMEX).await;
    let body = json!({"credit_cards": [ned.card(&ned.types(VISA).await)]}).to_string();
    let fault = json!({"on": "braintree", "do": "graphql_status", "status": 503, "times": 2});
    world.gateway_fault_of("tickets", fault).await;
    let path = ned.path("/credit_cards");
    assert_eq!(ned.signed(Method::POST, &path, &body).await.status, 503);
    assert_eq!(ned.signed(Method::POST, &path, &body).await.status, 201);
}

#[tokio::test]
async fn only_json_is_served_and_no_page_may_call() {
    let world = World::open().await;
    let ned = Seller::with_client(&world, "tickets").await;
    let signature = ned.sign(&Method::GET, "/v9/clients", "");
    let request = || {
        let request = world.get("/v9/clients").header("x-token", "tickets-token");
        request.header("x-signature", &signature)
    };
    let html = request()
        .header("accept", "text/html")
        .send()
        .await
        .unwrap();
    assert_eq!(html.status(), 406);
    let page = request()
        .header("origin", "https://evil.example")
        .send()
        .await
        .unwrap();
    assert_eq!(page.status(), 403);
    assert_eq!(request().send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn one_signature_creates_one_client_and_one_token() {
    let world = World::open().await;
    let ned = Seller::with_client(&world, "tickets").await;
    let rod = json!({"clients": [{"name": "Rod"}], "request_id": "1"});
    let first = ned.post("/v9/clients", &rod).await;
    assert_eq!(first.status, 201, "{first:?}");
    assert_eq!(ned.post("/v9/clients", &rod).await, first);
    assert_eq!(ned.get("/v9/clients").await.body["total_entries"], json!(2));
    let namesake = json!({"clients": [{"name": "Rod"}], "request_id": "2"});
    let namesake = ned.post("/v9/clients", &namesake).await;
    assert_ne!(
        namesake.body["clients"][0]["id"],
        first.body["clients"][0]["id"]
    );

    let path = ned.path("/braintree_client_token");
    let token = ned.signed(Method::POST, &path, "").await;
    assert_eq!(token.status, 201, "{token:?}");
    let made = ned.calls("createClientToken").await;
    let overheard = ned.signed(Method::POST, &path, "").await;
    assert_eq!(overheard.status, 409, "{overheard:?}");
    assert!(overheard.body.get("client_token").is_none());
    assert_eq!(ned.calls("createClientToken").await, made);
    let secret = token.body["client_token"].as_str().unwrap().as_bytes();
    let dump = world.database_dump().await;
    assert!(!dump.windows(secret.len()).any(|window| window == secret));
    assert!(!ned.get_token().await.is_empty());
}

#[tokio::test]
async fn an_old_update_is_never_applied_again() {
    let mut world = World::open().await;
    let ned = Seller::with_client(&world, "tickets").await;
    let card = ned.adds(VISA).await;
    let path = ned.card_path(&card["id"]);
    let requests = [
        (
            Method::PUT,
            path.clone(),
            json!({"label": "old"}).to_string(),
        ),
        (
            Method::POST,
            "/v9/clients".to_owned(),
            json!({"clients": [{"name": "Rod"}]}).to_string(),
        ),
    ];
    let mut signed = Vec::new();
    for (method, at, body) in requests {
        let signature = ned.sign(&method, &at, &body);
        let done = ned.send(method.clone(), &at, &body, &signature).await;
        assert!(matches!(done.status, 200 | 201), "{done:?}");
        signed.push((method, at, body, signature));
    }
    ned.put(&path, &json!({"label": "new"})).await;
    // A year later, after the clean-up of the database.
    let db = world.database().await;
    let year = "UPDATE request_signatures SET created_at = created_at - 400 * 86400";
    sqlx::query(year).execute(&db).await.unwrap();
    let client = ned.client.clone();
    drop(ned);
    world.stop().await;
    world.start().await;
    let ned = Seller::of(&world, "tickets", client);
    eventually("the answers are forgotten", async || {
        let kept = "SELECT count(*) FROM request_signatures WHERE body IS NOT NULL";
        sqlx::query_scalar::<_, i64>(kept)
            .fetch_one(&db)
            .await
            .unwrap()
            == 0
    })
    .await;
    for (method, at, body, signature) in signed {
        let late = ned.send(method, &at, &body, &signature).await;
        assert_eq!(late.status, 409, "{at}: {late:?}");
    }
    assert_eq!(ned.get(&path).await.body["label"], json!("new"));
    assert_eq!(ned.get("/v9/clients").await.body["total_entries"], json!(2));
}
