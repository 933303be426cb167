//! A guest of the studio at an address of their own, behind a proxy that the server trusts.

use reqwest::RequestBuilder;
use serde_json::json;

use super::bank::claims;
use super::{Answer, STUDIO, World};

pub struct Visitor<'a> {
    pub world: &'a World,
    ip: String,
    token: String,
    /// The CAPTCHA token of the next requests.
    pub challenge_token: Option<&'static str>,
}

impl<'a> Visitor<'a> {
    pub async fn at(world: &'a World, ip: &str) -> Self {
        let request = world.http.post(world.api("/guests"));
        let request = request
            .json(&json!({"company_id": STUDIO}))
            .header("x-forwarded-for", ip);
        let answer = Answer::of(request.send().await.unwrap()).await;
        assert_eq!(answer.status, 201, "{answer:?}");
        let token = answer.body["user"]["guest_token"].as_str();
        Self {
            world,
            ip: ip.to_owned(),
            token: token.expect("a token").to_owned(),
            challenge_token: None,
        }
    }

    async fn send(&self, mut request: RequestBuilder) -> Answer {
        if let Some(token) = self.challenge_token {
            request = request.header("challenge-token", token);
        }
        let request = request
            .header("gauthorization", &self.token)
            .header("x-forwarded-for", &self.ip);
        Answer::of(request.send().await.unwrap()).await
    }

    pub async fn asks_to_begin(&self) -> Answer {
        let path = format!(
            "/user/payment_methods/session?company_id={STUDIO}&payment_type=card&add_to_client=true"
        );
        self.send(self.world.http.get(self.world.api(&path))).await
    }

    /// The client secret of an intent, if the server gives one.
    pub async fn begins(&self) -> Option<String> {
        let answer = self.asks_to_begin().await;
        Some(answer.body["client_secret"].as_str()?.to_owned())
    }

    pub async fn saves(&self, method: &str) -> Answer {
        let body = json!({
            "company_id": STUDIO, "location_id": null, "stripe_credit_card_token": method,
            "token_data": claims("4242"), "token2": method, "address_country": "US", "add_to_client": true
        });
        self.send(
            self.world
                .http
                .post(self.world.api("/user/credit_cards"))
                .json(&body),
        )
        .await
    }

    /// Enters a card, confirms its intent in the browser, saves it.
    pub async fn adds(&self, number: &str) -> Answer {
        let bank = self.world.bank();
        let begun = self.asks_to_begin().await;
        let Some(secret) = begun.body["client_secret"].as_str() else {
            return begun;
        };
        let method = bank.types_card(number).await;
        bank.confirms(secret, &method).await;
        self.saves(&method).await
    }
}
