//! A dispute: the cardholder or the bank demands a refund of a charge. Created by `api/charge_follow_up.rs` for a
//! charge of certain test cards, retrieved and answered through `/v1/disputes`.

use serde_json::{Map, Value, json};

/// How long a merchant can submit evidence: nine days.
const EVIDENCE_DUE_SECONDS: i64 = 9 * 24 * 60 * 60;

pub const EVIDENCE: &[&str] = &[
    "access_activity_log",
    "billing_address",
    "cancellation_policy",
    "cancellation_policy_disclosure",
    "cancellation_rebuttal",
    "customer_communication",
    "customer_email_address",
    "customer_name",
    "customer_purchase_ip",
    "customer_signature",
    "duplicate_charge_documentation",
    "duplicate_charge_explanation",
    "duplicate_charge_id",
    "product_description",
    "receipt",
    "refund_policy",
    "refund_policy_disclosure",
    "refund_refusal_explanation",
    "service_date",
    "service_documentation",
    "shipping_address",
    "shipping_carrier",
    "shipping_date",
    "shipping_documentation",
    "shipping_tracking_number",
    "uncategorized_file",
    "uncategorized_text",
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DisputeStatus {
    /// An inquiry that waits for evidence.
    WarningNeedsResponse,
    /// An inquiry with submitted evidence.
    WarningUnderReview,
    /// An inquiry that ended without a dispute.
    WarningClosed,
    /// A dispute that waits for evidence.
    NeedsResponse,
    /// A dispute with submitted evidence.
    UnderReview,
    /// The merchant keeps the money.
    Won,
    /// The cardholder gets the money.
    Lost,
}

impl DisputeStatus {
    /// The value in the API's JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::WarningNeedsResponse => "warning_needs_response",
            Self::WarningUnderReview => "warning_under_review",
            Self::WarningClosed => "warning_closed",
            Self::NeedsResponse => "needs_response",
            Self::UnderReview => "under_review",
            Self::Won => "won",
            Self::Lost => "lost",
        }
    }

    /// Whether it is an inquiry, for which no money was withdrawn.
    #[must_use]
    pub fn is_inquiry(self) -> bool {
        matches!(
            self,
            Self::WarningNeedsResponse | Self::WarningUnderReview | Self::WarningClosed
        )
    }

    /// Whether the status is final.
    #[must_use]
    pub fn is_final(self) -> bool {
        matches!(self, Self::WarningClosed | Self::Won | Self::Lost)
    }
}

#[derive(Clone, Debug)]
pub struct Dispute {
    pub id: String,
    pub created: i64,
    pub amount: u64,
    pub currency: String,
    pub charge: String,
    pub payment_intent: String,
    pub brand: &'static str,
    pub reason: &'static str,
    pub status: DisputeStatus,
    pub evidence: Map<String, Value>,
    /// How many times evidence was submitted.
    pub submissions: u32,
    pub metadata: Map<String, Value>,
}

impl Dispute {
    #[must_use]
    pub fn to_json(&self) -> Value {
        let mut evidence: Map<String, Value> = EVIDENCE
            .iter()
            .map(|name| {
                (
                    (*name).to_owned(),
                    self.evidence.get(*name).cloned().unwrap_or_default(),
                )
            })
            .collect();
        evidence.insert("enhanced_evidence".to_owned(), json!({}));
        let case = match self.status.is_inquiry() {
            true => "inquiry",
            false => "chargeback",
        };
        json!({
            "id": self.id,
            "object": "dispute",
            "amount": self.amount,
            "balance_transactions": [],
            "charge": self.charge,
            "created": self.created,
            "currency": self.currency,
            "enhanced_eligibility_types": [],
            "evidence": evidence,
            "evidence_details": {
                "due_by": self.created.saturating_add(EVIDENCE_DUE_SECONDS),
                "enhanced_eligibility": {},
                "has_evidence": !self.evidence.is_empty(),
                "past_due": false,
                "submission_count": self.submissions,
                "submission_method": if self.submissions > 0 { "manual" } else { "not_submitted" },
            },
            "intended_submission_method": null,
            "is_charge_refundable": self.status.is_inquiry() && !self.status.is_final(),
            "livemode": false,
            "metadata": self.metadata,
            "payment_intent": self.payment_intent,
            "payment_method_details": {
                "type": "card",
                "card": { "brand": self.brand, "case_type": case, "network": self.brand, "network_reason_code": null },
            },
            "reason": self.reason,
            "status": self.status.as_str(),
        })
    }
}
