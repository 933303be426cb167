//! The booking site's server, which creates and removes deletion blocks.

use reqwest::Method;
use serde_json::{Value, json};

use super::{Answer, HOLDS_KEY, STUDIO, World};

pub struct Shop<'a> {
    world: &'a World,
    pub key: String,
}

impl<'a> Shop<'a> {
    pub fn new(world: &'a World) -> Self {
        Self {
            world,
            key: HOLDS_KEY.to_owned(),
        }
    }

    pub async fn call(&self, method: Method, path: &str, body: Option<&Value>) -> Answer {
        let mut request = self
            .world
            .http
            .request(method, self.world.url(path))
            .bearer_auth(&self.key);
        if let Some(body) = body {
            request = request.json(body);
        }
        Answer::of(request.send().await.unwrap()).await
    }

    /// Creates a block for an appointment in the far future.
    pub async fn holds(&self, person: i64, reference: &str, reason: &str) -> Answer {
        let body = json!({
            "company_id": STUDIO, "user_id": person, "reference": reference, "reason": reason,
            "until": "2036-11-24T10:00:00-08:00"
        });
        self.call(Method::POST, "/holds", Some(&body)).await
    }

    pub async fn lifts(&self, reference: &str) -> Answer {
        self.call(
            Method::DELETE,
            &format!("/holds/{reference}?company_id={STUDIO}"),
            None,
        )
        .await
    }

    pub async fn lists(&self, person: i64) -> Vec<Value> {
        let path = format!("/holds?company_id={STUDIO}&user_id={person}");
        let answer = self.call(Method::GET, &path, None).await;
        answer.body["holds"]
            .as_array()
            .unwrap_or_else(|| panic!("{answer:?}"))
            .clone()
    }
}
