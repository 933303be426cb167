//! Cancels a payment before it is captured. This call is ours: the vendor's page has only the successful case.
//!
//! An authorized payment must never be left alone: the person's money stays reserved for days.

use serde::{Deserialize, Serialize};

use super::{ExternalAccountId, PaymentId, PaymentStatus};

/// The body of `POST /payment/cancel`. The [`steps`](super::steps) before the capture create it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
pub struct CancelBody {
    /// The id of the payment that is not captured yet, `pi_…`.
    pub(super) payment_id: PaymentId,
    /// The merchant's account, in the site's own words.
    pub(super) external_account_id: ExternalAccountId,
}

impl CancelBody {
    /// The id of the payment to cancel, `pi_…`.
    #[must_use]
    pub fn payment_id(&self) -> &PaymentId {
        &self.payment_id
    }

    /// The merchant's account that owns the payment.
    #[must_use]
    pub fn account(&self) -> &ExternalAccountId {
        &self.external_account_id
    }
}

/// The response of `POST /payment/cancel`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
pub struct CancelResponse {
    /// The id of the payment, `pi_…`.
    pub payment_id: PaymentId,
    /// The status of the payment; `canceled` when nothing was captured and nothing is reserved.
    pub status: PaymentStatus,
}
