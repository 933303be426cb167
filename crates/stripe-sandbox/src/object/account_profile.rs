//! The `account` object that `/v1/account` returns. Part of [`crate::account::Account`].

use serde_json::{Map, Value, json};

#[derive(Clone, Debug, Default)]
pub struct AccountProfile {
    pub created: i64,
    /// Whether a platform created it with `POST /v1/accounts`.
    pub created_by_platform: bool,
    pub kind: Option<String>,
    pub country: Option<String>,
    pub email: Option<String>,
    pub metadata: Map<String, Value>,
}

impl AccountProfile {
    #[must_use]
    pub fn to_json(&self, id: &str) -> Value {
        json!({
            "id": id,
            "object": "account",
            "business_type": null,
            "capabilities": { "card_payments": "active", "transfers": "active" },
            "charges_enabled": true,
            "country": self.country.as_deref().unwrap_or("US"),
            "created": self.created,
            "default_currency": "usd",
            "details_submitted": true,
            "email": self.email,
            "metadata": self.metadata,
            "payouts_enabled": true,
            "type": self.kind.as_deref().unwrap_or("standard"),
        })
    }
}
