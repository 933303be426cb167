//! A Quilt merchant's server with its account key, and the card reader at its counter.

use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use wallet_server::config::AccountSettings;
use wallet_server::config::QuiltSettings;
use wallet_server::secret::Secret;

use super::bank::Bank;
use super::{Answer, World, account};

/// The merchant's account name and its account key.
pub const MERCHANT: &str = "my merchants account id";
pub const MERCHANT_KEY: &str = "till-account-key-0123456789";
/// Another merchant on the same wallet server.
pub const OTHER_MERCHANT: &str = "account_123456";
pub const OTHER_MERCHANT_KEY: &str = "stall-account-key-0123456789";

fn quilt_account(number: u64, name: &str, external: &str, key: &str) -> AccountSettings {
    AccountSettings {
        system: Some("quilt".to_owned()),
        quilt: Some(QuiltSettings {
            external_account_id: external.to_owned(),
            key: Some(Secret::new(key.to_owned())),
            key_env: None,
        }),
        ..account(number, name, &format!("https://{name}.example"))
    }
}

/// A world with both merchants.
pub async fn world() -> World {
    world_in("usd").await
}

/// The same, with another currency of the first merchant.
pub async fn world_in(currency: &str) -> World {
    World::with(|settings| {
        let merchant = AccountSettings {
            currency: currency.to_owned(),
            ..quilt_account(90, "till", MERCHANT, MERCHANT_KEY)
        };
        let other_merchant = quilt_account(91, "stall", OTHER_MERCHANT, OTHER_MERCHANT_KEY);
        settings.accounts.extend([merchant, other_merchant]);
    })
    .await
}

pub struct Merchant<'a> {
    pub world: &'a World,
    pub key: &'static str,
    pub account: &'static str,
    pub gateway: &'static str,
}

impl<'a> Merchant<'a> {
    pub fn new(world: &'a World) -> Self {
        Self {
            world,
            key: MERCHANT_KEY,
            account: MERCHANT,
            gateway: "till",
        }
    }

    pub fn other(world: &'a World) -> Self {
        Self {
            world,
            key: OTHER_MERCHANT_KEY,
            account: OTHER_MERCHANT,
            gateway: "stall",
        }
    }

