//! The four steps of a payment at a reader. Each type is created from the one before, so that a card can never be saved
//! before its payment is captured.
//!
//! The companion's terminal payment uses them: [`Sale`] → [`IntentCreated`] (the reader collects the card) →
//! [`PaymentAuthorized`] → [`PaymentCaptured`] → [`CardBody`]. After a failed step the value of the step before is still
//! there, to try again or to cancel.
//!
//! ```
//! use card_entry_protocol::dialect::quilt::steps::Sale;
//! use card_entry_protocol::dialect::quilt::{
//!     CaptureResponse, ExternalAccountId, ExternalCustomerId, IntentResponse, PaymentStatus,
//! };
//! use card_entry_protocol::money::Decimal;
//!
//! let sale = Sale {
//!     account: ExternalAccountId::parse("account_1").expect("an account"),
//!     customer: ExternalCustomerId::parse("customer_1").expect("a customer"),
//!     transaction: None,
//!     amount: Decimal::parse("12.99").expect("an amount"),
//! };
//! // Step 1: send `sale.body()` to `POST /payment/intent`.
//! let response: IntentResponse = serde_json::from_str(
//!     r#"{"payment_id": "pi_1", "client_secret": "pi_1_secret_2", "status": "requires_payment_method", "currency": "usd"}"#,
//! )?;
//! let created = sale.intent_created(response);
//! // Step 2: the reader collects the card for `created.client_secret()`.
//! let authorized = created.authorized("pi_1", &PaymentStatus::RequiresCapture).expect("authorized");
//! // Step 3: send `authorized.capture()` to `POST /payment/capture`.
//! let response: CaptureResponse =
//!     serde_json::from_str(r#"{"payment_id": "pi_1", "status": "succeeded", "currency": "usd"}"#)?;
//! let captured = authorized.captured(&response).expect("captured");
//! // Step 4: send `captured.save()` to `POST /customer/card`.
//! assert_eq!(captured.save().payment_id().as_str(), "pi_1");
//! # Ok::<(), serde_json::Error>(())
//! ```

use super::{
    CancelBody, CaptureBody, CaptureResponse, CardBody, ExternalAccountId, ExternalCustomerId,
    ExternalTransactionId, IntentBody, IntentResponse, PaymentId, PaymentStatus,
};
use crate::money::Decimal;
use crate::secret::ClientSecret;

/// A sale at a reader whose card the site saves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sale {
    /// The site's own id of the merchant's account.
    pub account: ExternalAccountId,
    /// The site's own id of the person.
    pub customer: ExternalCustomerId,
    /// The site's own id of the sale.
    pub transaction: Option<ExternalTransactionId>,
    /// The amount in major units. The server checks it against the account's currency.
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

    /// Continues with the response of `POST /payment/intent`.
    #[must_use]
    pub fn intent_created(self, answer: IntentResponse) -> IntentCreated {
        IntentCreated {
            sale: self,
            payment: answer.payment_id,
            secret: answer.client_secret,
        }
    }
}

/// The intent is created. Step 2 is next: the reader collects the card and authorizes the payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntentCreated {
    sale: Sale,
    payment: PaymentId,
    secret: ClientSecret,
}

impl IntentCreated {
    /// The client secret for Stripe Terminal's `collectPaymentMethod`.
    #[must_use]
    pub fn client_secret(&self) -> &ClientSecret {
        &self.secret
    }

    /// The id of the payment, `pi_…`.
    #[must_use]
    pub fn payment_id(&self) -> &PaymentId {
        &self.payment
    }

    /// Cancels instead of step 2: the body of `POST /payment/cancel`.
    #[must_use]
    pub fn cancel(&self) -> CancelBody {
        CancelBody {
            payment_id: self.payment.clone(),
            external_account_id: self.sale.account.clone(),
        }
    }

    /// Continues with the result of Stripe Terminal's `processPayment`; `None` when it is another payment, or not
    /// authorized.
    #[must_use]
    pub fn authorized(&self, id: &str, status: &PaymentStatus) -> Option<PaymentAuthorized> {
        let authorized = *status == PaymentStatus::RequiresCapture;
        (authorized && id == self.payment.as_str()).then(|| PaymentAuthorized {
            sale: self.sale.clone(),
            payment: self.payment.clone(),
        })
    }
}

/// The payment is authorized. Step 3 is next: the capture.
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

    /// Cancels instead of step 3: the body of `POST /payment/cancel`.
    #[must_use]
    pub fn cancel(&self) -> CancelBody {
        CancelBody {
            payment_id: self.payment.clone(),
            external_account_id: self.sale.account.clone(),
        }
    }

    /// Continues with the response of `POST /payment/capture`; `None` when it is another payment, or not captured.
    #[must_use]
    pub fn captured(&self, answer: &CaptureResponse) -> Option<PaymentCaptured> {
        let captured = answer.status.is_captured();
        (captured && answer.payment_id == self.payment).then(|| PaymentCaptured {
            sale: self.sale.clone(),
            payment: self.payment.clone(),
        })
    }
}

/// The payment is captured. Step 4 is next: the card can be saved.
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
