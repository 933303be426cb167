//! A refund of a charge, in whole or in part. Created by `api/refunds.rs`.

use serde_json::{Map, Value, json};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefundStatus {
    Pending,
    Succeeded,
    /// The money was returned to the merchant.
    Failed,
}

impl RefundStatus {
    fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Succeeded => "succeeded",
            Self::Failed => "failed",
        }
    }
}

/// A refund. It succeeds at once, except for the test cards that Stripe publishes for pending and failing refunds.
#[derive(Clone, Debug)]
pub struct Refund {
    pub id: String,
    pub created: i64,
    pub amount: u64,
    pub currency: String,
    pub charge: String,
    pub payment_intent: String,
    pub payment_method: String,
    pub customer: Option<String>,
    pub reason: Option<String>,
    pub status: RefundStatus,
    /// The status it will get a moment later.
    pub next: Option<RefundStatus>,
    pub metadata: Map<String, Value>,
}

impl Refund {
    #[must_use]
    pub fn to_json(&self) -> Value {
        let mut object = json!({
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
            "status": self.status.as_str(),
            "transfer_reversal": null,
        });
        if let (RefundStatus::Failed, Some(members)) = (self.status, object.as_object_mut()) {
            members.insert(
                "failure_reason".to_owned(),
                "expired_or_canceled_card".into(),
            );
        }
        object
    }
}
