//! The Quilt till as its clerk meets it, and its account seen over HTTP without a browser.

use reqwest::{Client, Method};
use serde_json::{Value, json};

use crate::gateway::Gateway;
use crate::page::Page;
use crate::person::Person;
use crate::{Step, ensure};

/// The demo's account at the gateway.
pub const GATEWAY: &str = "quilt";

/// The merchant, as requests name it.
pub const MERCHANT: &str = "harbour-roasters";

/// A clerk at the till, with a customer unlike any before.
pub struct Till<'a> {
    pub person: &'a Person<'a>,
    pub customer: String,
}

impl<'a> Till<'a> {
    #[must_use]
    pub fn new(person: &'a Person<'a>) -> Self {
        Self {
            person,
            customer: person.email.replace('@', "-at-"),
        }
    }

    fn page(&self) -> &Page {
        &self.person.page
    }

    /// The gateway, seen by the till's account.
    #[must_use]
    pub fn gateway(&self) -> Gateway {
        self.person.gateway.of(GATEWAY)
    }

    /// Opens the till, to a customer without cards.
    ///
    /// # Errors
    /// When it does not open.
    pub async fn open(&self) -> Step {
        self.open_in("en").await?;
        self.person.wallet().is_empty().await
    }

    /// Opens the till in a language.
    ///
    /// # Errors
    /// When it does not open.
    pub async fn open_in(&self, locale: &str) -> Step {
        let (booking, customer) = (&self.person.system.booking, &self.customer);
        let url = format!("{booking}/quilt.html?customer={customer}&locale={locale}");
        self.page().visit(&url).await?;
        self.page().find("[data-card-present]").await.map(drop)
    }

    /// Chooses what the simulated reader reads.
    ///
    /// # Errors
    /// When it cannot be chosen.
    pub async fn hold(&self, card: &str) -> Step {
        self.page()
            .press(&format!("[name=simulated] option[value={card}]"))
            .await
    }

    /// Presses a button of the reader's part: `take`, `cancel`, `retry`.
    ///
    /// # Errors
    /// When it cannot be pressed.
    pub async fn press(&self, action: &str) -> Step {
        self.page()
            .press(&format!("[data-card-present] [data-action={action}]"))
            .await
    }

    /// Waits until the reader's part is in this state.
    ///
    /// # Errors
    /// When it does not come to that.
    pub async fn reaches(&self, state: &str) -> Step {
        let wanted = format!("[data-card-present][data-state={state}]");
        self.page().find(&wanted).await.map(drop)
    }

    /// Waits until the reader's part says something that holds these words.
    ///
    /// # Errors
    /// What it says instead.
    pub async fn says(&self, words: &str) -> Step {
        let places = "[data-present-status], [data-present-alert]";
        self.page().reads(places, words).await.map(drop)
    }

    /// Takes a card of this name, to its end.
    ///
    /// # Errors
    /// When a step does not work.
    pub async fn sell(&self, card: &str) -> Step {
        self.hold(card).await?;
        self.press("take").await?;
        self.reaches("saved").await
    }

    /// Calls the vendor's API as the till does: through the site's server, with a clerk's session.
    ///
    /// # Errors
    /// The wire's.
    pub async fn call(
        &self,
        method: Method,
        path: &str,
        body: Option<Value>,
    ) -> Step<(u16, Value)> {
        let booking = &self.person.system.booking;
        let client = Client::new();
        let opened = client.post(format!("{booking}/api/quilt/sign-in"));
        let opened: Value = opened.send().await?.json().await?;
        let token = opened.get("token").and_then(Value::as_str);
        let token = token.ok_or("the till gives no session")?;
        let mut request = client
            .request(method, format!("{booking}/quilt/v1{path}"))
            .bearer_auth(token);
        if let Some(body) = body {
            request = request.json(&body);
        }
        let answer = request.send().await?;
        let status = answer.status().as_u16();
        let text = answer.text().await?;
        Ok((status, serde_json::from_str(&text).unwrap_or(Value::Null)))
    }

    /// The customer's cards over HTTP.
    ///
    /// # Errors
    /// The wire's.
    pub async fn cards(&self) -> Step<Vec<Value>> {
        let path = format!(
            "/customer/card?external_customer_id={}&external_account_id={MERCHANT}",
            self.customer
        );
        let (status, list) = self.call(Method::GET, &path, None).await?;
        ensure(status == 200, || format!("{status} {list}"))?;
        let cards = list.get("cards").and_then(Value::as_array);
        Ok(cards.cloned().unwrap_or_default())
    }

    /// Begins a payment over HTTP; its answer.
    ///
    /// # Errors
    /// The wire's.
    pub async fn begin(&self) -> Step<Value> {
        let body = json!({
            "external_account_id": MERCHANT, "amount": 12.99, "payment_method_types": "card_present",
            "capture_method": "manual", "external_customer_id": self.customer,
        });
        let (status, begun) = self
            .call(Method::POST, "/payment/intent", Some(body))
            .await?;
        ensure(status == 200, || format!("{status} {begun}"))?;
        Ok(begun)
    }
}
