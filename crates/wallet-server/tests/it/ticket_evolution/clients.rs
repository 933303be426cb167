//! Clients, their addresses and telephone numbers: validation and limits.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::World;
use crate::support::seller::Seller;

#[tokio::test]
async fn clients_addresses_and_numbers_are_checked() {
    let world = World::open().await;
    let ned = Seller::with_client(&world, "tickets").await;
    let rows = [
        (
            "/v9/clients".to_owned(),
            json!({"clients": [{"name": " "}]}),
            "/clients/0/errors/name",
        ),
        (
            ned.path("/addresses"),
            json!({"addresses": [{"locality": "x"}]}),
            "/addresses/0/errors/street_address",
        ),
        (
            ned.path("/phone_numbers"),
            json!({"phone_numbers": [{"number": "x"}]}),
            "/phone_numbers/0/errors/number",
        ),
    ];
    for (path, body, at) in rows {
        let refused = ned.post(&path, &body).await;
        assert_eq!(refused.status, 422, "{path}");
        assert!(refused.body.pointer(at).is_some(), "{refused:?}");
    }
    assert_eq!(ned.get("/v9/clients/999999/credit_cards").await.status, 404);
    assert_eq!(ned.get("/v9/clients/x/credit_cards").await.status, 404);
    assert_eq!(ned.get("/v9/nothing").await.status, 404);
    assert_eq!(
        ned.signed(Method::PATCH, "/v9/clients", "").await.status,
        405
    );
}

#[tokio::test]
async fn a_seller_can_create_many_clients() {
    let world = World::with(|settings| {
        settings.sign_ups_per_hour = Some(1);
        for account in &mut settings.accounts {
            if let Some(own) = &mut account.ticket_evolution {
                own.clients_per_hour = (own.token == "resale-token").then_some(4);
            }
        }
    })
    .await;
    let ned = Seller::with_client(&world, "tickets").await;
    let many = |n: usize| -> Value {
        (0..n)
            .map(|at| json!({"name": format!("Buyer {at}")}))
            .collect()
    };
    for round in 0..8 {
        let body = json!({"clients": many(10), "request_id": round.to_string()});
        let made = ned.post("/v9/clients", &body).await;
        assert_eq!(made.status, 201, "{made:?}");
    }
    let list = ned.get("/v9/clients").await.body;
    assert_eq!(list["total_entries"], json!(81));
    // An account with a limit gets `Retry-After`.
    let resale = Seller::with_client(&world, "resale").await;
    let body = json!({"clients": many(4)}).to_string();
    let signature = resale.sign(&Method::POST, "/v9/clients", &body);
    let request = world.http.post(world.url("/v9/clients")).body(body);
    let request = request.header("x-token", "resale-token");
    let busy = request
        .header("x-signature", signature)
        .send()
        .await
        .unwrap();
    assert_eq!(busy.status(), 503);
    let wait: i64 = busy.headers()["retry-after"]
        .to_str()
        .unwrap()
        .parse()
        .unwrap();
    assert!((1..=3600).contains(&wait), "{wait}");
    assert_eq!(
        resale.get("/v9/clients").await.body["total_entries"],
        json!(1)
    );
}
