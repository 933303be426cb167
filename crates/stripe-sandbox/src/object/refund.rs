//! A refund of a charge, whole or in part. Made by `api/refunds.rs`.

use serde_json::{Map, Value, json};

/// One refund; here it always succeeds at once.
#[derive(Clone, Debug)]
pub struct Refund {
    /// `re_…`.
    pub id: String,
    /// Unix seconds.
    pub created: i64,
    /// Minor units of `currency`.
    pub amount: u64,
    /// ISO 4217, lower case.
    pub currency: String,
    /// `ch_…`.
    pub charge: String,
    /// `pi_…`.
    pub payment_intent: String,
    /// `pm_…`.
    pub payment_method: String,
    /// `cus_…`.
    pub customer: Option<String>,
    /// `duplicate`, `fraudulent` or `requested_by_customer`.
    pub reason: Option<String>,
    /// The merchant's own notes.
    pub metadata: Map<String, Value>,
}

impl Refund {
    /// As a server sees it.
    #[must_use]
    pub fn to_json(&self) -> Value {
        json!({
            "id": self.id,
            "object": "refund",
            "amount": self.amount,
            "balance_transaction": null,
            "charge": self.charge,
            "created": self.created,
            "currency": self.currency,
            "customer": self.customer,
            "customer_account": null,
            "metadata": self.metadata,
            "payment_intent": self.payment_intent,
            "payment_method": self.payment_method,
            "reason": self.reason,
            "receipt_number": null,
            "source_transfer_reversal": null,
            "status": "succeeded",
            "transfer_reversal": null,
        })
    }
}
