//! What is measured: a wallet server or the yardstick, and how each is called. Used by the loads. A request of both must
//! mean the same: begin, save, list.

use reqwest::{Client, RequestBuilder, StatusCode};
use serde::Serialize;
use serde_json::{Value, json};

use super::owners::BenchOwner;

/// The three requests that are measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Operation {
    /// Create a setup intent, for an owner who is new.
    Begin,
    /// Save the payment method that the browser confirmed.
    Save,
    /// List the wallet, which has one card.
    List,
}

impl Operation {
    pub const ALL: [Self; 3] = [Self::Begin, Self::Save, Self::List];

    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Begin => "begin",
            Self::Save => "save",
            Self::List => "list",
        }
    }
}

/// Which program serves the requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SubjectKind {
    WalletServer,
    Yardstick,
}

/// A running program under measurement, as its callers see it.
#[derive(Debug, Clone)]
pub struct Subject {
    pub kind: SubjectKind,
    /// Without a slash at the end.
    pub origin: String,
    pub http: Client,
}

impl Subject {
    /// The request of an operation for an owner.
    pub fn request(&self, operation: Operation, owner: &BenchOwner) -> RequestBuilder {
        match self.kind {
            SubjectKind::WalletServer => self.wallet_request(operation, owner),
            SubjectKind::Yardstick => self.yardstick_request(operation, owner),
        }
    }

    fn wallet_request(&self, operation: Operation, owner: &BenchOwner) -> RequestBuilder {
        let url = |path: &str| format!("{}/v1/account/{path}", self.origin);
        let request = match operation {
            Operation::Begin => self.http.post(url("setup-intent")),
            Operation::Save => self
                .http
                .post(url("payment-methods"))
                .header("idempotency-key", &owner.payment_method)
                .json(&json!({"id": owner.payment_method})),
            Operation::List => self.http.get(url("payment-methods")),
        };
        request
            .bearer_auth(&owner.token)
            .header("x-forwarded-for", owner.address().to_string())
    }

    fn yardstick_request(&self, operation: Operation, owner: &BenchOwner) -> RequestBuilder {
        let origin = &self.origin;
        let number = owner.number;
        match operation {
            Operation::Begin => {
                let body = json!({"account": owner.account(), "owner": number});
                self.http.post(format!("{origin}/begin")).json(&body)
            }
            Operation::Save => {
                let body = json!({
                    "account": owner.account(), "owner": number,
                    "payment_method": owner.payment_method, "intent": owner.intent(),
                });
                self.http.post(format!("{origin}/save")).json(&body)
            }
            Operation::List => self.http.get(format!("{origin}/list/{number}")),
        }
    }

    /// Sends the request and reads the response. A begin stores the client secret in the owner.
    ///
    /// # Errors
    /// The reason as a short text, which is counted: the status, or what is missing in the response.
    pub async fn send(&self, operation: Operation, owner: &mut BenchOwner) -> Result<(), String> {
        let request = self.request(operation, owner);
        let response = request.send().await.map_err(|error| transport(&error))?;
        let status = response.status();
        let body = response.bytes().await.map_err(|error| transport(&error))?;
        let expected = match operation {
            Operation::Begin | Operation::Save => StatusCode::CREATED,
            Operation::List => StatusCode::OK,
        };
        if status != expected {
            return Err(format!(
                "{}: status {}",
                operation.as_str(),
                status.as_u16()
            ));
        }
        let body: Value = serde_json::from_slice(&body)
            .map_err(|_| format!("{}: the response is no JSON", operation.as_str()))?;
        match operation {
            Operation::Begin => {
                let secret = body.get("client_secret").and_then(Value::as_str);
                secret
                    .ok_or("begin: the response has no client secret")?
                    .clone_into(&mut owner.client_secret);
                Ok(())
            }
            Operation::Save => Ok(()),
            Operation::List if body.as_array().is_some_and(|cards| cards.len() == 1) => Ok(()),
            Operation::List => Err("list: the wallet has not one card".to_owned()),
        }
    }
}

/// Few kinds, because they are counted.
fn transport(error: &reqwest::Error) -> String {
    let kind = if error.is_timeout() {
        "timed out"
    } else if error.is_connect() {
        "could not connect"
    } else {
        "the connection broke"
    };
    kind.to_owned()
}
