//! A refund of a charge, whole or in part. Made by `api/refunds.rs`.

use serde_json::{Map, Value, json};

/// Where a refund stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefundStatus {
    /// On its way.
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
    /// Where it stands.
    pub status: RefundStatus,
    /// Where it will stand a moment later, when that is not where it stands.
    pub next: Option<RefundStatus>,
    /// The merchant's own notes.
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
