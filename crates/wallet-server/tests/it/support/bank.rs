//! The browser's and the gateway's side: enters cards, confirms intents, passes challenges, reads the gateway's objects.

use serde_json::{Value, json};

use super::{Answer, World};

pub const VISA: &str = "4242424242424242";
pub const MASTERCARD: &str = "5555555555554444";
pub const CHALLENGED: &str = "4000002500003155";

pub struct Bank<'a> {
    world: &'a World,
    account: String,
}

impl<'a> Bank<'a> {
    pub fn new(world: &'a World, account: &str) -> Self {
        Self {
            world,
            account: account.to_owned(),
        }
    }

    async fn call(&self, kind: &str, path: &str, form: Option<&[(&str, &str)]>) -> Answer {
        let url = format!("{}{path}", self.world.sandbox.origins().api);
        let request = match form {
            Some(form) => self.world.http.post(url).form(form),
            None => self.world.http.get(url),
        };
        let key = format!("{kind}_test_{}", self.account);
        Answer::of(request.bearer_auth(key).send().await.unwrap()).await
    }

    /// Enters a card into the fields: the publishable key creates a payment method.
    pub async fn types_card(&self, number: &str) -> String {
        self.types_card_until(number, 2031).await
    }

    pub async fn types_card_until(&self, number: &str, year: u16) -> String {
        let address = [("postal_code", "SW20 8DZ"), ("country", "GB")];
        self.types_card_at(number, year, &address).await
    }

    /// Enters a card with only this billing address.
    pub async fn types_card_at(&self, number: &str, year: u16, address: &[(&str, &str)]) -> String {
        let parts: Vec<(String, &str)> = address
            .iter()
            .map(|(part, text)| (format!("billing_details[address][{part}]"), *text))
            .collect();
        let parts: Vec<_> = parts
            .iter()
            .map(|(name, text)| (name.as_str(), *text))
            .collect();
        self.types(number, year, &parts).await
    }

    /// Enters a card of two networks and selects one of them.
    pub async fn types_card_on(&self, number: &str, network: &str) -> String {
        let chosen = ("card[networks][preferred]", network);
        self.types(number, 2031, &[chosen]).await
    }

    async fn types(&self, number: &str, year: u16, more: &[(&str, &str)]) -> String {
        let year = year.to_string();
        let mut form = vec![
            ("type", "card"),
            ("card[number]", number),
            ("card[exp_month]", "11"),
            ("card[exp_year]", &year),
            ("card[cvc]", if number.len() == 15 { "1234" } else { "123" }),
            ("billing_details[name]", "Ann Lee"),
        ];
        form.extend(more);
        let made = self.call("pk", "/v1/payment_methods", Some(&form)).await;
        made.body["id"]
            .as_str()
            .unwrap_or_else(|| panic!("{made:?}"))
            .to_owned()
    }

    pub async fn confirms(&self, secret: &str, method: &str) -> Value {
        let id = secret.split("_secret_").next().unwrap();
        let path = format!("/v1/setup_intents/{id}/confirm");
        let form = [
            ("client_secret", secret),
            ("payment_method", method),
            ("use_stripe_sdk", "true"),
        ];
        let plain = [("client_secret", secret), ("payment_method", method)];
        let first = self.call("pk", &path, Some(&form)).await;
        if first.body["error"]["code"] == "parameter_unknown" {
            return self.call("pk", &path, Some(&plain)).await.body;
        }
        first.body
    }

    /// Handles the 3D Secure challenge: `complete`, `fail` or `close`.
    pub async fn challenge(&self, secret: &str, outcome: &str) {
        let id = secret.split("_secret_").next().unwrap();
        let intent = self
            .call("sk", &format!("/v1/setup_intents/{id}"), None)
            .await
            .body;
        let text = intent["next_action"].to_string();
        let source = text
            .split("src_")
            .nth(1)
            .unwrap_or_else(|| panic!("no challenge: {intent}"));
        let source: String = source
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
            .collect();
        let url = format!(
            "{}/challenge/src_{source}/{outcome}",
            self.world.sandbox.origins().hooks
        );
        assert_eq!(
            self.world.http.post(url).send().await.unwrap().status(),
            204
        );
    }

    /// Changes a card as an operator does in the gateway's dashboard.
    pub async fn changes(&self, method: &str, what: &str, form: &[(&str, &str)]) {
        let path = format!("/v1/payment_methods/{method}{what}");
        let done = self.call("sk", &path, Some(form)).await;
        assert_eq!(done.status, 200, "{done:?}");
    }

    /// Deletes a customer as an operator does in the gateway's dashboard.
    pub async fn deletes_customer(&self, id: &str) {
        let url = format!("{}/v1/customers/{id}", self.world.sandbox.origins().api);
        let request = self.world.http.delete(url);
        let key = format!("sk_test_{}", self.account);
        let done = Answer::of(request.bearer_auth(key).send().await.unwrap()).await;
        assert_eq!(done.body["deleted"], true, "{done:?}");
    }

    /// Gives a saved card another number, as a network does when the bank replaced the card.
    pub async fn replaces_number(&self, method: &str, number: &str) {
        let url = format!("{}/sandbox/card_updates", self.world.sandbox.origins().api);
        let order = json!({
            "key": format!("sk_test_{}", self.account), "payment_method": method, "number": number,
        });
        let done = Answer::of(self.world.http.post(url).json(&order).send().await.unwrap()).await;
        assert_eq!(done.status, 200, "{done:?}");
    }

    /// The gateway's last events, newest first.
    pub async fn events(&self) -> Vec<Value> {
        let list = self.call("sk", "/v1/events?limit=100", None).await.body;
        list["data"]
            .as_array()
            .unwrap_or_else(|| panic!("{list}"))
            .clone()
    }

    pub async fn method(&self, id: &str) -> Value {
        self.call("sk", &format!("/v1/payment_methods/{id}"), None)
            .await
            .body
    }

    pub async fn intent(&self, id: &str) -> Value {
        self.call("sk", &format!("/v1/setup_intents/{id}"), None)
            .await
            .body
    }

    pub async fn customers(&self) -> Vec<Value> {
        let list = self.call("sk", "/v1/customers?limit=100", None).await.body;
        list["data"]
            .as_array()
            .unwrap_or_else(|| panic!("{list}"))
            .clone()
    }

    /// The payment methods attached to a customer.
    pub async fn attached(&self, customer: &str) -> Vec<String> {
        let list = self
            .call(
                "sk",
                &format!("/v1/payment_methods?customer={customer}&type=card"),
                None,
            )
            .await
            .body;
        let list = list["data"]
            .as_array()
            .unwrap_or_else(|| panic!("{list}"))
            .clone();
        list.iter()
            .map(|method| method["id"].as_str().unwrap().to_owned())
            .collect()
    }
}

/// The card details that a page claims.
pub fn claims(last4: &str) -> Value {
    json!({"funding": "credit", "brand": "visa", "last4": last4, "month": 11, "year": 2031})
}
