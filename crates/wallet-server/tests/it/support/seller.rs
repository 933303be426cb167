//! A seller's server, which signs requests for its clients.

mod vault;

use card_entry_protocol::dialect::ticket_evolution::signing::{ApiSecret, SignableRequest};
use reqwest::Method;
use serde_json::{Value, json};
use wallet_server::config::AccountSettings;
use wallet_server::config::{BraintreeSettings, TicketEvolutionSettings};
use wallet_server::secret::Secret;

use super::{Answer, World};

/// A seller, and another one on the same wallet server.
pub const TICKETS: i64 = 60;
pub const TICKETS_TOKEN: &str = "tickets-token";
pub const RESALE: i64 = 61;
pub const RESALE_TOKEN: &str = "resale-token";
/// The server's host name in signatures.
pub const HOST: &str = "127.0.0.1";

pub fn secret(name: &str) -> String {
    format!("{name}-secret-0123456789")
}

pub fn ticket_account(id: i64, name: &str, token: &str) -> AccountSettings {
    AccountSettings {
        id,
        system: Some("ticket_evolution".to_owned()),
        name: name.to_owned(),
        currency: "usd".to_owned(),
        country: "US".to_owned(),
        parents: vec![format!("https://{name}.example")],
        ticket_evolution: Some(TicketEvolutionSettings {
            token: token.to_owned(),
            secret: Some(Secret::new(secret(name))),
            ..TicketEvolutionSettings::default()
        }),
        braintree: Some(BraintreeSettings {
            tokenization_key: format!("sandbox_key_{name}"),
            public_key: format!("public_{name}"),
            private_key: Some(Secret::new(format!("private_{name}"))),
            ..BraintreeSettings::default()
        }),
        ..AccountSettings::default()
    }
}

/// A text that is different in each request.
pub fn unique_text() -> String {
    wallet_server::secret::generate_token()
        .unwrap()
        .reveal()
        .to_owned()
}

/// A seller's server with a token and a secret, and one of its clients.
pub struct Seller<'a> {
    pub world: &'a World,
    name: &'static str,
    token: &'static str,
    pub client: String,
    pub address: u64,
    pub phone: u64,
}

impl<'a> Seller<'a> {
    /// A seller with an existing client.
    pub fn of(world: &'a World, name: &'static str, client: String) -> Self {
        let token = if name == "tickets" {
            TICKETS_TOKEN
        } else {
            RESALE_TOKEN
        };
        Self {
            world,
            name,
            token,
            client,
            address: 0,
            phone: 0,
        }
    }

    /// A seller with a new client, who has an address and a telephone number.
    pub async fn with_client(world: &'a World, name: &'static str) -> Self {
        let mut seller = Self::of(world, name, String::new());
        let made = seller
            .post(
                "/v9/clients",
                &json!({"clients": [{"name": "Ned Flanders"}], "request_id": unique_text()}),
            )
            .await;
        assert_eq!(made.status, 201, "{made:?}");
        seller.client = made.body["clients"][0]["id"].as_str().unwrap().to_owned();
        let address = json!({"addresses": [{
            "label": "home", "name": "Ned Flanders", "street_address": "742 Evergreen Terrace",
            "locality": "Springfield", "region": "OR", "postal_code": "97475", "country_code": "US",
        }]});
        let made = seller.post(&seller.path("/addresses"), &address).await;
        seller.address = made.body["addresses"][0]["id"]
            .as_u64()
            .unwrap_or_else(|| panic!("{made:?}"));
        let phone =
            json!({"phone_numbers": [{"label": "home", "country_code": "1", "number": "5550123"}]});
        let made = seller.post(&seller.path("/phone_numbers"), &phone).await;
        let id = &made.body["phone_numbers"][0]["id"];
        seller.phone = id
            .as_str()
            .unwrap_or_else(|| panic!("{made:?}"))
            .parse()
            .unwrap();
        seller
    }

    pub fn path(&self, rest: &str) -> String {
        format!("/v9/clients/{}{rest}", self.client)
    }

    pub fn card_path(&self, id: &Value) -> String {
        self.path(&format!("/credit_cards/{id}"))
    }

    pub fn sign(&self, method: &Method, path: &str, body: &str) -> String {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let signed = SignableRequest {
            method: method.as_str(),
            host: HOST,
            path,
            query,
            body: body.as_bytes(),
        };
        ApiSecret::new(&secret(self.name)).unwrap().sign(&signed)
    }

    /// Sends a request with any signature.
    pub async fn send(&self, method: Method, path: &str, body: &str, signature: &str) -> Answer {
        let request = self
            .world
            .http
            .request(method, self.world.url(path))
            .header("x-token", self.token)
            .header("x-signature", signature)
            .body(body.to_owned());
        Answer::of(request.send().await.unwrap()).await
    }

    pub async fn signed(&self, method: Method, path: &str, body: &str) -> Answer {
        let signature = self.sign(&method, path, body);
        self.send(method, path, body, &signature).await
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.signed(Method::GET, path, "").await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.signed(Method::POST, path, &body.to_string()).await
    }

    pub async fn put(&self, path: &str, body: &Value) -> Answer {
        self.signed(Method::PUT, path, &body.to_string()).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.signed(Method::DELETE, path, "").await
    }

    /// A card in the vendor's request, by a nonce.
    pub fn card(&self, nonce: &str) -> Value {
        json!({
            "label": "Travel", "name": "Ned Flanders", "nonce": nonce, "expiration_month": "12",
            "expiration_year": "2034", "address_id": self.address, "phone_number_id": self.phone,
            "ip_address": "37.235.140.72",
        })
    }

    pub async fn keeps(&self, cards: &[Value]) -> Answer {
        self.post(&self.path("/credit_cards"), &json!({"credit_cards": cards}))
            .await
    }

    /// Saves one card and returns it.
    pub async fn adds(&self, number: &str) -> Value {
        let nonce = self.types(number).await;
        let made = self.keeps(&[self.card(&nonce)]).await;
        assert_eq!(made.status, 201, "{made:?}");
        made.body["credit_cards"][0].clone()
    }

    pub async fn cards(&self) -> Vec<Value> {
        let list = self.get(&self.path("/credit_cards")).await;
        assert_eq!(list.status, 200, "{list:?}");
        list.body["credit_cards"].as_array().unwrap().clone()
    }

    /// Makes all waiting outbox jobs due.
    pub async fn makes_outbox_jobs_due(&self) {
        let db = self.world.database().await;
        let passes = "UPDATE outbox SET due_at = due_at - 120";
        sqlx::query(passes).execute(&db).await.unwrap();
    }

    /// Whether no outbox job is left, so that every authorization is voided.
    pub async fn has_empty_outbox(&self) -> bool {
        let db = self.world.database().await;
        let open: i64 = sqlx::query_scalar("SELECT count(*) FROM outbox")
            .fetch_one(&db)
            .await
            .unwrap();
        open == 0
    }
}
