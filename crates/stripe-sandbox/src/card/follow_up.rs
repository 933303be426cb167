//! What happens after a charge of a test card: a dispute, a fraud warning, or a refund that changes its status later.
//! Part of [`super::TestCard`], applied by `api/charge_follow_up.rs` and `api/refunds.rs`.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FollowUp {
    Nothing,
    Disputed(DisputeReason),
    DisputedTwice(DisputeReason),
    /// The bank inquires; no money is withdrawn.
    Inquiry,
    EarlyFraudWarning,
    /// A refund is `pending`, and `succeeded` a moment later.
    PendingRefund,
    /// A refund is `succeeded`, and `failed` a moment later.
    FailedRefund,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DisputeReason {
    /// The cardholder did not make the payment.
    Fraudulent,
    ProductNotReceived,
    /// The charge breaks a rule of the card network.
    Noncompliant,
    General,
}

impl DisputeReason {
    /// The value in the API's JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Fraudulent => "fraudulent",
            Self::ProductNotReceived => "product_not_received",
            Self::Noncompliant => "noncompliant",
            Self::General => "general",
        }
    }
}
