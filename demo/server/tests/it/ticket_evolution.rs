//! The ticket shop's signing proxy: what it adds to a request, and what it forwards of a response.

use std::sync::{Arc, Mutex};

use axum::body::Bytes;
use axum::http::{Method, StatusCode, Uri};
use axum::{Json, Router};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::site::TestSite;

type Bodies = Arc<Mutex<Vec<(String, Value)>>>;

/// A wallet server that creates client 7 and returns 503 for every other call.
async fn busy_wallet_server() -> (String, Bodies) {
    let bodies = Bodies::default();
    let received = Arc::clone(&bodies);
    let app = Router::new().fallback(async move |_: Method, uri: Uri, body: Bytes| {
        let sent = serde_json::from_slice(&body).unwrap_or_default();
        received.lock().unwrap().push((uri.path().to_owned(), sent));
        let created =
            json!({"clients": [{"id": "7", "name": "Ned"}], "addresses": [], "phone_numbers": []});
        match uri.path() {
            "/v9/clients" | "/v9/clients/7/addresses" | "/v9/clients/7/phone_numbers" => {
                (StatusCode::CREATED, [("retry-after", "0")], Json(created))
            }
            _ => {
                let busy = json!({"error": "Please wait."});
                (
                    StatusCode::SERVICE_UNAVAILABLE,
                    [("retry-after", "7")],
                    Json(busy),
                )
            }
        }
    });
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, app).await });
    (base, bodies)
}

async fn sign_in(site: &TestSite<()>) -> String {
    let request = site.request(Method::POST, "/api/ticket_evolution/sign-in", None);
    let answer = request.json(&json!({"name": "Ned"})).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    let signed_in: Value = answer.json().await.unwrap();
    format!("Bearer {}", signed_in["token"].as_str().unwrap())
}

#[tokio::test]
async fn retry_after_is_forwarded() {
    let (base, _) = busy_wallet_server().await;
    let site = TestSite::with_wallet((), &base).await;
    let token = sign_in(&site).await;
    let path = "/ticket_evolution/v9/clients/7/credit_cards";
    for method in [Method::GET, Method::POST] {
        let request = site.request(method, path, Some(&token));
        let answer = request.body("{}").send().await.unwrap();
        assert_eq!(answer.status(), 503);
        assert_eq!(answer.headers()["retry-after"], "7");
        assert_eq!(answer.headers()["content-type"], "application/json");
        let body: Value = answer.json().await.unwrap();
        assert_eq!(body["error"], "Please wait.");
    }
}

#[tokio::test]
async fn repeatable_calls_get_a_request_id_and_a_nonce_does_not() {
    let (base, bodies) = busy_wallet_server().await;
    let site = TestSite::with_wallet((), &base).await;
    let token = sign_in(&site).await;
    sign_in(&site).await;
    for (method, path, body) in [
        (Method::POST, "braintree_client_token", ""),
        (Method::PUT, "credit_cards/1", "{\"primary\":true}"),
        (Method::POST, "credit_cards", "{\"credit_cards\":[]}"),
    ] {
        for _ in 0..2 {
            let path = format!("/ticket_evolution/v9/clients/7/{path}");
            let request = site.request(method.clone(), &path, Some(&token));
            request.body(body).send().await.unwrap();
        }
    }
    let received = bodies.lock().unwrap().clone();
    for (path, numbered) in [
        ("/v9/clients", true),
        ("/v9/clients/7/braintree_client_token", true),
        ("/v9/clients/7/credit_cards/1", true),
        ("/v9/clients/7/credit_cards", false),
    ] {
        let same = received.iter().filter(|(at, _)| at == path);
        let [one, two] = same.map(|(_, body)| body).collect::<Vec<_>>()[..] else {
            panic!("{path}: {received:?}");
        };
        assert_eq!(one != two, numbered, "{path}: {one} {two}");
        assert_eq!(one["request_id"].is_string(), numbered, "{path}");
    }
}
