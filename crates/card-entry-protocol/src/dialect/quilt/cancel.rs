//! Giving a payment up before it is captured: ours, since the vendor's page stops at the happy end. An authorized
//! payment that is only forgotten holds the person's money for days.

use serde::{Deserialize, Serialize};

use super::{ExternalAccountId, PaymentId, PaymentStatus};

/// `POST /payment/cancel`. Made by [`steps`](super::steps), up to the capture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CancelBody {
    pub(super) payment_id: PaymentId,
    pub(super) external_account_id: ExternalAccountId,
}

impl CancelBody {
    /// The payment.
    #[must_use]
    pub fn payment_id(&self) -> &PaymentId {
        &self.payment_id
    }

    /// Whose account it is in.
    #[must_use]
    pub fn account(&self) -> &ExternalAccountId {
        &self.external_account_id
    }
}

/// Of `POST /payment/cancel`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CancelResponse {
    /// The payment.
    pub payment_id: PaymentId,
    /// `canceled`: nothing was taken, and nothing is held.
    pub status: PaymentStatus,
}
