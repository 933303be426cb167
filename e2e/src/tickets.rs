//! The ticket shop as a person meets it, its client seen through the shop's signing server, and Braintree's fields.

use reqwest::{Client, Method};
use serde_json::{Value, json};

use crate::card_form::EXPIRY;
use crate::person::Person;
use crate::wait::until;
use crate::{Step, fail};

/// A card that works at Braintree.
pub const VISA: &str = "4111111111111111";
pub const MASTERCARD: &str = "5555555555554444";
/// One whose bank refuses it.
pub const DECLINED: &str = "4000111111111115";

/// A person at the shop.
pub struct Shop<'a> {
    pub person: &'a Person<'a>,
}

impl<'a> Shop<'a> {
    /// Signs in, to an empty wallet.
    ///
    /// # Errors
    /// When a step does not work.
    pub async fn enter(person: &'a Person<'a>) -> Step<Self> {
        let shop = Self { person };
        shop.open("").await?;
        shop.sign_in("Ned Flanders").await?;
        person.wallet().is_empty().await?;
        Ok(shop)
    }

    /// Opens the page, with a query such as `?locale=ar`.
    ///
    /// # Errors
    /// When it does not open.
    pub async fn open(&self, query: &str) -> Step {
        let url = format!(
            "{}/ticket-evolution.html{query}",
            self.person.system.booking
        );
        self.person.page.visit(&url).await?;
        self.person.page.find("#sign-in").await.map(drop)
    }

    /// Writes a name and signs in.
    ///
    /// # Errors
    /// When that cannot be done.
    pub async fn sign_in(&self, name: &str) -> Step {
        let page = &self.person.page;
        page.find("#name").await?.send_keys(name).await?;
        page.press("#sign-in button[type=submit]").await
    }

    /// Types one of Braintree's fields, replacing what is there.
    ///
    /// # Errors
    /// When the field does not come.
    pub async fn type_field(&self, mount: &str, text: &str) -> Step {
        let form = self.person.form();
        let field = format!("#{mount} iframe");
        self.person.page.step_into(&[form.frame, &field]).await?;
        let input = self.person.page.find("input").await?;
        input.send_keys(thirtyfour::Key::Control + "a").await?;
        input.send_keys(thirtyfour::Key::Backspace + "").await?;
        input.send_keys(text).await?;
        form.enter().await
    }

    /// Types a whole card.
    ///
    /// # Errors
    /// When a field does not come.
    pub async fn type_card(&self, number: &str) -> Step {
        self.person.form().reaches(&["ready"]).await?;
        self.type_field("number", number).await?;
        self.type_field("expiry", EXPIRY).await?;
        let code = if number.len() == 15 { "1234" } else { "123" };
        self.type_field("cvc", code).await
    }

    /// Adds a card and presses Save.
    ///
    /// # Errors
    /// When a step does not work.
    pub async fn try_card(&self, number: &str) -> Step {
        self.person.wallet().press("add").await?;
        self.type_card(number).await?;
        self.person.form().save().await
    }

    /// Adds a card, to its row in the wallet.
    ///
    /// # Errors
    /// When it is not saved.
    pub async fn save_card(&self, number: &str) -> Step<String> {
        self.try_card(number).await?;
        let last4 = number.get(number.len() - 4..).unwrap_or_default();
        self.person.wallet().lists(last4).await
    }

    /// Waits until the wallet lists these cards in this order.
    ///
    /// # Errors
    /// What it lists instead.
    pub async fn lists(&self, wanted: &[&str]) -> Step {
        until(&format!("the wallet to list {wanted:?}"), || async {
            self.person.page.step_out().await?;
            let script = "return [...document.querySelectorAll('[data-card]')].map(row => row.dataset.last4)";
            let now = self.person.page.evaluate(script).await?;
            if now == json!(wanted) {
                Ok(Some(()))
            } else {
                fail(format!("it lists {now}"))
            }
        })
        .await
    }

    /// Presses a button of one card.
    ///
    /// # Errors
    /// When it cannot be pressed.
    pub async fn press_at(&self, last4: &str, action: &str) -> Step {
        self.person.page.step_out().await?;
        let button = format!("[data-card][data-last4='{last4}'] [data-action={action}]");
        self.person.page.press(&button).await
    }

    /// Asks the shop's server under another visitor's token.
    ///
    /// # Errors
    /// The wire's.
    pub async fn as_another(&self, method: Method, path: &str) -> Step<u16> {
        let shop = &self.person.system.booking;
        let body = json!({"name": "Somebody Else"});
        let request = Client::new().post(format!("{shop}/api/ticket_evolution/sign-in"));
        let answer: Value = request.json(&body).send().await?.json().await?;
        let token = answer.get("token").and_then(Value::as_str);
        let url = format!("{shop}/ticket_evolution/v9/clients/{path}");
        let request = Client::new().request(method, url);
        let request = request.bearer_auth(token.ok_or("the shop gives no token")?);
        Ok(request.send().await?.status().as_u16())
    }
}
