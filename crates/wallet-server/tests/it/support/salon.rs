//! A salon's server, which creates BokaMera's checkouts, and the people who pay them.

use reqwest::RequestBuilder;
use serde_json::{Value, json};
use wallet_server::config::AccountSettings;
use wallet_server::config::{ArticleSettings, BokaMeraSettings};
use wallet_server::secret::Secret;

use super::{Answer, World, account};

/// A salon, its page and its company.
pub const SALON: u64 = 80;
pub const SALON_PAGE: &str = "https://book.salon.example";
pub const SALON_COMPANY: &str = "dea5b9b5-9b5c-4d5e-8b5a-0123456789ab";
/// Another one on the same server.
pub const SPA: u64 = 81;
pub const SPA_PAGE: &str = "https://book.spa.example";
pub const SPA_COMPANY: &str = "0f0f0f0f-1111-4222-8333-444444444444";

pub fn salon_account(number: u64, name: &str, page: &str, company: &str) -> AccountSettings {
    let article = |id, type_id, name: &str, price| ArticleSettings {
        id,
        type_id,
        name: name.to_owned(),
        price,
    };
    AccountSettings {
        system: Some("bokamera".to_owned()),
        currency: "sek".to_owned(),
        country: "SE".to_owned(),
        bokamera: Some(BokaMeraSettings {
            company: company.to_owned(),
            api_key: Some(Secret::new(key(name))),
            articles: vec![
                article(7, 1, "Haircut", 45_000),
                article(8, 2, "Gift card", 99_999_999),
                article(9, 1, "Stamp", 100),
            ],
            ..BokaMeraSettings::default()
        }),
        ..account(number, name, page)
    }
}

pub fn key(name: &str) -> String {
    format!("{name}-api-key-0123456789")
}

pub struct Salon<'a> {
    pub world: &'a World,
    pub name: &'static str,
    pub company: &'static str,
}

impl<'a> Salon<'a> {
    pub fn new(world: &'a World) -> Self {
        Self {
            world,
            name: "salon",
            company: SALON_COMPANY,
        }
    }

    pub fn spa(world: &'a World) -> Self {
        Self {
            world,
            name: "spa",
            company: SPA_COMPANY,
        }
    }

    pub fn request(&self, path: &str) -> RequestBuilder {
        let url = self.world.url(&format!("/payment/stripe/v1{path}"));
        self.world
            .http
            .post(url)
            .header("x-api-key", key(self.name))
    }

    pub async fn posts(&self, path: &str, body: &Value) -> Answer {
        Answer::of(self.request(path).json(body).send().await.unwrap()).await
    }

    pub async fn posts_keyed(&self, path: &str, body: &Value, key: &str) -> Answer {
        let request = self.request(path).header("idempotency-key", key);
        Answer::of(request.json(body).send().await.unwrap()).await
    }

    /// A checkout of a booking on Stripe's page.
    pub fn order(&self, reference: &str) -> Value {
        json!({
            "CompanyId": self.company, "CountryCode": "SE", "InternalReferenceId": reference,
            "Articles": [{"ArticleId": 7, "ArticleTypeId": 1, "Quantity": 2}],
            "ConfirmationUrl": format!("https://book.{}.example/done?session={{CHECKOUT_SESSION_ID}}", self.name),
        })
    }

    /// The same, embedded in the salon's own page.
    pub fn embedded(&self, reference: &str) -> Value {
        let mut order = self.order(reference);
        order["UiMode"] = "embedded".into();
        order
    }

    /// Creates a checkout, which must succeed.
    pub async fn opens(&self, order: &Value) -> Value {
        let answer = self.posts("/checkout", order).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        answer.body
    }

    pub async fn asks(&self, session: &Value) -> Answer {
        let body = json!({"CompanyId": self.company, "SessionId": session});
        self.posts("/checkout/status", &body).await
    }

    pub async fn status(&self, checkout: &Value) -> String {
        let answer = self.asks(&checkout["SessionId"]).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        answer.body["Status"].as_str().unwrap().to_owned()
    }

    /// The gateway's session object.
    pub async fn session(&self, checkout: &Value) -> Value {
        let id = checkout["SessionId"].as_str().unwrap();
        self.gateway(&format!("/{id}?expand[]=line_items")).await
    }

    /// The ids of the gateway's open sessions.
    pub async fn open_sessions(&self) -> Vec<String> {
        let list = self.gateway("?status=open&limit=100").await;
        let rows = list["data"].as_array().unwrap_or_else(|| panic!("{list}"));
        let ids = rows
            .iter()
            .map(|row| row["id"].as_str().unwrap().to_owned());
        ids.collect()
    }

    async fn gateway(&self, rest: &str) -> Value {
        let api = &self.world.sandbox.origins().api;
        let request = self
            .world
            .http
            .get(format!("{api}/v1/checkout/sessions{rest}"));
        let request = request
            .bearer_auth(format!("sk_test_{}", self.name))
            .header("stripe-version", "2026-03-25.dahlia");
        Answer::of(request.send().await.unwrap()).await.body
    }

    /// Enters a card into the page or the embedded form; returns the state that it shows.
    pub async fn pays(&self, checkout: &Value, number: &str) -> String {
        let id = checkout["SessionId"].as_str().unwrap();
        let url = format!(
            "{}/sessions/{id}/pay",
            self.world.sandbox.origins().checkout
        );
        let secret = checkout["ClientSecret"].as_str().unwrap_or_default();
        let key = format!("pk_test_{}", self.name);
        let form = [
            ("email", "ann@example.se"),
            ("name", "Ann Lee"),
            ("number", number),
            ("exp_month", "11"),
            ("exp_year", "2031"),
            ("cvc", "123"),
            ("client_secret", secret),
            ("key", &key),
        ];
        let answer = Answer::of(self.world.http.post(url).form(&form).send().await.unwrap()).await;
        answer.body["state"]
            .as_str()
            .unwrap_or_else(|| panic!("{answer:?}"))
            .to_owned()
    }
}
