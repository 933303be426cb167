//! A refund of a charge, whole or in part. Made by `api/refunds.rs`.

use serde_json::{Map, Value, json};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefundStatus {
    Pending,
    /// The money is given back.
    Succeeded,
    /// The money came back to the merchant.
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

/// One refund; it succeeds at once but for the cards published for another end.
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
    /// Where it will stand a moment later, when that is not where it stands.
    pub next: Option<RefundStatus>,
    pub metadata: Map<String, Value>,
}

impl Refund {
    /// As a server sees it.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let mut shown = json!({
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
        if let (RefundStatus::Failed, Some(members)) = (self.status, shown.as_object_mut()) {
            members.insert(
                "failure_reason".to_owned(),
                "expired_or_canceled_card".into(),
            );
        }
        shown
    }
}
