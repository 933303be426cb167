//! A MyTime user with a wallet, who follows the vendor's how-to.

use reqwest::RequestBuilder;
use serde_json::{Value, json};

use super::bank::claims;
use super::{Answer, World};

pub struct Person<'a> {
    pub world: &'a World,
    pub company: u64,
    pub id: i64,
    pub token: String,
    pub header: &'static str,
}

/// The sign-up body of the vendor's how-to, with another name.
pub fn sign_up(name: &str, company: u64) -> Value {
    json!({
        "company_id": company, "first_name": name, "last_name": "Test", "email": format!("{name}@mytime.com"),
        "password": "123", "password_confirmation": "123", "phone_number": "", "country": "US", "zip_code": "94111",
        "send_welcome_email": true, "associate_client_id": null, "from_mkp": true, "recaptcha_token": null
    })
}

impl<'a> Person<'a> {
    pub async fn sign_up(world: &'a World, name: &str, company: u64) -> Self {
        let answer = world.post("/users", &sign_up(name, company)).await;
        assert_eq!(answer.status, 201, "{answer:?}");
        Self::of(world, company, &answer)
    }

    pub async fn sign_in(world: &'a World, name: &str, company: u64) -> Self {
        let body = json!({"email": format!("{name}@mytime.com"), "password": "123", "company_id": company});
        let answer = world.post("/sessions", &body).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        Self::of(world, company, &answer)
    }

    pub async fn guest(world: &'a World, company: u64) -> Self {
        let answer = world.post("/guests", &json!({"company_id": company})).await;
        assert_eq!(answer.status, 201, "{answer:?}");
        let token = answer.body["user"]["guest_token"]
            .as_str()
            .expect("a token")
            .to_owned();
        Self {
            world,
            company,
            id: 0,
            token,
            header: "gauthorization",
        }
    }

    fn of(world: &'a World, company: u64, answer: &Answer) -> Self {
        let user = &answer.body["user"];
        let token = user["authentication_token"]
            .as_str()
            .expect("a token")
            .to_owned();
        Self {
            world,
            company,
            id: user["id"].as_i64().unwrap(),
            token,
            header: "authorization",
        }
    }

    async fn send(&self, request: RequestBuilder) -> Answer {
        Answer::of(
            request
                .header(self.header, &self.token)
                .send()
                .await
                .unwrap(),
        )
        .await
    }

    pub async fn looks(&self) -> Answer {
        let url = self
            .world
            .api(&format!("/user?company_id={}", self.company));
        self.send(self.world.http.get(url)).await
    }

    pub async fn cards(&self) -> Vec<Value> {
        self.looks().await.cards()
    }

    /// The id of the one card in the wallet.
    pub async fn card_id(&self) -> String {
        self.cards().await[0]["id"]
            .as_str()
            .expect("a card")
            .to_owned()
    }

    pub async fn asks_to_begin(&self) -> Answer {
        self.asks_to_begin_for(true).await
    }

    /// Requests an intent, and says whether the card will be saved.
    pub async fn asks_to_begin_for(&self, add_to_client: bool) -> Answer {
        let url = self.world.api(&format!(
            "/user/payment_methods/session?company_id={}&payment_type=card&add_to_client={add_to_client}&guest=false\
             &amount=50&callback_url=https%3A%2F%2Fbook.studio.example",
            self.company
        ));
        self.send(self.world.http.get(url)).await
    }

    /// A client secret for a card that is used once unless it is saved.
    pub async fn begins_for_once(&self) -> String {
        let answer = self.asks_to_begin_for(false).await;
        answer.body["client_secret"]
            .as_str()
            .unwrap_or_else(|| panic!("{answer:?}"))
            .to_owned()
    }

    /// A client secret. It is that of the open intent if there is one.
    pub async fn begins(&self) -> String {
        let answer = self.asks_to_begin().await;
        answer.body["client_secret"]
            .as_str()
            .unwrap_or_else(|| panic!("{answer:?}"))
            .to_owned()
    }

    pub fn save_body(&self, method: &str) -> Value {
        json!({
            "company_id": self.company, "location_id": null, "stripe_credit_card_token": method,
            "token_data": claims("4242"), "token2": method, "address_country": "US", "add_to_client": true
        })
    }

    pub async fn saves(&self, method: &str) -> Answer {
        self.posts_card(&self.save_body(method), None).await
    }

    pub async fn posts_card(&self, body: &Value, key: Option<&str>) -> Answer {
        let mut request = self
            .world
            .http
            .post(self.world.api("/user/credit_cards"))
            .json(body);
        if let Some(key) = key {
            request = request.header("idempotency-key", key);
        }
        self.send(request).await
    }

    /// Enters a card, confirms its intent, saves it: the steps of the companion.
    pub async fn adds(&self, number: &str) -> Answer {
        let bank = self.world.bank();
        let secret = self.begins().await;
        let method = bank.types_card(number).await;
        let confirmed = bank.confirms(&secret, &method).await;
        if confirmed["status"] == "requires_action" {
            bank.challenge(&secret, "complete").await;
        }
        self.saves(&method).await
    }

    pub async fn deletes(&self, id: &str) -> Answer {
        self.deletes_path(&format!("/user/credit_cards/{}", id.replace('|', "%7C")))
            .await
    }

    /// Deletes with exactly this path.
    pub async fn deletes_path(&self, path: &str) -> Answer {
        let url = self
            .world
            .api(&format!("{path}?company_id={}", self.company));
        self.send(self.world.http.delete(url)).await
    }

    pub async fn signs_out(&self) -> Answer {
        self.send(self.world.http.delete(self.world.api("/sessions")))
            .await
    }
}
