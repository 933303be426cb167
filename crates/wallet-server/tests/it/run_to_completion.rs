//! A request runs to its end even if its client disconnects. Timeouts and panics get the vendor's error format, with CORS
//! headers.

use std::time::Duration;

use reqwest::{Method, RequestBuilder, Response};
use serde_json::{Value, json};

use crate::support::bank::VISA;
use crate::support::cloud::CLOUD_PAGE;
use crate::support::salon::SALON_PAGE;
use crate::support::seller::Seller;
use crate::support::{STUDIO_PAGE, World, eventually};
use crate::ticket_evolution;

/// A world with an injected fault and a request timeout.
async fn world_with_fault(fault: Value, request_timeout_ms: u64) -> World {
    let world = World::with(|settings| {
        settings.allow_faults = true;
        settings.request_timeout_ms = Some(request_timeout_ms);
    })
    .await;
    let set = world.http.post(world.url("/__faults")).json(&fault);
    assert!(set.send().await.unwrap().status().is_success());
    world
}

/// A call of each system, with a parent that may read the response, and the path of the sentence in its errors.
fn calls(world: &World) -> [(RequestBuilder, Option<&'static str>, &'static str); 5] {
    let post = |path: &str| world.http.post(world.url(path)).json(&json!({}));
    [
        (post("/api/mkp/v1/users"), Some(STUDIO_PAGE), "/message"),
        (
            post("/v1/account/setup-intent"),
            Some(CLOUD_PAGE),
            "/message",
        ),
        (post("/v1/payment/intent"), None, "/error/message"),
        (
            post("/payment/stripe/v1/checkout"),
            Some(SALON_PAGE),
            "/ResponseStatus/Message",
        ),
        (post("/v9/clients"), None, "/error"),
    ]
}

/// Sends the call from the page, and asserts what all errors have in common.
async fn refusal(
    call: RequestBuilder,
    page: Option<&'static str>,
    words: &str,
) -> (u16, String, Option<String>) {
    let call = match page {
        Some(page) => call.header("origin", page),
        None => call,
    };
    let answer: Response = call.send().await.unwrap();
    let headers = answer.headers();
    let header = |name: &str| {
        headers
            .get(name)
            .map(|value| value.to_str().unwrap().to_owned())
    };
    assert_eq!(header("access-control-allow-origin").as_deref(), page);
    assert!(header("x-request-id").is_some());
    let (status, wait) = (answer.status().as_u16(), header("retry-after"));
    let body: Value = answer.json().await.unwrap();
    let said = body.pointer(words).and_then(Value::as_str);
    let said = said.unwrap_or_else(|| panic!("{words} is not in {body}"));
    (status, said.to_owned(), wait)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_timeout_has_the_vendors_format_and_a_page_can_read_it() {
    let world =
        world_with_fault(json!({"route": "*", "count": 5, "delay_ms": 60_000}), 1_000).await;
    for (call, page, words) in calls(&world) {
        let (status, said, wait) = refusal(call, page, words).await;
        assert_eq!((status, wait.as_deref()), (503, Some("2")), "{words}");
        assert_eq!(said, "That took too long. Please try again in a moment.");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panic_has_the_vendors_format_and_a_page_can_read_it() {
    let world = world_with_fault(json!({"route": "*", "count": 5, "panic": true}), 60_000).await;
    for (call, page, words) in calls(&world) {
        let (status, said, _) = refusal(call, page, words).await;
        assert_eq!(status, 500, "{words}");
        assert_eq!(
            said,
            "Something went wrong on our side. Please try again in a moment."
        );
    }
    assert!(
        world
            .get("/healthz")
            .send()
            .await
            .unwrap()
            .status()
            .is_success()
    );
}

/// The number of saves in the database.
async fn saves(world: &World) -> i64 {
    let pool = world.database().await;
    let count = sqlx::query_scalar("SELECT COUNT(*) FROM saves");
    let count = count.fetch_one(&pool).await.unwrap();
    pool.close().await;
    count
}

/// A world whose gateway may be slow.
async fn patient_world() -> World {
    World::with(|settings| settings.gateway_timeout_ms = Some(20_000)).await
}

/// Sends a save, and disconnects while the gateway executes a call of it.
async fn save_and_disconnect(world: &World) {
    let (ann, bank) = (world.person("ann").await, world.bank());
    let (secret, method) = (ann.begins().await, bank.types_card(VISA).await);
    bank.confirms(&secret, &method).await;
    let slow = json!({"on": "api", "do": "latency", "ms": 2_000, "method": "GET", "times": 1});
    world.gateway_fault(slow).await;
    let path = "/v1/payment_methods/*";
    let calls = world.gateway_calls("GET", path).await;
    let asked = eventually("the gateway is asked", async || {
        world.gateway_calls("GET", path).await > calls
    });
    tokio::select! {
        answer = ann.saves(&method) => panic!("the gateway was to be slower: {answer:?}"),
        () = asked => {}
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_save_whose_client_disconnects_is_completed() {
    let world = patient_world().await;
    save_and_disconnect(&world).await;
    eventually("it is saved", async || saves(&world).await == 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_stops_completes_requests_of_disconnected_clients() {
    let mut world = patient_world().await;
    save_and_disconnect(&world).await;
    world.stop().await;
    assert_eq!(saves(&world).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signed_request_whose_client_disconnected_is_replayed() {
    let world = patient_world().await;
    let ned = Seller::with_client(&world, "tickets").await;
    let body =
        json!({"credit_cards": [ned.card(&ned.types(ticket_evolution::VISA).await)]}).to_string();
    let path = ned.path("/credit_cards");
    let slow = json!({"on": "braintree", "do": "graphql_latency", "ms": 3_000, "times": 1});
    world.gateway_fault_of("tickets", slow).await;
    let first = ned.signed(Method::POST, &path, &body);
    let left = tokio::time::timeout(Duration::from_millis(500), first).await;
    assert!(left.is_err(), "the vault was to be slower: {left:?}");
    let again = ned.signed(Method::POST, &path, &body).await;
    assert_eq!(again.status, 201, "{again:?}");
    assert_eq!(ned.cards().await.len(), 1);
    assert_eq!(ned.calls("authorizePaymentMethod").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repeat_of_a_request_in_progress_gets_retry_after() {
    let world = World::with(|settings| {
        settings.request_timeout_ms = Some(3_000);
        settings.gateway_timeout_ms = Some(25_000);
    })
    .await;
    let ned = Seller::with_client(&world, "tickets").await;
    let body =
        json!({"credit_cards": [ned.card(&ned.types(ticket_evolution::VISA).await)]}).to_string();
    let path = ned.path("/credit_cards");
    let slow = json!({"on": "braintree", "do": "graphql_latency", "ms": 9_000, "times": 1});
    world.gateway_fault_of("tickets", slow).await;
    let first = ned.signed(Method::POST, &path, &body).await;
    assert_eq!(first.status, 503, "{first:?}");
    let request = world
        .http
        .post(world.url(&path))
        .header("x-token", "tickets-token")
        .header("x-signature", ned.sign(&Method::POST, &path, &body))
        .body(body.clone());
    let waited = request.send().await.unwrap();
    assert_eq!(waited.status(), 409);
    assert_eq!(waited.headers()["retry-after"], "2");
    eventually("the first answer is there", async || {
        ned.signed(Method::POST, &path, &body).await.status == 201
    })
    .await;
    assert_eq!(ned.cards().await.len(), 1);
}
