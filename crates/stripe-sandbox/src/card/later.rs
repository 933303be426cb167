//! What follows a charge of a test card: a dispute, a warning, or a refund that is not over at once. Part of
//! [`super::TestCard`], acted out by `api/sequel.rs` and `api/refunds.rs`.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Later {
    Nothing,
    Disputed(Reason),
    DisputedTwice(Reason),
    /// The bank inquires, which is no dispute yet.
    Inquired,
    /// The bank warns of fraud.
    FraudWarning,
    /// A refund is `pending` first and `succeeded` a moment later.
    RefundPends,
    /// A refund is `succeeded` first and `failed` a moment later.
    RefundFails,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The cardholder knows nothing of it.
    Fraudulent,
    ProductNotReceived,
    /// Against the network's own rules.
    Noncompliant,
    General,
}

impl Reason {
    /// As the API spells it.
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
