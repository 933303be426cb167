//! The four steps, each made of the one before: a save before the capture cannot be written.
//!
//! Walked by the companion's card-present component. [`Sale`] → [`IntentCreated`] (the reader collects) → [`PaymentAuthorized`] →
//! [`PaymentCaptured`] → [`CardBody`]. A step that cannot be made leaves the one before it, to try again or to cancel.

use super::{
    CancelBody, CaptureBody, CaptureResponse, CardBody, ExternalAccountId, ExternalCustomerId,
    ExternalTransactionId, IntentBody, IntentResponse, PaymentId, PaymentStatus,
};
use crate::money::Decimal;
use crate::secret::ClientSecret;

/// A sale at a reader, of whose card the site keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sale {
    /// The merchant's account.
    pub account: ExternalAccountId,
    /// The person.
    pub customer: ExternalCustomerId,
    /// The site's name for the sale.
    pub transaction: Option<ExternalTransactionId>,
    /// What to take; whether it is one of the account's currency, the server says.
    pub amount: Decimal,
}

impl Sale {
    /// Step 1: the body of `POST /payment/intent`.
    #[must_use]
    pub fn body(&self) -> IntentBody {
        IntentBody::card_present(
            self.account.clone(),
            self.amount.clone(),
            self.customer.clone(),
            self.transaction.clone(),
        )
    }

    /// The intent was made.
    #[must_use]
    pub fn intent_created(self, answer: IntentResponse) -> IntentCreated {
        IntentCreated {
            sale: self,
            payment: answer.payment_id,
            secret: answer.client_secret,
        }
    }
}

/// Step 2 is next: the reader collects and processes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntentCreated {
    sale: Sale,
    payment: PaymentId,
    secret: ClientSecret,
}

impl IntentCreated {
    /// For Stripe Terminal's `collectPaymentMethod`.
    #[must_use]
    pub fn client_secret(&self) -> &ClientSecret {
        &self.secret
    }

    /// The payment.
    #[must_use]
    pub fn payment_id(&self) -> &PaymentId {
        &self.payment
    }

    /// Instead of the reader: the body of `POST /payment/cancel`.
    #[must_use]
    pub fn cancel(&self) -> CancelBody {
        CancelBody {
            payment_id: self.payment.clone(),
            external_account_id: self.sale.account.clone(),
        }
    }

    /// What `processPayment` gave: this payment, authorized and waiting to be captured; `None` when it is another, or
    /// not authorized.
    #[must_use]
    pub fn authorized(&self, id: &str, status: &PaymentStatus) -> Option<PaymentAuthorized> {
        let authorized = *status == PaymentStatus::RequiresCapture;
        (authorized && id == self.payment.as_str()).then(|| PaymentAuthorized {
            sale: self.sale.clone(),
            payment: self.payment.clone(),
        })
    }
}

/// Step 3 is next: the capture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentAuthorized {
    sale: Sale,
    payment: PaymentId,
}

impl PaymentAuthorized {
    /// Step 3: the body of `POST /payment/capture`, for the whole amount.
    #[must_use]
    pub fn capture(&self) -> CaptureBody {
        CaptureBody {
            payment_id: self.payment.clone(),
            amount: self.sale.amount.clone(),
            external_account_id: self.sale.account.clone(),
        }
    }

    /// Instead of the capture: the body of `POST /payment/cancel`.
    #[must_use]
    pub fn cancel(&self) -> CancelBody {
        CancelBody {
            payment_id: self.payment.clone(),
            external_account_id: self.sale.account.clone(),
        }
    }

    /// What the capture gave; `None` when it is another payment, or the money was not taken.
    #[must_use]
    pub fn captured(&self, answer: &CaptureResponse) -> Option<PaymentCaptured> {
        let taken = answer.status.is_captured();
        (taken && answer.payment_id == self.payment).then(|| PaymentCaptured {
            sale: self.sale.clone(),
            payment: self.payment.clone(),
        })
    }
}

/// Step 4 is next: the card may be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentCaptured {
    sale: Sale,
    payment: PaymentId,
}

impl PaymentCaptured {
    /// Step 4: the body of `POST /customer/card`.
    #[must_use]
    pub fn save(&self) -> CardBody {
        CardBody {
            payment_id: self.payment.clone(),
            external_customer_id: self.sale.customer.clone(),
            external_account_id: self.sale.account.clone(),
        }
    }
}
