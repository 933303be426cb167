//! The sandbox seen from its operator's side: what the gateway knows, what it was asked, and its faults.

use reqwest::{Client, Method};
use serde_json::{Value, json};

use crate::{Step, ensure};

/// The booking site's account at the sandbox.
const STUDIO: &str = "demo";

/// The sandbox's API, as the operator of one account sees it.
pub struct Gateway {
    base: String,
    account: &'static str,
    client: Client,
}

impl Gateway {
    /// Speaks to the sandbox at this address.
    #[must_use]
    pub fn new(base: &str) -> Self {
        Self {
            base: base.to_owned(),
            account: STUDIO,
            client: Client::new(),
        }
    }

    /// The same sandbox, seen by another account, such as `mikrocloud`.
    #[must_use]
    pub fn of(&self, account: &'static str) -> Self {
        Self {
            account,
            ..Self::new(&self.base)
        }
    }

    async fn send(&self, method: Method, path: &str, body: Option<Value>) -> Step<Value> {
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

    /// A payment method as the gateway knows it.
    ///
    /// # Errors
    /// The wire's.
    pub async fn payment_method(&self, id: &str) -> Step<Value> {
        self.send(Method::GET, &format!("/v1/payment_methods/{id}"), None)
            .await
    }

    /// The ids of a customer's payment methods.
    ///
    /// # Errors
    /// The wire's.
    pub async fn cards_of(&self, customer: &str) -> Step<Vec<String>> {
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

    /// The requests the sandbox saw and still keeps, newest last.
    ///
    /// # Errors
    /// The wire's.
    pub async fn requests(&self) -> Step<Vec<Value>> {
        let seen = self
            .send(
                Method::GET,
                &format!("/sandbox/requests?key=pk_test_{}&limit=5000", self.account),
                None,
            )
            .await?;
        let rows = seen
            .as_array()
            .or_else(|| seen.get("requests")?.as_array())
            .or_else(|| seen.get("data")?.as_array());
        Ok(rows.cloned().unwrap_or_default())
    }

    /// How many requests of this method and path start the sandbox saw.
    ///
    /// # Errors
    /// The wire's.
    pub async fn count(&self, method: &str, is_path: impl Fn(&str) -> bool) -> Step<usize> {
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

    /// Puts one fault in force for whoever it meets, in place of all before it.
    ///
    /// # Errors
    /// When the sandbox does not take it.
    pub async fn fault(&self, fault: Value) -> Step {
        self.put_faults(json!({"clear": true, "faults": [fault]}))
            .await
    }

    /// Lifts every fault.
    ///
    /// # Errors
    /// When the sandbox does not take it.
    pub async fn heal(&self) -> Step {
        self.put_faults(json!({"clear": true, "faults": []})).await
    }

    async fn put_faults(&self, body: Value) -> Step {
        let url = format!("{}/sandbox/faults", self.base);
        let answer = self.client.post(url).json(&body).send().await?;
        let status = answer.status();
        ensure(status.is_success(), || {
            format!("the sandbox takes no fault: {status}")
        })
    }
}
