//! Every system refuses a card number in a text that it stores or forwards. Length limits count characters.

use reqwest::Method;
use serde_json::json;

use crate::support::bank::VISA;
use crate::support::merchant::{self, Merchant};
use crate::support::person::sign_up;
use crate::support::salon::Salon;
use crate::support::seller::Seller;
use crate::support::{STUDIO, World};

const NUMBER: &str = "4242 4242 4242 4242";
const UNTIL: &str = "2036-11-24T10:00:00-08:00";

#[tokio::test(flavor = "multi_thread")]
async fn a_users_telephone_number_and_zip_code_must_not_be_card_numbers() {
    let world = World::open().await;
    for (field, value) in [
        ("phone_number", NUMBER),
        ("zip_code", "4000 0566 5566 5556"),
        ("last_name", NUMBER),
        ("email", "4242424242424242@example.com"),
    ] {
        let mut body = sign_up("ann", STUDIO);
        body[field] = json!(value);
        let answer = world.post("/users", &body).await;
        assert_eq!(answer.status, 422, "{answer:?}");
        let errors = &answer.body["user"]["errors"];
        assert!(errors[field].is_array(), "{answer:?}");
        assert!(!answer.body.to_string().contains("4242"), "{answer:?}");
    }
    let mut body = sign_up("ann", STUDIO);
    body["phone_number"] = json!("+49 1512 3456787");
    body["zip_code"] = json!("0000000000000");
    assert_eq!(world.post("/users", &body).await.status, 201);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_block_accepts_200_characters_and_no_card_number() {
    let world = World::open().await;
    let (ann, shop) = (world.person("ann").await, world.shop());
    ann.adds(VISA).await;
    let hold = |reference: &str, reason: &str| json!({"company_id": STUDIO, "user_id": ann.id, "reference": reference, "reason": reason, "until": UNTIL});
    for (reference, reason, status) in [
        ("å".repeat(101), "å".repeat(101), 201),
        ("å".repeat(200), "å".repeat(200), 201),
        ("å".repeat(201), "Visit".to_owned(), 422),
        ("b".to_owned(), "å".repeat(201), 422),
        (NUMBER.to_owned(), "Visit".to_owned(), 422),
        ("b".to_owned(), format!("Visit, card {NUMBER}"), 422),
    ] {
        let body = hold(&reference, &reason);
        let answer = shop.call(Method::POST, "/holds", Some(&body)).await;
        assert_eq!(answer.status, status, "{reference} {reason} {answer:?}");
        assert!(!answer.body.to_string().contains("4242 4242"), "{answer:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn references_and_names_of_servers_must_not_be_card_numbers() {
    let world = merchant::world().await;
    let (salon, merchant) = (Salon::new(&world), Merchant::new(&world));
    let refused = salon
        .posts("/checkout", &salon.order("4111 1111 1111 1111"))
        .await;
    assert_eq!(refused.status, 400, "{refused:?}");
    let field = &refused.body["ResponseStatus"]["Errors"][0]["FieldName"];
    assert_eq!(field, "InternalReferenceId");
    assert_eq!(
        salon.opens(&salon.order(&"å".repeat(101))).await["Status"],
        "open"
    );

    for field in ["external_customer_id", "external_transaction_id"] {
        let mut sale = merchant.sale("customer 7");
        sale[field] = json!(NUMBER);
        let refused = merchant.posts("/payment/intent", &sale).await;
        assert_eq!(refused.status, 400, "{refused:?}");
        let words = refused.body["error"]["message"].as_str().unwrap();
        assert!(words.contains(&format!("`{field}`")), "{words}");
        assert!(!words.contains("4242"), "{words}");
    }

    let ned = Seller::with_client(&world, "tickets").await;
    for (path, body, at) in [
        (
            "/v9/clients".to_owned(),
            json!({"clients": [{"name": NUMBER}]}),
            "/clients/0/errors/name",
        ),
        (
            ned.path("/addresses"),
            json!({"addresses": [{"street_address": "Main Street 1", "locality": NUMBER, "postal_code": "1", "country_code": "US"}]}),
            "/addresses/0/errors/locality",
        ),
        (
            ned.path("/phone_numbers"),
            json!({"phone_numbers": [{"country_code": "1", "number": "4222222222222"}]}),
            "/phone_numbers/0/errors/number",
        ),
    ] {
        let refused = ned.post(&path, &body).await;
        assert_eq!(refused.status, 422, "{refused:?}");
        assert!(refused.body.pointer(at).is_some(), "{refused:?}");
        let said = refused.body.to_string();
        assert!(!said.contains("4242") && !said.contains("4222"), "{said}");
    }
}
