//! The site with the real wallet server and the sandbox.

use std::net::SocketAddr;

use booking_page::api::SiteErrorCode;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use stripe_sandbox::{Options, Sandbox};
use tempfile::TempDir;
use wallet_server::config::{AccountSettings, ServerConfig, Settings};
use wallet_server::secret::Secret;
use wallet_server::server::Server;

use crate::fake_wallet::HOLDS_KEY;
use crate::site::{TestSite, refusal};

struct Wallet {
    base: String,
    _server: Server,
    sandbox: Sandbox,
    _folder: TempDir,
}

async fn start() -> TestSite<Wallet> {
    let sandbox = Sandbox::start(Options::default()).await.unwrap();
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("index.html"), "").unwrap();
    let studio = AccountSettings {
        id: 40426,
        name: "Harbour Street Studio".to_owned(),
        currency: "usd".to_owned(),
        country: "US".to_owned(),
        publishable_key: "pk_test_studio".to_owned(),
        secret_key: Some(Secret::new("sk_test_studio".to_owned())),
        parents: vec!["https://book.example".to_owned()],
        holds_key: Some(Secret::new(HOLDS_KEY.to_owned())),
        ..AccountSettings::default()
    };
    let settings = Settings {
        listen: Some(SocketAddr::from(([127, 0, 0, 1], 0))),
        public_url: Some("https://cards.example".to_owned()),
        database: Some(Secret::new(
            folder.path().join("wallet.db").display().to_string(),
        )),
        dist: Some(folder.path().to_owned()),
        gateway_url: Some(sandbox.origins().api.clone()),
        accounts: vec![studio],
        ..Settings::default()
    };
    let server = Server::start(ServerConfig::check(settings).unwrap())
        .await
        .unwrap();
    let base = format!("http://{}", server.address());
    let wallet = Wallet {
        base: base.clone(),
        _server: server,
        sandbox,
        _folder: folder,
    };
    TestSite::with_wallet(wallet, &base).await
}

impl TestSite<Wallet> {
    async fn call(
        &self,
        method: Method,
        path: &str,
        token: &str,
        body: Option<Value>,
    ) -> (u16, Value) {
        let url = format!("{}/api/mkp/v1{path}", self.wallet.base);
        let request = self
            .http
            .request(method, url)
            .header("authorization", token);
        let request = body
            .iter()
            .fold(request, |request, body| request.json(body));
        let response = request.send().await.unwrap();
        (
            response.status().as_u16(),
            response.json().await.unwrap_or_default(),
        )
    }

    /// Signs up and returns the token.
    async fn sign_up(&self, name: &str) -> String {
        let user = json!({"company_id": 40426, "first_name": name, "last_name": "", "email": format!("{name}@example.com"),
            "password": "long enough", "password_confirmation": "long enough"});
        let (status, body) = self.call(Method::POST, "/users", "none", Some(user)).await;
        assert_eq!(status, 201, "{body}");
        body["user"]["authentication_token"]
            .as_str()
            .unwrap()
            .to_owned()
    }

    /// Creates a payment method and saves the card; returns its id, escaped for a path.
    async fn save_card(&self, token: &str) -> String {
        let url = format!("{}/v1/payment_methods", self.wallet.sandbox.origins().api);
        let form = [
            ("type", "card"),
            ("card[number]", "4242424242424242"),
            ("card[exp_month]", "12"),
            ("card[exp_year]", "2030"),
            ("card[cvc]", "123"),
        ];
        let created = self
            .http
            .post(url)
            .bearer_auth("pk_test_studio")
            .form(&form);
        let created: Value = created.send().await.unwrap().json().await.unwrap();
        let method = created["id"].as_str().unwrap();
        let claims = json!({"funding": "credit", "brand": "visa", "last4": "4242", "month": 12, "year": 2030});
        let save = json!({"company_id": 40426, "location_id": null, "stripe_credit_card_token": method,
            "token_data": claims, "token2": method, "address_country": "US", "add_to_client": true});
        let (status, body) = self
            .call(Method::POST, "/user/credit_cards", token, Some(save))
            .await;
        assert_eq!(status, 201, "{body}");
        let id = body["user"]["credit_cards"][0]["id"].as_str().unwrap();
        id.replace('|', "%7C")
    }

    async fn delete_card(&self, token: &str, id: &str) -> (u16, Value) {
        let path = format!("/user/credit_cards/{id}?company_id=40426");
        self.call(Method::DELETE, &path, token, None).await
    }
}

#[tokio::test]
async fn a_card_with_an_appointment_cannot_be_deleted_until_it_is_cancelled() {
    let site = start().await;
    let token = site.sign_up("ana").await;
    let at = site.free_time("haircut", 2).await;
    assert_eq!(
        refusal(site.book(&token, "haircut", &at).await),
        (409, SiteErrorCode::CardNeeded)
    );

    let card = site.save_card(&token).await;
    let visit = site.book(&token, "haircut", &at).await.unwrap();
    let (status, body) = site.delete_card(&token, &card).await;
    assert_eq!(status, 422);
    let message = body["message"].as_str().unwrap();
    assert!(
        message.contains("Haircut with Ana, ") && message.contains(at.clock()),
        "{message}"
    );

    assert_eq!(site.cancel(&token, &visit.id).await, StatusCode::NO_CONTENT);
    assert_eq!(site.delete_card(&token, &card).await.0, 200);
}

#[tokio::test]
async fn a_token_is_valid_until_sign_out() {
    let site = start().await;
    let token = site.sign_up("ben").await;
    assert_eq!(site.list(&token).await, []);
    assert_eq!(
        site.call(Method::DELETE, "/sessions", &token, None).await.0,
        204
    );
    let answer = site
        .request(Method::GET, "/api/appointments", Some(&token))
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 401);
}
