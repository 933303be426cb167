//! A webhook endpoint: the URL that events are sent to, their types, and the secrets they are signed with.
//! Created and changed by `api/webhook_endpoints.rs`, used by [`crate::webhook`]. Only the response that creates an
//! endpoint may show its secret.

use serde_json::{Map, Value, json};
use std::fmt;

/// The secret that events are signed with. `Debug` does not print it.
#[derive(Clone, PartialEq, Eq)]
pub struct SigningSecret(pub String);

impl fmt::Debug for SigningSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// A rolled secret. Events are signed with it too until it expires.
#[derive(Clone, Debug)]
pub struct ExpiringSecret {
    pub secret: SigningSecret,
    /// When it expires, in Unix seconds.
    pub expires_at: i64,
}

#[derive(Clone, Debug)]
pub struct WebhookEndpoint {
    pub id: String,
    pub created: i64,
    /// Plain HTTP, on a loopback address.
    pub url: String,
    /// Event types; `*` is all of them.
    pub enabled_events: Vec<String>,
    /// Whether it receives the events of connected accounts, and no others.
    pub connect: bool,
    pub description: Option<String>,
    /// The API version of the events; `None`: the account's version.
    pub api_version: Option<String>,
    pub metadata: Map<String, Value>,
    pub enabled: bool,
    pub secret: SigningSecret,
    pub expiring_secret: Option<ExpiringSecret>,
}

impl WebhookEndpoint {
    /// Whether it receives events of this type. `on_connected`: the event is of a connected account.
    #[must_use]
    pub fn is_subscribed_to(&self, kind: &str, on_connected: bool) -> bool {
        self.enabled
            && self.connect == on_connected
            && self
                .enabled_events
                .iter()
                .any(|enabled| enabled == "*" || enabled == kind)
    }

    /// The secrets that are valid at `now` (Unix seconds), newest first.
    #[must_use]
    pub fn secrets(&self, now: i64) -> Vec<SigningSecret> {
        let old = self
            .expiring_secret
            .iter()
            .filter(|old| old.expires_at > now)
            .map(|old| &old.secret);
        std::iter::once(&self.secret).chain(old).cloned().collect()
    }

    /// The JSON object, without the secret.
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
