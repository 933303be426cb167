//! Every error of a body names the wrong member and what was expected, in the vendor's format.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::answer::Answer;
use crate::support::bank::VISA;
use crate::support::merchant::{self, Merchant};
use crate::support::salon::Salon;
use crate::support::seller::Seller;
use crate::support::{STUDIO, World};

#[tokio::test(flavor = "multi_thread")]
async fn mytime_names_the_member_and_accepts_numbers_as_strings() {
    let world = World::open().await;
    let ann = world.person("ann").await;
    let secret = ann.begins().await;
    let method = world.bank().types_card(VISA).await;
    world.bank().confirms(&secret, &method).await;
    let url = world.api("/user/credit_cards");
    let save = async |body: &Value| {
        let request = world.http.post(&url).header("authorization", &ann.token);
        Answer::of(request.json(body).send().await.unwrap()).await
    };
    let good = ann.save_body(&method);
    for (member, value, said) in [
        (
            "company_id",
            json!("x"),
            "`company_id` must be a whole number.",
        ),
        (
            "company_id",
            json!(null),
            "`company_id` must be a whole number.",
        ),
        ("token_data", json!(7), "`token_data` must be an object."),
        (
            "token2",
            json!("tok_4242424242424242"),
            "`token2` is not a payment method.",
        ),
        (
            "add_to_client",
            json!("yes"),
            "`add_to_client` must be true or false.",
        ),
    ] {
        let mut body = good.clone();
        body[member] = value;
        let refused = save(&body).await;
        assert_eq!((refused.status, refused.sentence()), (422, said));
    }
    let mut body = good.clone();
    body.as_object_mut().unwrap().remove("token_data");
    assert_eq!(save(&body).await.sentence(), "`token_data` is missing.");
    let mut body = good.clone();
    body["company_id"] = json!(STUDIO.to_string());
    body["token_data"]["year"] = json!(body["token_data"]["year"].to_string());
    assert_eq!(save(&body).await.status, 201);

    let query = world.api("/user/payment_methods/session?company_id=x&payment_type=card");
    let request = world.http.get(query).header("authorization", &ann.token);
    let refused = Answer::of(request.send().await.unwrap()).await;
    assert_eq!(
        refused.sentence(),
        "`company_id` must be a whole number from 0."
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn bokamera_accepts_names_in_any_case_and_answers_in_its_own() {
    let world = World::open().await;
    let salon = Salon::new(&world);
    let camel = json!({
        "companyId": salon.company, "countryCode": "SE", "internalReferenceId": "booking 1",
        "articles": [{"articleId": 7, "quantity": "2"}],
        "confirmationUrl": "https://book.salon.example/done",
    });
    let opened = salon.opens(&camel).await;
    let asked = json!({"companyid": salon.company, "SESSIONID": opened["SessionId"]});
    let status = salon.posts("/checkout/status", &asked).await;
    assert_eq!(
        (status.status, &status.body["Status"]),
        (200, &json!("open"))
    );
    let mut wrong = camel.clone();
    wrong["articles"][0]["quantity"] = json!("two");
    let refused = salon.posts("/checkout", &wrong).await;
    assert_eq!(
        (refused.status, &refused.body),
        (
            400,
            &json!({"ResponseStatus": {
                "ErrorCode": "Invalid",
                "Message": "Articles[0].Quantity must be a whole number.",
                "Errors": [{
                    "ErrorCode": "Invalid", "FieldName": "Articles[0].Quantity",
                    "Message": "Articles[0].Quantity must be a whole number.",
                }],
            }})
        )
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn quilt_ticket_evolution_and_holds_name_the_member() {
    let world = merchant::world().await;
    let merchant = Merchant::new(&world);
    let mut sale = merchant.sale("customer 7");
    sale["capture_method"] = json!(7);
    let refused = merchant.posts("/payment/intent", &sale).await;
    assert_eq!(
        (refused.status, &refused.body["error"]["message"]),
        (400, &json!("`capture_method` must be a string."))
    );
    let list = merchant.request(Method::GET, "/customer/card?external_account_id=x");
    let refused = Answer::of(list.send().await.unwrap()).await;
    assert_eq!(
        refused.body["error"]["message"],
        "`external_customer_id` is missing."
    );

    let ned = Seller::with_client(&world, "tickets").await;
    let card = json!({"credit_cards": [{"expiration_year": 27, "name": ["Ned"]}]});
    let refused = ned.post(&ned.path("/credit_cards"), &card).await;
    assert_eq!(
        (refused.status, &refused.body),
        (
            400,
            &json!({"error": "`credit_cards[0].name` must be a string."})
        )
    );
    let card = json!({"credit_cards": [{"expiration_year": 27}]});
    let refused = ned.post(&ned.path("/credit_cards"), &card).await;
    assert_eq!(refused.status, 422);
    let errors = &refused.body["credit_cards"][0]["errors"];
    assert!(errors["expiration_year"].is_null(), "{refused:?}");
    let client = json!({"clients": [{"name": 7}]});
    let refused = ned.post("/v9/clients", &client).await;
    assert_eq!(
        (refused.status, &refused.body),
        (
            422,
            &json!({"error": "`clients[0].name` must be a string."})
        )
    );

    let hold = json!({"company_id": STUDIO, "user_id": "x", "reference": "b", "reason": "x", "until": "x"});
    let refused = world.shop().call(Method::POST, "/holds", Some(&hold)).await;
    assert_eq!(
        (refused.status, refused.sentence()),
        (422, "`user_id` must be a whole number.")
    );
}
