//! The gateway as a test sees it: its injected faults, and the calls it received.

use serde_json::{Value, json};

use super::{Answer, World};

impl World {
    /// Injects a fault at the gateway; see the sandbox's `/sandbox/faults`.
    pub async fn gateway_fault(&self, fault: Value) {
        self.gateway_fault_of("studio", fault).await;
    }

    /// The same for another account of the gateway, or a merchant.
    pub async fn gateway_fault_of(&self, name: &str, fault: Value) {
        let orders = json!({"key": format!("pk_test_{name}"), "faults": [fault]});
        let url = format!("{}/sandbox/faults", self.sandbox.origins().api);
        let answer = Answer::of(self.http.post(url).json(&orders).send().await.unwrap()).await;
        assert_eq!(answer.status, 200, "{answer:?}");
    }

    /// Removes all faults of the gateway.
    pub async fn gateway_recovers(&self) {
        let orders = json!({"key": "pk_test_studio", "clear": true});
        let url = format!("{}/sandbox/faults", self.sandbox.origins().api);
        assert_eq!(
            self.http
                .post(url)
                .json(&orders)
                .send()
                .await
                .unwrap()
                .status(),
            200
        );
    }

    /// Makes the gateway forget the idempotency keys of an account, as Stripe does after a day.
    pub async fn gateway_forgets_keys_of(&self, name: &str) {
        let order = json!({"key": format!("sk_test_{name}"), "older_by_hours": 24});
        let url = format!("{}/sandbox/idempotency", self.sandbox.origins().api);
        let answer = Answer::of(self.http.post(url).json(&order).send().await.unwrap()).await;
        assert_eq!(answer.body["remembered"], 0, "{answer:?}");
    }

    /// The number of setup intents at the gateway.
    pub async fn gateway_intents(&self) -> usize {
        let url = format!("{}/v1/setup_intents?limit=100", self.sandbox.origins().api);
        let list = self
            .http
            .get(url)
            .bearer_auth("sk_test_studio")
            .send()
            .await
            .unwrap();
        Answer::of(list).await.body["data"]
            .as_array()
            .expect("a list")
            .len()
    }

    /// All calls that the gateway received.
    pub async fn gateway_requests(&self) -> Vec<Value> {
        let url = format!(
            "{}/sandbox/requests?origin=api&limit=5000",
            self.sandbox.origins().api
        );
        let answer = Answer::of(self.http.get(url).send().await.unwrap()).await;
        answer.body["requests"].as_array().expect("a list").clone()
    }

    /// The number of calls of a method and a path pattern that the gateway received.
    pub async fn gateway_calls(&self, method: &str, pattern: &str) -> usize {
        let fits = |path: &str| {
            let (mut path, mut pattern) = (path.split('/'), pattern.split('/'));
            path.by_ref()
                .zip(pattern.by_ref())
                .all(|(part, wanted)| wanted == "*" || part == wanted)
                && path.next().is_none()
                && pattern.next().is_none()
        };
        let calls = self.gateway_requests().await;
        calls
            .iter()
            .filter(|call| call["method"] == method && fits(call["path"].as_str().unwrap()))
            .count()
    }
}
