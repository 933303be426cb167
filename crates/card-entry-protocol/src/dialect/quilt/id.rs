//! What names a payment and whose it is, and how far a payment is.

use crate::number::id_contains_card_number;
use crate::text::{is_prefixed_word, open_words, public_text};

public_text!(
    /// A payment: Stripe's PaymentIntent, `pi_…`.
    PaymentId,
    "not a payment",
    |text| is_prefixed_word(text, "pi_", 1, 128)
);

/// A site's own name for something: any text a person may write, spaces included, as "my merchants account id". It is
/// stored and sent on, so that it must hold no card number.
fn is_name(text: &str) -> bool {
    (1..=255).contains(&text.chars().count())
        && !text.chars().any(char::is_control)
        && text.trim() == text
        && !id_contains_card_number(text)
}

public_text!(
    /// The merchant's account, as the site names it.
    ExternalAccountId,
    "not an account (1 to 255 characters, no card number)",
    is_name
);

public_text!(
    /// The person, as the site names them.
    ExternalCustomerId,
    "not a customer (1 to 255 characters, no card number)",
    is_name
);

public_text!(
    /// The sale, as the site names it.
    ExternalTransactionId,
    "not a transaction (1 to 255 characters, no card number)",
    is_name
);

open_words!(
    /// How far a payment is, in Stripe's words.
    /// See <https://docs.stripe.com/payments/paymentintents/lifecycle>.
    PaymentStatus, "not a status", {
        /// No card yet.
        RequiresPaymentMethod = "requires_payment_method",
        /// A card that was not yet used.
        RequiresConfirmation = "requires_confirmation",
        /// The bank asks the person.
        RequiresAction = "requires_action",
        /// The bank thinks.
        Processing = "processing",
        /// Authorized: the reader is done, and the money waits to be captured.
        RequiresCapture = "requires_capture",
        /// Given up.
        Canceled = "canceled",
        /// Captured.
        Succeeded = "succeeded",
    }
);

impl PaymentStatus {
    /// Whether the money was taken, and so the card may be kept.
    #[must_use]
    pub fn is_captured(&self) -> bool {
        *self == Self::Succeeded
    }
}
