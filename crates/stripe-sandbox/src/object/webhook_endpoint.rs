//! A webhook endpoint: where events are sent, which of them, and the secrets they are signed with.
//! Made and changed by `api/webhook_endpoints.rs`, served by [`crate::webhook`].

use serde_json::{Map, Value, json};
use std::fmt;

/// What events are signed with. Its `Debug` prints nothing of it.
#[derive(Clone, PartialEq, Eq)]
pub struct SigningSecret(pub String);

impl fmt::Debug for SigningSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// A secret that was rolled, and still signs beside the new one for a while.
#[derive(Clone, Debug)]
pub struct Retiring {
    pub secret: SigningSecret,
    /// Unix seconds after which it signs no more.
    pub until: i64,
}

#[derive(Clone, Debug)]
pub struct WebhookEndpoint {
    pub id: String,
    pub created: i64,
    /// Where events go: plain HTTP on loopback.
    pub url: String,
    /// Kinds of events; `*` is all of them.
    pub enabled_events: Vec<String>,
    /// Whether it hears of connected accounts, and of them only.
    pub connect: bool,
    pub description: Option<String>,
    /// The version events are shaped for; the account's own when none.
    pub api_version: Option<String>,
    pub metadata: Map<String, Value>,
    pub enabled: bool,
    pub secret: SigningSecret,
    /// What still signs beside it.
    pub retiring: Option<Retiring>,
}

impl WebhookEndpoint {
    /// Whether it wants events of this kind, on a connected account or not.
    #[must_use]
    pub fn wants(&self, kind: &str, on_connected: bool) -> bool {
        self.enabled
            && self.connect == on_connected
            && self
                .enabled_events
                .iter()
                .any(|wanted| wanted == "*" || wanted == kind)
    }

    /// Every secret that signs at `now`, the newest first.
    #[must_use]
    pub fn secrets(&self, now: i64) -> Vec<SigningSecret> {
        let old = self
            .retiring
            .iter()
            .filter(|old| old.until > now)
            .map(|old| &old.secret);
        std::iter::once(&self.secret).chain(old).cloned().collect()
    }

    /// As a server sees it; the secret is only in the answer that made it.
    #[must_use]
    pub fn to_json(&self) -> Value {
        json!({
            "id": self.id,
            "object": "webhook_endpoint",
            "api_version": self.api_version,
            "application": null,
            "created": self.created,
            "description": self.description,
            "enabled_events": self.enabled_events,
            "livemode": false,
            "metadata": self.metadata,
            "status": if self.enabled { "enabled" } else { "disabled" },
            "url": self.url,
        })
    }
}
