//! A user with MikroCloud's tokens, and the issuer of these tokens.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use wallet_server::config::AccountSettings;
use wallet_server::config::{KeySettings, MikroCloudSettings};
use wallet_server::secret::Secret;

use super::bank::Bank;
use super::{Answer, World, account};

/// A MikroCloud account, its page and its issuer.
pub const CLOUD: i64 = 50;
pub const CLOUD_PAGE: &str = "https://panel.cloud.example";
pub const CLOUD_ISSUER: &str = "https://tokens.cloud.example";
/// Another one on the same server.
pub const RIVAL: i64 = 51;
pub const RIVAL_PAGE: &str = "https://panel.rival.example";
pub const RIVAL_ISSUER: &str = "https://tokens.rival.example";

/// The secret of an account's tokens.
pub fn secret(number: i64) -> [u8; 32] {
    [u8::try_from(number).unwrap(); 32]
}

pub fn cloud_account(number: i64, name: &str, page: &str, issuer: &str) -> AccountSettings {
    AccountSettings {
        system: Some("mikrocloud".to_owned()),
        mikrocloud: Some(MikroCloudSettings {
            issuer: issuer.to_owned(),
            audience: None,
            keys: vec![KeySettings {
                id: Some("2026".to_owned()),
                algorithm: "HS256".to_owned(),
                secret: Some(Secret::new(STANDARD.encode(secret(number)))),
                ..KeySettings::default()
            }],
        }),
        ..account(u64::try_from(number).unwrap(), name, page)
    }
}

/// Signs a token with HS256, whatever its header says.
pub fn sign(secret: &[u8], head: &Value, claims: &Value) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let text = format!("{}.{}", part(head), part(claims));
    let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, secret);
    let signature = ring::hmac::sign(&key, text.as_bytes());
    format!("{text}.{}", URL_SAFE_NO_PAD.encode(signature.as_ref()))
}

pub fn head() -> Value {
    json!({"alg": "HS256", "typ": "JWT", "kid": "2026"})
}

/// The claims of a user with all scopes, valid for an hour.
pub fn claims(subject: &str) -> Value {
    json!({
        "iss": CLOUD_ISSUER, "sub": subject, "exp": wallet_server::clock::now() + 3600,
        "scope": "account:read account:write",
    })
}

pub struct Holder<'a> {
    pub world: &'a World,
    pub token: String,
}

impl<'a> Holder<'a> {
    pub fn new(world: &'a World, subject: &str) -> Self {
        Self::claiming(world, &claims(subject))
    }

    pub fn claiming(world: &'a World, claims: &Value) -> Self {
        let token = sign(&secret(CLOUD), &head(), claims);
        Self { world, token }
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let url = self.world.url(&format!("/v1/account{path}"));
        self.world
            .http
            .request(method, url)
            .bearer_auth(&self.token)
    }

    pub async fn send(&self, method: Method, path: &str) -> Answer {
        Answer::of(self.request(method, path).send().await.unwrap()).await
    }

    pub async fn asks_to_begin(&self) -> Answer {
        self.send(Method::POST, "/setup-intent").await
    }

    pub async fn begins(&self) -> String {
        let answer = self.asks_to_begin().await;
        answer.body["client_secret"]
            .as_str()
            .unwrap_or_else(|| panic!("{answer:?}"))
            .to_owned()
    }

    pub async fn saves(&self, id: &str) -> Answer {
        self.posts(&json!({"id": id}), None).await
    }

    pub async fn posts(&self, body: &Value, key: Option<&str>) -> Answer {
        let mut request = self.request(Method::POST, "/payment-methods").json(body);
        if let Some(key) = key {
            request = request.header("idempotency-key", key);
        }
        Answer::of(request.send().await.unwrap()).await
    }

    pub fn bank(&self) -> Bank<'a> {
        Bank::new(self.world, "cloud")
    }

    /// Enters a card and confirms its intent. The payment method is not saved yet.
    pub async fn confirms(&self, number: &str) -> String {
        let bank = self.bank();
        let secret = self.begins().await;
        let method = bank.types_card(number).await;
        let confirmed = bank.confirms(&secret, &method).await;
        if confirmed["status"] == "requires_action" {
            bank.challenge(&secret, "complete").await;
        }
        method
    }

    /// Saves a card in the page's three steps; returns its id.
    pub async fn adds(&self, number: &str) -> String {
        let method = self.confirms(number).await;
        let saved = self.saves(&method).await;
        assert_eq!(saved.status, 201, "{saved:?}");
        saved.body["id"].as_str().unwrap().to_owned()
    }

    pub async fn list(&self) -> Vec<Value> {
        let answer = self.send(Method::GET, "/payment-methods").await;
        assert_eq!(answer.status, 200, "{answer:?}");
        answer.body.as_array().expect("a bare array").clone()
    }

    /// The ids in the list's order: the default first.
    pub async fn ids(&self) -> Vec<String> {
        let list = self.list().await;
        list.iter()
            .map(|card| card["id"].as_str().unwrap().to_owned())
            .collect()
    }

    pub async fn deletes(&self, id: &str) -> Answer {
        self.send(Method::DELETE, &format!("/payment-methods/{id}"))
            .await
    }
}
