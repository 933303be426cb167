//! The MikroCloud billing page in the browser, and its account's API without a browser.

use reqwest::{Client, Method};
use serde_json::{Value, json};

use crate::user::User;
use crate::{StepResult, ensure, fail};

/// A user of the billing page, with a new account.
pub struct BillingPage<'a> {
    pub user: &'a User<'a>,
    /// A new account name.
    pub account: String,
}

impl<'a> BillingPage<'a> {
    #[must_use]
    pub fn new(user: &'a User<'a>) -> Self {
        let account = user.email.split('@').next().unwrap_or_default();
        Self {
            user,
            account: account.to_owned(),
        }
    }

    /// Opens the page. `query` is appended to its query, such as `&locale=ar`.
    ///
    /// # Errors
    /// When it does not open.
    pub async fn open(&self, query: &str) -> StepResult {
        let url = format!(
            "{}/mikrocloud.html?account={}{query}",
            self.user.system.booking, self.account
        );
        self.user.page.visit(&url).await?;
        self.user.page.find("#sign-in").await.map(drop)
    }

    /// Signs in with a role.
    ///
    /// # Errors
    /// When its button cannot be clicked.
    pub async fn sign_in_as(&self, role: &str) -> StepResult {
        self.user.page.leave_frames().await?;
        let button = format!("#sign-in [data-role={role}]");
        self.user.page.click(&button).await
    }

    /// Opens the page, signs in as the owner and waits for an empty wallet.
    ///
    /// # Errors
    /// When a step fails.
    pub async fn open_as_owner(&self) -> StepResult {
        self.open("").await?;
        self.sign_in_as("owner").await?;
        self.user.wallet().wait_empty().await
    }

    /// The last four digits of the cards, in the wallet's order.
    ///
    /// # Errors
    /// When the browser fails.
    pub async fn order(&self) -> StepResult<Vec<String>> {
        self.user.page.leave_frames().await?;
        let script =
            "return [...document.querySelectorAll('[data-card]')].map(row => row.dataset.last4)";
        let rows = self.user.page.evaluate(script).await?;
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
    /// The actual list after the timeout.
    pub async fn wait_listed(&self, expected: &[&str]) -> StepResult {
        crate::wait::until(&format!("the wallet to list {expected:?}"), || async {
            let actual = self.order().await?;
            if actual == expected {
                Ok(Some(()))
            } else {
                fail(format!("it lists {actual:?}"))
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

    /// Signs in without a browser and returns the token.
    ///
    /// # Errors
    /// When the call fails.
    pub async fn token(&self, role: &str) -> StepResult<String> {
        let url = format!("{}/api/mikrocloud/sign-in", self.user.system.booking);
        let body = json!({"account": self.account, "role": role});
        let response: Value = Client::new()
            .post(url)
            .json(&body)
            .send()
            .await?
            .json()
            .await?;
        let token = response.get("token").and_then(Value::as_str);
        Ok(token.ok_or("the sign-in response has no token")?.to_owned())
    }

    /// Calls the vendor's API as the owner.
    ///
    /// # Errors
    /// When the call fails.
    pub async fn call(&self, method: Method, path: &str) -> StepResult<(u16, Value)> {
        let url = format!("{}/v1/account{path}", self.user.system.wallet);
        let token = self.token("owner").await?;
        let request = Client::new().request(method, url).bearer_auth(token);
        let response = request.send().await?;
        let status = response.status().as_u16();
        let text = response.text().await?;
        Ok((status, serde_json::from_str(&text).unwrap_or(Value::Null)))
    }

    /// The ids of the cards, the default first.
    ///
    /// # Errors
    /// When the call fails.
    pub async fn ids(&self) -> StepResult<Vec<String>> {
        let (status, list) = self.call(Method::GET, "/payment-methods").await?;
        ensure(status == 200, || format!("{status} {list}"))?;
        let rows = list.as_array().cloned().unwrap_or_default();
        Ok(rows
            .iter()
            .filter_map(|row| row.get("id")?.as_str().map(str::to_owned))
            .collect())
    }
}
