//! The MikroCloud panel as a person meets it, and its account seen over HTTP without a browser.

use reqwest::{Client, Method};
use serde_json::{Value, json};

use crate::person::Person;
use crate::{Step, ensure, fail};

/// A person at the panel, with an account of their own.
pub struct Panel<'a> {
    pub person: &'a Person<'a>,
    /// The account's name, unlike any before.
    pub account: String,
}

impl<'a> Panel<'a> {
    #[must_use]
    pub fn new(person: &'a Person<'a>) -> Self {
        let account = person.email.split('@').next().unwrap_or_default();
        Self {
            person,
            account: account.to_owned(),
        }
    }

    /// Opens the panel, with more for its query, such as `&locale=ar`.
    ///
    /// # Errors
    /// When it does not open.
    pub async fn open(&self, more: &str) -> Step {
        let url = format!(
            "{}/mikrocloud.html?account={}{more}",
            self.person.system.booking, self.account
        );
        self.person.page.visit(&url).await?;
        self.person.page.find("#sign-in").await.map(drop)
    }

    /// Chooses who to be.
    ///
    /// # Errors
    /// When that cannot be chosen.
    pub async fn be(&self, role: &str) -> Step {
        self.person.page.step_out().await?;
        let button = format!("#sign-in [data-role={role}]");
        self.person.page.press(&button).await
    }

    /// Opens the panel as the owner, to an empty wallet.
    ///
    /// # Errors
    /// When a step does not work.
    pub async fn enter(&self) -> Step {
        self.open("").await?;
        self.be("owner").await?;
        self.person.wallet().is_empty().await
    }

    /// The last four digits in the order the wallet lists them.
    ///
    /// # Errors
    /// The browser's.
    pub async fn order(&self) -> Step<Vec<String>> {
        self.person.page.step_out().await?;
        let script =
            "return [...document.querySelectorAll('[data-card]')].map(row => row.dataset.last4)";
        let rows = self.person.page.evaluate(script).await?;
        Ok(rows
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|row| row.as_str().map(str::to_owned))
            .collect())
    }

    /// Waits until the wallet lists these cards in this order.
    ///
    /// # Errors
    /// What it lists instead.
    pub async fn lists(&self, wanted: &[&str]) -> Step {
        crate::wait::until(&format!("the wallet to list {wanted:?}"), || async {
            let now = self.order().await?;
            if now == wanted {
                Ok(Some(()))
            } else {
                fail(format!("it lists {now:?}"))
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

    /// A token for this account, as the panel's own sign-in gives it.
    ///
    /// # Errors
    /// The wire's.
    pub async fn token(&self, role: &str) -> Step<String> {
        let url = format!("{}/api/mikrocloud/sign-in", self.person.system.booking);
        let body = json!({"account": self.account, "role": role});
        let answer: Value = Client::new()
            .post(url)
            .json(&body)
            .send()
            .await?
            .json()
            .await?;
        let token = answer.get("token").and_then(Value::as_str);
        Ok(token.ok_or("the panel gives no token")?.to_owned())
    }

    /// Calls the vendor's API as the owner.
    ///
    /// # Errors
    /// The wire's.
    pub async fn call(&self, method: Method, path: &str) -> Step<(u16, Value)> {
        let url = format!("{}/v1/account{path}", self.person.system.wallet);
        let token = self.token("owner").await?;
        let request = Client::new().request(method, url).bearer_auth(token);
        let answer = request.send().await?;
        let status = answer.status().as_u16();
        let text = answer.text().await?;
        Ok((status, serde_json::from_str(&text).unwrap_or(Value::Null)))
    }

    /// The ids of the cards, the default first.
    ///
    /// # Errors
    /// The wire's.
    pub async fn ids(&self) -> Step<Vec<String>> {
        let (status, list) = self.call(Method::GET, "/payment-methods").await?;
        ensure(status == 200, || format!("{status} {list}"))?;
        let rows = list.as_array().cloned().unwrap_or_default();
        Ok(rows
            .iter()
            .filter_map(|row| row.get("id")?.as_str().map(str::to_owned))
            .collect())
    }
}
