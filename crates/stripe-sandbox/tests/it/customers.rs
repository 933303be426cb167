//! Tests of customers and their payment methods: attach, detach, list, delete.

use crate::support::Bench;
use reqwest::Method;

#[tokio::test]
async fn a_customer_is_created_updated_retrieved_and_deleted() {
    let bench = Bench::start().await;
    let form = [
        ("email", "ann@example.org"),
        ("metadata[owner]", "7"),
        ("address[city]", "Bergen"),
    ];
    let made = bench.post("/v1/customers", &form).await;
    assert!(made.id().starts_with("cus_") && made.id().len() == 18);
    let path = format!("/v1/customers/{}", made.id());
    let changed = bench
        .post(
            &path,
            &[
                ("name", "Ann"),
                ("metadata[owner]", ""),
                ("metadata[plan]", "b"),
            ],
        )
        .await;
    assert_eq!(
        (
            changed.at("/name"),
            changed.at("/metadata/plan"),
            changed.at("/address/city")
        ),
        ("Ann", "b", "Bergen")
    );
    assert!(changed.body["metadata"].get("owner").is_none());
    let found = bench
        .get("/v1/customers", &[("email", "ann@example.org")])
        .await;
    assert_eq!(found.at("/data/0/id"), made.id());
    let gone = bench.call("sk_test_shop", Method::DELETE, &path, &[]).await;
    assert_eq!(gone.body["deleted"], true);
    assert_eq!(bench.get(&path, &[]).await.body["deleted"], true);
    assert_eq!(
        bench.post(&path, &[("name", "x")]).await.error_codes(),
        (404, "resource_missing", "")
    );
}

#[tokio::test]
async fn a_detached_card_cannot_be_used_again() {
    let bench = Bench::start().await;
    let (ann, bob) = (bench.customer().await, bench.customer().await);
    let card = bench.card("4242424242424242").await;
    let path = format!("/v1/payment_methods/{}", card.id());
    let attach = format!("{path}/attach");
    assert_eq!(
        bench
            .post(&attach, &[("customer", &ann)])
            .await
            .at("/customer"),
        ann
    );
    assert_eq!(bench.post(&attach, &[("customer", &ann)]).await.status, 200);
    assert_eq!(bench.post(&attach, &[("customer", &bob)]).await.status, 400);
    let detached = bench.post(&format!("{path}/detach"), &[]).await;
    assert!(detached.body["customer"].is_null());
    assert_eq!(bench.post(&format!("{path}/detach"), &[]).await.status, 400);
    assert_eq!(bench.post(&attach, &[("customer", &ann)]).await.status, 400);
    let intent = bench
        .post(
            "/v1/setup_intents",
            &[("customer", &ann), ("payment_method", card.id())],
        )
        .await;
    assert_eq!(intent.status, 400);
}

#[tokio::test]
async fn cards_of_a_deleted_customer_cannot_be_used_again() {
    let bench = Bench::start().await;
    let ann = bench.customer().await;
    bench.set_up(&ann, "4242424242424242").await;
    let list = bench
        .get("/v1/payment_methods", &[("customer", &ann)])
        .await;
    bench
        .call(
            "sk_test_shop",
            Method::DELETE,
            &format!("/v1/customers/{ann}"),
            &[],
        )
        .await;
    let card = bench
        .get(
            &format!("/v1/payment_methods/{}", list.at("/data/0/id")),
            &[],
        )
        .await;
    assert!(card.body["customer"].is_null());
    assert_eq!(
        bench
            .get("/v1/payment_methods", &[("customer", &ann)])
            .await
            .status,
        404
    );
}

#[tokio::test]
async fn lists_are_paged_newest_first() {
    let bench = Bench::start().await;
    let ann = bench.customer().await;
    let mut made = Vec::new();
    for _ in 0..3 {
        let attached = bench
            .post(
                "/v1/payment_methods/pm_card_visa/attach",
                &[("customer", &ann)],
            )
            .await;
        made.push(attached.id().to_owned());
    }
    let first = bench
        .get("/v1/payment_methods", &[("customer", &ann), ("limit", "2")])
        .await;
    assert_eq!(
        (first.at("/data/0/id"), first.body["has_more"].as_bool()),
        (made[2].as_str(), Some(true))
    );
    let rest = bench
        .get(
            "/v1/payment_methods",
            &[("customer", &ann), ("starting_after", &made[1])],
        )
        .await;
    assert_eq!(
        (rest.at("/data/0/id"), rest.body["has_more"].as_bool()),
        (made[0].as_str(), Some(false))
    );
    assert_eq!(
        bench
            .get("/v1/payment_methods", &[("customer", &ann), ("limit", "0")])
            .await
            .status,
        400
    );
}

#[tokio::test]
async fn a_card_of_another_customer_is_not_found() {
    let bench = Bench::start().await;
    let (ann, bob) = (bench.customer().await, bench.customer().await);
    let (_, intent) = bench.set_up(&ann, "4242424242424242").await;
    let card = intent.at("/payment_method");
    let path = format!("/v1/customers/{bob}/payment_methods/{card}");
    assert_eq!(
        bench.get(&path, &[]).await.at("/error/code"),
        "resource_missing"
    );
    let stolen = bench
        .post(
            "/v1/setup_intents",
            &[("customer", &bob), ("payment_method", card)],
        )
        .await;
    assert_eq!(stolen.error_codes(), (400, "resource_missing", ""));
}

#[tokio::test]
async fn ids_in_a_response_can_be_expanded() {
    let bench = Bench::start().await;
    let ann = bench.customer().await;
    let (_, intent) = bench.set_up(&ann, "4242424242424242").await;
    let path = format!("/v1/setup_intents/{}", intent.id());
    let expanded = bench
        .get(
            &path,
            &[("expand[]", "payment_method"), ("expand[]", "customer")],
        )
        .await;
    assert_eq!(
        (
            expanded.at("/payment_method/card/last4"),
            expanded.at("/customer/id")
        ),
        ("4242", ann.as_str())
    );
    assert_eq!(
        bench.get(&path, &[("expand[]", "status")]).await.status,
        400
    );
}
