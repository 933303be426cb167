//! The ids of payments, accounts, customers and sales, and the status of a payment.
//!
//! A site's own id must never contain a card number.

use crate::number::id_contains_card_number;
use crate::text::{is_prefixed_word, open_words, public_text};

public_text!(
    /// The id of a payment, Stripe's PaymentIntent, `pi_…`.
    PaymentId,
    "not a payment",
    |text| is_prefixed_word(text, "pi_", 1, 128)
);

/// Whether a text may be a site's own id: any text with spaces, e.g. "my merchants account id". It is stored and sent on, so
/// it must not contain a card number.
fn is_external_id(text: &str) -> bool {
    (1..=255).contains(&text.chars().count())
        && !text.chars().any(char::is_control)
        && text.trim() == text
        && !id_contains_card_number(text)
}

public_text!(
    /// The site's own id of the merchant's account: 1 to 255 characters, without a card number.
    ExternalAccountId,
    "not an account (1 to 255 characters, no card number)",
    is_external_id
);

public_text!(
    /// The site's own id of the person: 1 to 255 characters, without a card number.
    ExternalCustomerId,
    "not a customer (1 to 255 characters, no card number)",
    is_external_id
);

public_text!(
    /// The site's own id of the sale: 1 to 255 characters, without a card number.
    ExternalTransactionId,
    "not a transaction (1 to 255 characters, no card number)",
    is_external_id
);

open_words!(
    /// The status of a payment, as Stripe's PaymentIntent has it.
    /// See <https://docs.stripe.com/payments/paymentintents/lifecycle>.
    PaymentStatus, "not a status", {
        /// The payment has no payment method yet.
        RequiresPaymentMethod = "requires_payment_method",
        /// The payment has a payment method and is not confirmed yet.
        RequiresConfirmation = "requires_confirmation",
        /// The issuer requires the person to authenticate.
        RequiresAction = "requires_action",
        /// The payment is being processed.
        Processing = "processing",
        /// The payment is authorized and can be captured.
        RequiresCapture = "requires_capture",
        /// The payment was canceled; nothing was captured.
        Canceled = "canceled",
        /// The payment was captured: the money is taken.
        Succeeded = "succeeded",
    }
);

impl PaymentStatus {
    /// Whether the payment is captured, so that its card may be saved.
    #[must_use]
    pub fn is_captured(&self) -> bool {
        *self == Self::Succeeded
    }
}
