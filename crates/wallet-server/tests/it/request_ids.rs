//! Each response has an id, and each error has it in its body too, at the vendor's place.

use reqwest::{Method, RequestBuilder, Response};
use serde_json::{Value, json};

use crate::support::cloud::CLOUD_PAGE;
use crate::support::{STUDIO_PAGE, World};

/// A world whose peer on this machine is a trusted proxy.
async fn behind_a_proxy() -> World {
    World::with(|settings| {
        settings.trusted_proxies = Some(vec!["127.0.0.0/8".parse().unwrap()]);
    })
    .await
}

fn id_of(response: &Response) -> String {
    response.headers()["x-request-id"]
        .to_str()
        .unwrap()
        .to_owned()
}

/// A call of each system and of this project's own API that is refused, and the place of the id in the error.
fn refused(world: &World) -> [(RequestBuilder, &'static str); 7] {
    let post = |path: &str| world.http.post(world.url(path)).json(&json!({}));
    [
        (post("/api/mkp/v1/user/credit_cards"), "/request_id"),
        (post("/v1/account/setup-intent"), "/request_id"),
        (post("/v1/payment/intent"), "/error/request_id"),
        (
            post("/payment/stripe/v1/checkout"),
            "/ResponseStatus/Meta/RequestId",
        ),
        (post("/v9/clients"), "/request_id"),
        (post("/holds"), "/request_id"),
        (post("/nothing/here"), "/request_id"),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn an_error_has_the_id_of_its_header_in_its_body() {
    let world = World::open().await;
    for (call, place) in refused(&world) {
        let response = call.send().await.unwrap();
        assert!(response.status().is_client_error(), "{response:?}");
        let id = id_of(&response);
        let body: Value = response.json().await.unwrap();
        assert_eq!(body.pointer(place), Some(&json!(id)), "{body}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_id_of_a_trusted_proxy_is_used() {
    let world = behind_a_proxy().await;
    for (call, place) in refused(&world) {
        let response = call.header("x-request-id", "edge-17").send().await.unwrap();
        assert_eq!(id_of(&response), "edge-17");
        let body: Value = response.json().await.unwrap();
        assert_eq!(body.pointer(place), Some(&json!("edge-17")), "{body}");
    }
    for path in ["/livez", "/healthz", "/stripe_hosted_forms/card_entry"] {
        let response = world.get(path).header("x-request-id", "edge-18");
        assert_eq!(id_of(&response.send().await.unwrap()), "edge-18", "{path}");
    }
    for id in ["two words", "4242424242424242", &"a".repeat(129)] {
        let response = world.get("/livez").header("x-request-id", id);
        assert_eq!(id_of(&response.send().await.unwrap()).len(), 16, "{id}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_id_of_another_peer_is_not_used() {
    let world = World::open().await;
    let response = world.get("/livez").header("x-request-id", "edge-17");
    let id = id_of(&response.send().await.unwrap());
    assert!(id.len() == 16 && id != "edge-17", "{id}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_can_read_the_id() {
    let world = World::open().await;
    for (path, page) in [
        ("/api/mkp/v1/user", STUDIO_PAGE),
        ("/v1/account/payment-methods", CLOUD_PAGE),
    ] {
        let request = world.http.request(Method::GET, world.url(path));
        let response = request.header("origin", page).send().await.unwrap();
        let exposed = &response.headers()["access-control-expose-headers"];
        assert!(exposed.to_str().unwrap().contains("x-request-id"), "{path}");
    }
}
