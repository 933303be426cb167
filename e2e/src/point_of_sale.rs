//! The Quilt point of sale in the browser, and its API without a browser.

use reqwest::{Client, Method};
use serde_json::{Value, json};

use crate::page::Page;
use crate::sandbox_api::SandboxApi;
use crate::user::User;
use crate::{StepResult, ensure};

/// The demo's account at the sandbox.
pub const GATEWAY_ACCOUNT: &str = "quilt";

/// `external_account_id`.
pub const MERCHANT: &str = "harbour-roasters";

/// A clerk, with a new customer.
pub struct PointOfSale<'a> {
    pub user: &'a User<'a>,
    pub customer: String,
}

impl<'a> PointOfSale<'a> {
    #[must_use]
    pub fn new(user: &'a User<'a>) -> Self {
        Self {
            user,
            customer: user.email.replace('@', "-at-"),
        }
    }

    fn page(&self) -> &Page {
        &self.user.page
    }

    /// The sandbox's API for this account.
    #[must_use]
    pub fn sandbox(&self) -> SandboxApi {
        self.user.sandbox.for_account(GATEWAY_ACCOUNT)
    }

    /// Opens the page for a customer without cards.
    ///
    /// # Errors
    /// When it does not open.
    pub async fn open(&self) -> StepResult {
        self.open_in("en").await?;
        self.user.wallet().wait_empty().await
    }

    /// Opens the page in a locale.
    ///
    /// # Errors
    /// When it does not open.
    pub async fn open_in(&self, locale: &str) -> StepResult {
        let (booking, customer) = (&self.user.system.booking, &self.customer);
        let url = format!("{booking}/quilt.html?customer={customer}&locale={locale}");
        self.page().visit(&url).await?;
        self.page().find("[data-card-present]").await.map(drop)
    }

    /// Selects the simulated reader's card.
    ///
    /// # Errors
    /// When it cannot be selected.
    pub async fn select_card(&self, card: &str) -> StepResult {
        self.page()
            .click(&format!("[name=simulated] option[value={card}]"))
            .await
    }

    /// Clicks a button of the reader's section: `take`, `cancel`, `retry`.
    ///
    /// # Errors
    /// When it cannot be clicked.
    pub async fn click(&self, action: &str) -> StepResult {
        self.page()
            .click(&format!("[data-card-present] [data-action={action}]"))
            .await
    }

    /// Waits until the reader's section has this state.
    ///
    /// # Errors
    /// When it does not reach it.
    pub async fn wait_state(&self, state: &str) -> StepResult {
        let wanted = format!("[data-card-present][data-state={state}]");
        self.page().find(&wanted).await.map(drop)
    }

    /// Waits until the reader's status or alert contains this text.
    ///
    /// # Errors
    /// The actual text after the timeout.
    pub async fn wait_text(&self, text: &str) -> StepResult {
        let selectors = "[data-present-status], [data-present-alert]";
        self.page().wait_text(selectors, text).await.map(drop)
    }

    /// Takes a payment with this card and waits until the card is saved.
    ///
    /// # Errors
    /// When a step fails.
    pub async fn sell(&self, card: &str) -> StepResult {
        self.select_card(card).await?;
        self.click("take").await?;
        self.wait_state("saved").await
    }

    /// Calls the vendor's API like the page: through the site's proxy, with a clerk's session.
    ///
    /// # Errors
    /// When the call fails.
    pub async fn call(
        &self,
        method: Method,
        path: &str,
        body: Option<Value>,
    ) -> StepResult<(u16, Value)> {
        let booking = &self.user.system.booking;
        let client = Client::new();
        let sign_in = client.post(format!("{booking}/api/quilt/sign-in"));
        let session: Value = sign_in.send().await?.json().await?;
        let token = session.get("token").and_then(Value::as_str);
        let token = token.ok_or("the sign-in response has no token")?;
        let mut request = client
            .request(method, format!("{booking}/quilt/v1{path}"))
            .bearer_auth(token);
        if let Some(body) = body {
            request = request.json(&body);
        }
        let response = request.send().await?;
        let status = response.status().as_u16();
        let text = response.text().await?;
        Ok((status, serde_json::from_str(&text).unwrap_or(Value::Null)))
    }

    /// The customer's cards in the API.
    ///
    /// # Errors
    /// When the call fails.
    pub async fn cards(&self) -> StepResult<Vec<Value>> {
        let path = format!(
            "/customer/card?external_customer_id={}&external_account_id={MERCHANT}",
            self.customer
        );
        let (status, list) = self.call(Method::GET, &path, None).await?;
        ensure(status == 200, || format!("{status} {list}"))?;
        let cards = list.get("cards").and_then(Value::as_array);
        Ok(cards.cloned().unwrap_or_default())
    }

    /// Creates a payment intent through the API and returns the response.
    ///
    /// # Errors
    /// When the call fails.
    pub async fn create_intent(&self) -> StepResult<Value> {
        let body = json!({
            "external_account_id": MERCHANT, "amount": 12.99, "payment_method_types": "card_present",
            "capture_method": "manual", "external_customer_id": self.customer,
        });
        let (status, intent) = self
            .call(Method::POST, "/payment/intent", Some(body))
            .await?;
        ensure(status == 200, || format!("{status} {intent}"))?;
        Ok(intent)
    }
}
