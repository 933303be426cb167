//! The bodies of the vendors' pages, as the tests send them, against the schemas of requests.
//!
//! The server accepts more than the schemas have, so that only the usual form of each body is compared.

use serde_json::{Value, json};

use super::document;
use crate::support::World;
use crate::support::merchant::{self, MERCHANT, Merchant};
use crate::support::person::sign_up;
use crate::support::salon::Salon;
use crate::support::seller::Seller;

struct Requests {
    paths: Value,
    schemas: Value,
}

impl Requests {
    async fn of(world: &World) -> Self {
        let text = document(world).await.to_string();
        let text = text.replace("#/components/schemas/", "#/$defs/");
        let document: Value = serde_json::from_str(&text).unwrap();
        Self {
            paths: document["paths"].clone(),
            schemas: document["components"]["schemas"].clone(),
        }
    }

    /// Asserts that the body is as described, and that an empty object is not.
    #[track_caller]
    fn accept(&self, method: &str, path: &str, body: &Value) {
        let body_of = &self.paths[path][method]["requestBody"];
        let mut schema = body_of["content"]["application/json"]["schema"].clone();
        schema["$defs"] = self.schemas.clone();
        let schema = jsonschema::options().offline().build(&schema).unwrap();
        let errors = schema.iter_errors(body);
        let errors: Vec<_> = errors.map(|error| error.to_string()).collect();
        assert_eq!(errors, [""; 0], "{method} {path} {body}");
        assert!(!schema.is_valid(&json!({})), "{method} {path} accepts {{}}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_bodies_of_the_vendors_pages_are_as_described() {
    let world = World::open().await;
    let requests = Requests::of(&world).await;
    let mytime = |path: &str| format!("/api/mkp/v1{path}");
    let person = world.person("ann").await;
    requests.accept("post", &mytime("/users"), &sign_up("ann", 7));
    let credentials = json!({"email": "a@b.example", "password": "123", "company_id": 7});
    requests.accept("post", &mytime("/sessions"), &credentials);
    let save = person.save_body("pm_1QNCGJBb9dNaU75s5H5qvQXm");
    requests.accept("post", &mytime("/user/credit_cards"), &save);

    let id = json!({"id": "pm_1NrXJTBVQ8LnHvLfPS7lPfzd"});
    requests.accept("post", "/v1/account/payment-methods", &id);

    let salon = Salon::new(&world);
    let checkout = "/payment/stripe/v1/checkout";
    requests.accept("post", checkout, &salon.order("booking 1"));
    requests.accept("post", checkout, &salon.embedded("booking 1"));

    let seller = Seller::of(&world, "tickets", "1".to_owned());
    let mut card = seller.card("tokencc_1");
    card["address_id"] = 1.into();
    card["phone_number_id"] = 2.into();
    let cards = "/v9/clients/{client_id}/credit_cards";
    requests.accept("post", cards, &json!({"credit_cards": [card]}));
    let clients = json!({"clients": [{"name": "Ned Flanders"}]});
    requests.accept("post", "/v9/clients", &clients);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_bodies_of_quilts_page_are_as_described() {
    let world = merchant::world().await;
    let requests = Requests::of(&world).await;
    let merchant = Merchant::new(&world);
    requests.accept("post", "/v1/payment/intent", &merchant.sale("ann"));
    let charge = merchant.charge("ann", "pm_12345678", "12.99", Some("sale 1"));
    requests.accept("post", "/v1/payment/intent", &charge);
    for amount in [json!("12.99"), json!(12.99)] {
        let capture =
            json!({"payment_id": "pi_1", "amount": amount, "external_account_id": MERCHANT});
        requests.accept("post", "/v1/payment/capture", &capture);
    }
    let card = merchant.card(&json!("pi_1"), "ann");
    requests.accept("post", "/v1/customer/card", &card);
}