    pub fn bank(&self) -> Bank<'a> {
        Bank::new(self.world, self.gateway)
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let url = self.world.url(&format!("/v1{path}"));
        self.world.http.request(method, url).bearer_auth(self.key)
    }

    pub async fn posts(&self, path: &str, body: &Value) -> Answer {
        let request = self.request(Method::POST, path).json(body);
        Answer::of(request.send().await.unwrap()).await
    }

    pub async fn posts_keyed(&self, path: &str, body: &Value, key: &str) -> Answer {
        let request = self.request(Method::POST, path).json(body);
        let request = request.header("idempotency-key", key);
        Answer::of(request.send().await.unwrap()).await
    }

    /// Step 1 as on the vendor's page.
    pub fn sale(&self, customer: &str) -> Value {
        json!({
            "external_account_id": self.account, "amount": 12.99, "payment_method_types": "card_present",
            "capture_method": "manual", "external_transaction_id": "my transaction id",
            "external_customer_id": customer,
        })
    }

    pub async fn begins(&self, customer: &str) -> Value {
        let answer = self.posts("/payment/intent", &self.sale(customer)).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        answer.body
    }

    async fn calls_reader(&self, verb: &str, form: &[(&str, &str)]) -> Value {
        let url = format!("{}/{verb}", self.world.sandbox.origins().terminal_reader());
        let sent = self.world.http.post(url).form(form).send().await.unwrap();
        Answer::of(sent).await.body
    }

    /// Step 2: the reader reads a simulated card and charges it.
    pub async fn reads(&self, begun: &Value, card: &str) -> Value {
        self.reads_with(begun, &[("card", card)]).await
    }

    /// The same, with further parameters of the simulated reader.
    pub async fn reads_with(&self, begun: &Value, parameters: &[(&str, &str)]) -> Value {
        let token = json!({"external_account_id": self.account});
        let token = self.posts("/terminal/connection_token", &token).await;
        let token = token.body["secret"]
            .as_str()
            .unwrap_or_else(|| panic!("{token:?}"));
        let session = self.calls_reader("connect", &[("token", token)]).await;
        let session = ("session", session["session"].as_str().unwrap());
        let secret = ("client_secret", begun["client_secret"].as_str().unwrap());
        let mut form = vec![session, secret];
        form.extend(parameters);
        self.calls_reader("collect", &form).await;
        let id = begun["payment_id"].as_str().unwrap();
        self.calls_reader("process", &[session, ("payment_intent", id)])
            .await
    }

    pub async fn captures(&self, id: &Value) -> Answer {
        let body =
            json!({"payment_id": id, "amount": "12.99", "external_account_id": self.account});
        self.posts("/payment/capture", &body).await
    }

    pub async fn cancels(&self, id: &Value) -> Answer {
        let body = json!({"payment_id": id, "external_account_id": self.account});
        self.posts("/payment/cancel", &body).await
    }

    pub async fn saves(&self, id: &Value, customer: &str) -> Answer {
        self.posts("/customer/card", &self.card(id, customer)).await
    }

    pub fn card(&self, id: &Value, customer: &str) -> Value {
        json!({
            "payment_id": id, "external_customer_id": customer, "external_account_id": self.account
        })
    }

    /// Steps 1 to 3; the payment's id.
    pub async fn sells(&self, customer: &str, card: &str) -> Value {
        let begun = self.begins(customer).await;
        let read = self.reads(&begun, card).await;
        assert_eq!(
            read["paymentIntent"]["status"], "requires_capture",
            "{read}"
        );
        let captured = self.captures(&begun["payment_id"]).await;
        assert_eq!(captured.body["status"], "succeeded", "{captured:?}");
        begun["payment_id"].clone()
    }

    /// All four steps; the card's id.
    pub async fn keeps(&self, customer: &str, card: &str) -> String {
        let payment = self.sells(customer, card).await;
        let saved = self.saves(&payment, customer).await;
        let id = saved.body["payment_method_id"].as_str();
        id.unwrap_or_else(|| panic!("{saved:?}")).to_owned()
    }

    fn wallet(&self, customer: &str) -> [(&'static str, String); 2] {
        [
            ("external_customer_id", customer.to_owned()),
            ("external_account_id", self.account.to_owned()),
        ]
    }

    pub async fn list(&self, customer: &str) -> Vec<Value> {
        let request = self.request(Method::GET, "/customer/card");
        let request = request.query(&self.wallet(customer));
        let answer = Answer::of(request.send().await.unwrap()).await;
        let cards = answer.body["cards"].as_array();
        cards.unwrap_or_else(|| panic!("{answer:?}")).clone()
    }

    pub async fn deletes(&self, customer: &str, id: &str) -> Answer {
        let request = self.request(Method::DELETE, &format!("/customer/card/{id}"));
        let request = request.query(&self.wallet(customer));
        Answer::of(request.send().await.unwrap()).await
    }

    pub fn charge(&self, customer: &str, card: &str, amount: &str, sale: Option<&str>) -> Value {
        json!({
            "external_account_id": self.account, "amount": amount, "payment_method_types": "card",
            "capture_method": "automatic", "external_customer_id": customer, "payment_method_id": card,
            "external_transaction_id": sale,
        })
    }

    /// The number of succeeded payments at the gateway.
    pub async fn taken(&self) -> usize {
        let url = format!(
            "{}/v1/payment_intents?limit=100",
            self.world.sandbox.origins().api
        );
        let request = self.world.http.get(url);
        let key = format!("sk_test_{}", self.gateway);
        let list = Answer::of(request.bearer_auth(key).send().await.unwrap()).await;
        let list = list.body["data"].as_array().expect("a list").clone();
        list.iter()
            .filter(|intent| intent["status"] == "succeeded")
            .count()
    }

    /// The idempotency keys of all charges of stored cards at the gateway.
    pub async fn charge_keys(&self) -> Vec<String> {
        let all = self.world.gateway_requests().await;
        let keys = all
            .iter()
            .filter_map(|call| call["headers"]["idempotency-key"].as_str());
        let charges = keys.filter(|key| key.contains(":charge:"));
        charges.map(str::to_owned).collect()
    }

    /// Injects a fault at the gateway for this account.
    pub async fn fault(&self, fault: Value) {
        self.order(json!({"faults": [fault]})).await;
    }

    pub async fn heals(&self) {
        self.order(json!({"clear": true})).await;
    }

    async fn order(&self, mut orders: Value) {
        orders["key"] = format!("pk_test_{}", self.gateway).into();
        let url = format!("{}/sandbox/faults", self.world.sandbox.origins().api);
        let answer = self.world.http.post(url).json(&orders).send().await;
        assert_eq!(answer.unwrap().status(), 200);
    }
}

/// The status and error code of a response.
pub fn code(answer: &Answer) -> (u16, &str) {
    let code = answer.body["error"]["code"].as_str();
    (answer.status, code.unwrap_or("none"))
}
