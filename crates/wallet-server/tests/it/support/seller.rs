//! A seller's server: signs requests for its clients; and the browser that types their cards into Braintree's fields.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use card_entry_protocol::dialect::ticket_evolution::signing::{ApiSecret, SignableRequest};
use reqwest::Method;
use serde_json::{Value, json};
use wallet_server::config::AccountSettings;
use wallet_server::config::{BraintreeSettings, TicketEvolutionSettings};
use wallet_server::secret::Secret;

use super::{Answer, World};

/// A seller, and another one on the same server.
pub const TICKETS: i64 = 60;
pub const TICKETS_TOKEN: &str = "tickets-token";
pub const RESALE: i64 = 61;
pub const RESALE_TOKEN: &str = "resale-token";
/// What the demo's host is called in signatures.
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

/// A text that no other request has.
pub fn unique_text() -> String {
    wallet_server::secret::generate_token()
        .unwrap()
        .reveal()
        .to_owned()
}

/// A server with a token and a secret, and a client of it.
pub struct Seller<'a> {
    pub world: &'a World,
    name: &'static str,
    token: &'static str,
    pub client: String,
    pub address: u64,
    pub phone: u64,
}

impl<'a> Seller<'a> {
    /// A seller with a client it has.
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

    /// Sends a request under a signature, whosever it is.
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

    /// A card as the vendor's request has it, by a nonce.
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

    /// Keeps one card, and returns it.
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

    /// What Braintree's fields do with a client token: digits in, a nonce out.
    pub async fn types(&self, number: &str) -> String {
        self.types_with(number, "123").await
    }

    pub async fn types_with(&self, number: &str, code: &str) -> String {
        let made = self.get_token().await;
        let token = STANDARD.decode(made).unwrap();
        let token: Value = serde_json::from_slice(&token).unwrap();
        let bearer = format!(
            "Bearer {}",
            token["authorizationFingerprint"].as_str().unwrap()
        );
        let query = "mutation($input: TokenizeCreditCardInput!) { tokenizeCreditCard(input: $input) { token } }";
        let code = if number.len() == 15 { "1234" } else { code };
        let input = json!({"creditCard": {
            "number": number, "expirationMonth": "11", "expirationYear": "2035", "cvv": code,
        }});
        let made = self.graphql(&bearer, query, json!({"input": input})).await;
        let token = made["data"]["tokenizeCreditCard"]["token"].as_str();
        token.unwrap_or_else(|| panic!("{made}")).to_owned()
    }

    pub async fn get_token(&self) -> String {
        let path = self.path("/braintree_client_token");
        let made = self
            .post(&path, &json!({"request_id": unique_text()}))
            .await;
        assert_eq!(made.status, 201, "{made:?}");
        made.body["client_token"].as_str().unwrap().to_owned()
    }

    async fn graphql(&self, authorization: &str, query: &str, variables: Value) -> Value {
        let url = &self.world.sandbox.origins().braintree_graphql;
        let request = self
            .world
            .http
            .post(url)
            .header("authorization", authorization);
        let request = request.header("braintree-version", "2019-01-01");
        let body = json!({"query": query, "variables": variables});
        Answer::of(request.json(&body).send().await.unwrap())
            .await
            .body
    }

    /// Asks the vault as its owner.
    pub async fn vault(&self, query: &str, variables: Value) -> Value {
        let pair = format!("public_{0}:private_{0}", self.name);
        let basic = format!("Basic {}", STANDARD.encode(pair));
        self.graphql(&basic, query, variables).await
    }

    /// Every call of a mutation the gateway has seen.
    pub async fn calls(&self, mutation: &str) -> usize {
        let all = self.world.gateway_requests().await;
        let asked = format!("{{ {mutation}(");
        let of = |call: &&Value| {
            call["body"]
                .as_str()
                .is_some_and(|body| body.contains(&asked))
        };
        all.iter().filter(of).count()
    }

    /// The customer in the vault, and the cards it keeps for them.
    pub async fn vaulted(&self) -> Vec<Value> {
        let db = self.world.database().await;
        let id: i64 = self.client.parse().unwrap();
        let customer: Option<String> =
            sqlx::query_scalar("SELECT customer_id FROM owners WHERE id = ?")
                .bind(id)
                .fetch_one(&db)
                .await
                .unwrap();
        let Some(customer) = customer else {
            return Vec::new();
        };
        let query = "query($id: ID!) { node(id: $id) { ... on Customer { paymentMethods(first: 50) { edges { node {
            id details { ... on CreditCardDetails { last4 expirationYear cardholderName billingAddress { postalCode } } } } } } } } }";
        let found = self.vault(query, json!({"id": customer})).await;
        let edges = found["data"]["node"]["paymentMethods"]["edges"].as_array();
        edges.unwrap_or_else(|| panic!("{found}")).clone()
    }

    /// What became of every dollar this server asked a bank to hold, newest first.
    pub async fn authorizations(&self) -> Vec<String> {
        let query = "query($input: TransactionSearchInput!) { search { transactions(input: $input, first: 50) {
            edges { node { status } } } } }";
        let input = json!({"input": {"orderId": {"startsWith": "hold-"}}});
        let found = self.vault(query, input).await;
        let edges = found["data"]["search"]["transactions"]["edges"].as_array();
        let edges = edges.unwrap_or_else(|| panic!("{found}")).iter();
        let status = |edge: &Value| edge["node"]["status"].as_str().unwrap().to_owned();
        edges.map(status).collect()
    }

    /// Lets the time pass after which errands that wait are due.
    pub async fn makes_outbox_jobs_due(&self) {
        let db = self.world.database().await;
        let passes = "UPDATE outbox SET due_at = due_at - 120";
        sqlx::query(passes).execute(&db).await.unwrap();
    }

    /// Whether every dollar that was held was given back.
    pub async fn has_empty_outbox(&self) -> bool {
        let db = self.world.database().await;
        let open: i64 = sqlx::query_scalar("SELECT count(*) FROM outbox")
            .fetch_one(&db)
            .await
            .unwrap();
        open == 0
    }
}
