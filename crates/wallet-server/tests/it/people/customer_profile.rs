//! The gateway's customer carries name, e-mail and the site's own id, as far as the person's record has them.

use serde_json::{Value, json};

use crate::support::bank::{Bank, VISA};
use crate::support::cloud::Holder;
use crate::support::person::Person;
use crate::support::seller::Seller;
use crate::support::{STUDIO, World};

/// The only customer of an account.
async fn customer(bank: &Bank<'_>) -> Value {
    let all = bank.customers().await;
    assert_eq!(all.len(), 1, "{all:?}");
    all[0].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_user_has_name_and_email_and_a_guest_has_nothing() {
    let world = World::open().await;
    world.person("ann").await.adds(VISA).await;
    let made = customer(&world.bank()).await;
    assert_eq!(made["name"], "ann Test", "{made}");
    assert_eq!(made["email"], "ann@mytime.com");
    assert_eq!(made["metadata"]["reference"], Value::Null);
    Person::guest(&world, STUDIO).await.adds(VISA).await;
    let all = world.bank().customers().await;
    let guest = all.iter().find(|one| one["id"] != made["id"]).unwrap();
    assert_eq!(
        (&guest["name"], &guest["email"]),
        (&Value::Null, &Value::Null)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_of_a_site_has_the_sites_own_id_but_no_card_number() {
    let world = World::open().await;
    let user = Holder::new(&world, "user-1");
    user.adds(VISA).await;
    let made = customer(&user.bank()).await;
    assert_eq!(made["metadata"]["reference"], "user-1", "{made}");
    assert_eq!(
        (&made["name"], &made["email"]),
        (&Value::Null, &Value::Null)
    );
    Holder::new(&world, "4242424242424242")
        .adds("5555555555554444")
        .await;
    let all = user.bank().customers().await;
    let other = all.iter().find(|one| one["id"] != made["id"]).unwrap();
    assert_eq!(other["metadata"]["reference"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_is_created_without_details_that_the_gateway_refuses() {
    let world = World::open().await;
    let ann = world.person("ann").await;
    world
        .gateway_fault(json!({"on": "api", "do": "status", "status": 400, "method": "POST", "path": "/v1/customers",
                              "times": 1}))
        .await;
    assert_eq!(ann.adds(VISA).await.status, 201);
    let made = customer(&world.bank()).await;
    assert_eq!(
        (&made["name"], &made["email"]),
        (&Value::Null, &Value::Null)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_of_a_seller_has_a_name_in_the_vault() {
    let world = World::open().await;
    let ned = Seller::with_client(&world, "tickets").await;
    ned.adds("4111111111111111").await;
    let calls = world.gateway_requests().await;
    let created: Vec<_> = calls
        .iter()
        .filter_map(|call| call["body"].as_str())
        .filter(|body| body.contains("createCustomer("))
        .collect();
    assert_eq!(created.len(), 1);
    let body: Value = serde_json::from_str(created[0]).unwrap();
    let sent = &body["variables"]["input"]["customer"];
    assert_eq!(*sent, json!({"lastName": "Ned Flanders"}));
}
