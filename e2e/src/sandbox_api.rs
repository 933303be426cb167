//! The sandbox's API for tests: payment methods, the request journal, faults.

use reqwest::{Client, Method};
use serde_json::{Value, json};

use crate::{StepResult, ensure};

/// The booking site's account at the sandbox.
const STUDIO_ACCOUNT: &str = "demo";

/// The sandbox's API with the keys of one account.
pub struct SandboxApi {
    base: String,
    account: &'static str,
    client: Client,
}

impl SandboxApi {
    #[must_use]
    pub fn new(base: &str) -> Self {
        Self {
            base: base.to_owned(),
            account: STUDIO_ACCOUNT,
            client: Client::new(),
        }
    }

    /// The same sandbox with another account, such as `mikrocloud`.
    #[must_use]
    pub fn for_account(&self, account: &'static str) -> Self {
        Self {
            account,
            ..Self::new(&self.base)
        }
    }

    async fn send(&self, method: Method, path: &str, body: Option<Value>) -> StepResult<Value> {
        let mut request = self
            .client
            .request(method, format!("{}{path}", self.base))
            .bearer_auth(format!("sk_test_{}", self.account));
        if let Some(body) = body {
            request = request.json(&body);
        }
        let text = request.send().await?.text().await?;
        Ok(serde_json::from_str(&text).unwrap_or(Value::Null))
    }

    /// Retrieves a payment method.
    ///
    /// # Errors
    /// When the call fails.
    pub async fn payment_method(&self, id: &str) -> StepResult<Value> {
        self.send(Method::GET, &format!("/v1/payment_methods/{id}"), None)
            .await
    }

    /// The ids of a customer's payment methods.
    ///
    /// # Errors
    /// When the call fails.
    pub async fn cards_of(&self, customer: &str) -> StepResult<Vec<String>> {
        let list = self
            .send(
                Method::GET,
                &format!("/v1/payment_methods?customer={customer}&type=card&limit=100"),
                None,
            )
            .await?;
        let rows = list
            .get("data")
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default();
        Ok(rows
            .iter()
            .filter_map(|row| row.get("id")?.as_str().map(str::to_owned))
            .collect())
    }

    /// The account's requests in the sandbox's journal, newest last.
    ///
    /// # Errors
    /// When the call fails.
    pub async fn requests(&self) -> StepResult<Vec<Value>> {
        let journal = self
            .send(
                Method::GET,
                &format!("/sandbox/requests?key=pk_test_{}&limit=5000", self.account),
                None,
            )
            .await?;
        let rows = journal
            .as_array()
            .or_else(|| journal.get("requests")?.as_array())
            .or_else(|| journal.get("data")?.as_array());
        Ok(rows.cloned().unwrap_or_default())
    }

    /// Counts the requests with this method and a matching path.
    ///
    /// # Errors
    /// When the call fails.
    pub async fn count(&self, method: &str, is_path: impl Fn(&str) -> bool) -> StepResult<usize> {
        let matches = |row: &Value| {
            row.get("method").and_then(Value::as_str) == Some(method)
                && row
                    .get("path")
                    .and_then(Value::as_str)
                    .is_some_and(&is_path)
        };
        Ok(self
            .requests()
            .await?
            .iter()
            .filter(|row| matches(row))
            .count())
    }

    /// Replaces all faults by this one.
    ///
    /// # Errors
    /// When the sandbox refuses it.
    pub async fn fault(&self, fault: Value) -> StepResult {
        self.put_faults(json!({"clear": true, "faults": [fault]}))
            .await
    }

    /// Removes all faults.
    ///
    /// # Errors
    /// When the sandbox refuses it.
    pub async fn clear_faults(&self) -> StepResult {
        self.put_faults(json!({"clear": true, "faults": []})).await
    }

    async fn put_faults(&self, body: Value) -> StepResult {
        let url = format!("{}/sandbox/faults", self.base);
        let response = self.client.post(url).json(&body).send().await?;
        let status = response.status();
        ensure(status.is_success(), || {
            format!("the sandbox refused the fault: {status}")
        })
    }
}
