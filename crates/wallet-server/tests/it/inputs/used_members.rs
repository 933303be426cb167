//! Optional members of requests: each is used, or the response explains why it is not.

use serde_json::{Value, json};

use crate::support::World;
use crate::support::answer::Answer;
use crate::support::salon::Salon;
use crate::support::seller::Seller;

#[tokio::test(flavor = "multi_thread")]
async fn the_ip_address_is_sent_to_the_processor() {
    let world = World::open().await;
    let ned = Seller::with_client(&world, "tickets").await;
    let mut card = ned.card(&ned.types("4111111111111111").await);
    card.as_object_mut().unwrap().remove("ip_address");
    assert_eq!(ned.keeps(&[card]).await.status, 201);
    let asked = async || -> Vec<bool> {
        let all = world.gateway_requests().await;
        let bodies = all.iter().filter_map(|call| call["body"].as_str());
        let vaulted = bodies.filter(|body| body.contains("vaultCreditCard("));
        vaulted
            .map(|body| {
                let sent: Value = serde_json::from_str(body).unwrap();
                let ip = sent.pointer("/variables/input/riskData/customerIp");
                ip.is_some_and(|ip| ip == "37.235.140.72")
            })
            .collect()
    };
    assert_eq!(asked().await, [false]);
    ned.adds("5555555555554444").await;
    let mut sent = asked().await;
    sent.sort_unstable();
    assert_eq!(sent, [false, true]);
}

#[tokio::test(flavor = "multi_thread")]
async fn exactly_one_telephone_number_and_one_address_are_primary() {
    let world = World::open().await;
    let ned = Seller::with_client(&world, "tickets").await;
    let rows = json!({"phone_numbers": [
        {"country_code": "1", "number": "5550001", "primary": true},
        {"country_code": "1", "number": "5550002"},
        {"country_code": "1", "number": "5550003", "primary": true},
    ]});
    let made = ned.post(&ned.path("/phone_numbers"), &rows).await;
    assert_eq!(made.status, 201, "{made:?}");
    let list = ned.get(&ned.path("/phone_numbers")).await.body;
    let list = list["phone_numbers"].as_array().unwrap().clone();
    let primary: Vec<_> = list
        .iter()
        .filter(|row| row["primary"] == true)
        .map(|row| row["number"].clone())
        .collect();
    assert_eq!(primary, [json!("5550003")]);
    let address = json!({"addresses": [{
        "street_address": "1 Main Street", "locality": "Springfield", "postal_code": 97475, "country_code": "US",
        "primary": true,
    }]});
    let made = ned.post(&ned.path("/addresses"), &address).await;
    let row = &made.body["addresses"][0];
    assert_eq!(
        (&row["primary"], &row["postal_code"]),
        (&json!(true), &json!("97475"))
    );
    let card = ned.adds("4111111111111111").await;
    assert_eq!(
        card["address"]["primary"], false,
        "the card still has the older address"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_excludes_json_is_406() {
    let world = World::open().await;
    let salon = Salon::new(&world);
    for (accept, status) in [
        ("application/xml", 406),
        ("text/html", 406),
        ("application/json", 200),
        ("text/html, */*;q=0.8", 200),
        ("application/xml;q=0.9, application/json", 200),
    ] {
        let request = salon.request("/checkout").header("accept", accept);
        let request = request.json(&salon.order("booking 1"));
        let answer = Answer::of(request.send().await.unwrap()).await;
        assert_eq!(answer.status, status, "{accept}");
        let code = &answer.body["ResponseStatus"]["ErrorCode"];
        assert_eq!(code == "NotAcceptable", status == 406, "{answer:?}");
    }
}
