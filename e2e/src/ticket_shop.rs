//! The ticket shop in the browser, with Braintree's fields, and calls through its signing proxy.

use reqwest::{Client, Method};
use serde_json::{Value, json};

use crate::card_form::EXPIRY;
use crate::user::User;
use crate::wait::until;
use crate::{StepResult, fail};

/// Succeeds at Braintree.
pub const VISA: &str = "4111111111111111";
pub const MASTERCARD: &str = "5555555555554444";
/// Fails verification.
pub const DECLINED: &str = "4000111111111115";

pub struct TicketShop<'a> {
    pub user: &'a User<'a>,
}

impl<'a> TicketShop<'a> {
    /// Opens the page, signs in and waits for an empty wallet.
    ///
    /// # Errors
    /// When a step fails.
    pub async fn open_signed_in(user: &'a User<'a>) -> StepResult<Self> {
        let shop = Self { user };
        shop.open("").await?;
        shop.sign_in("Ned Flanders").await?;
        user.wallet().wait_empty().await?;
        Ok(shop)
    }

    /// Opens the page, with a query such as `?locale=ar`.
    ///
    /// # Errors
    /// When it does not open.
    pub async fn open(&self, query: &str) -> StepResult {
        let url = format!("{}/ticket-evolution.html{query}", self.user.system.booking);
        self.user.page.visit(&url).await?;
        self.user.page.find("#sign-in").await.map(drop)
    }

    /// # Errors
    /// When the form cannot be submitted.
    pub async fn sign_in(&self, name: &str) -> StepResult {
        let page = &self.user.page;
        page.find("#name").await?.send_keys(name).await?;
        page.click("#sign-in button[type=submit]").await
    }

    /// Types into one of Braintree's fields, replacing its value.
    ///
    /// # Errors
    /// When the field does not appear.
    pub async fn type_field(&self, mount: &str, text: &str) -> StepResult {
        let form = self.user.form();
        let field = format!("#{mount} iframe");
        self.user.page.enter_frames(&[form.frame, &field]).await?;
        let input = self.user.page.find("input").await?;
        input.send_keys(thirtyfour::Key::Control + "a").await?;
        input.send_keys(thirtyfour::Key::Backspace + "").await?;
        input.send_keys(text).await?;
        form.enter().await
    }

    /// Types number, expiry and CVC.
    ///
    /// # Errors
    /// When a field does not appear.
    pub async fn type_card(&self, number: &str) -> StepResult {
        self.user.form().wait_state(&["ready"]).await?;
        self.type_field("number", number).await?;
        self.type_field("expiry", EXPIRY).await?;
        let code = if number.len() == 15 { "1234" } else { "123" };
        self.type_field("cvc", code).await
    }

    /// Opens the form, types a card and clicks save.
    ///
    /// # Errors
    /// When a step fails.
    pub async fn try_card(&self, number: &str) -> StepResult {
        self.user.wallet().click("add").await?;
        self.type_card(number).await?;
        self.user.form().save().await
    }

    /// Saves a card and returns the text of its row in the wallet.
    ///
    /// # Errors
    /// When it is not saved.
    pub async fn save_card(&self, number: &str) -> StepResult<String> {
        self.try_card(number).await?;
        let last4 = number.get(number.len() - 4..).unwrap_or_default();
        self.user.wallet().wait_listed(last4).await
    }

    /// Waits until the wallet lists these cards in this order.
    ///
    /// # Errors
    /// The actual list after the timeout.
    pub async fn wait_listed(&self, expected: &[&str]) -> StepResult {
        until(&format!("the wallet to list {expected:?}"), || async {
            self.user.page.leave_frames().await?;
            let script = "return [...document.querySelectorAll('[data-card]')].map(row => row.dataset.last4)";
            let actual = self.user.page.evaluate(script).await?;
            if actual == json!(expected) {
                Ok(Some(()))
            } else {
                fail(format!("it lists {actual}"))
            }
        })
        .await
    }

    /// Clicks a button of one card.
    ///
    /// # Errors
    /// When it cannot be clicked.
    pub async fn click_card_action(&self, last4: &str, action: &str) -> StepResult {
        self.user.page.leave_frames().await?;
        let button = format!("[data-card][data-last4='{last4}'] [data-action={action}]");
        self.user.page.click(&button).await
    }

    /// Calls the shop's server with another client's token; returns the status.
    ///
    /// # Errors
    /// When the call fails.
    pub async fn call_as_other_client(&self, method: Method, path: &str) -> StepResult<u16> {
        let shop = &self.user.system.booking;
        let body = json!({"name": "Somebody Else"});
        let request = Client::new().post(format!("{shop}/api/ticket_evolution/sign-in"));
        let response: Value = request.json(&body).send().await?.json().await?;
        let token = response.get("token").and_then(Value::as_str);
        let url = format!("{shop}/ticket_evolution/v9/clients/{path}");
        let request = Client::new().request(method, url);
        let request = request.bearer_auth(token.ok_or("the sign-in response has no token")?);
        Ok(request.send().await?.status().as_u16())
    }
}
