//! The reasons why a card is declined, with Stripe's codes and messages. Chosen by [`crate::card`], sent by
//! [`crate::error`]. The message must never tell the person that a card is reported lost or stolen.
//! Source: <https://docs.stripe.com/declines/codes>.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decline {
    /// The bank gave no reason.
    Generic,
    InsufficientFunds,
    /// Reported lost. The person must see the message of `Generic`.
    LostCard,
    StolenCard,
    /// Used too often, or above its limit.
    VelocityExceeded,
    /// Expired, according to the bank.
    ExpiredCard,
    /// The bank rejects the security code.
    IncorrectCvc,
    /// A temporary failure of the card network; the same card may work later.
    ProcessingError,
    /// The bank rejects the postal code.
    IncorrectZip,
    /// Suspected fraud, by the bank or by Radar. The person must see the message of `Generic`.
    Fraudulent,
    /// The bank requires authentication, but the payment was off-session.
    AuthenticationRequired,
    /// The number is not a published test number.
    NotATestCard,
    /// The check digit of the number is wrong.
    IncorrectNumber,
    /// The month is not 1 to 12, or the date is past.
    InvalidExpiryMonth,
    /// The year is past or not a year.
    InvalidExpiryYear,
    /// The security code has the wrong length.
    InvalidCvc,
}

impl Decline {
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Generic
            | Self::InsufficientFunds
            | Self::LostCard
            | Self::StolenCard
            | Self::VelocityExceeded
            | Self::Fraudulent
            | Self::NotATestCard => "card_declined",
            Self::ExpiredCard => "expired_card",
            Self::IncorrectCvc => "incorrect_cvc",
            Self::IncorrectZip => "incorrect_zip",
            Self::ProcessingError => "processing_error",
            Self::AuthenticationRequired => "authentication_required",
            Self::IncorrectNumber => "incorrect_number",
            Self::InvalidExpiryMonth => "invalid_expiry_month",
            Self::InvalidExpiryYear => "invalid_expiry_year",
            Self::InvalidCvc => "invalid_cvc",
        }
    }

    /// `error.decline_code`; `None` when the bank was not asked.
    #[must_use]
    pub fn decline_code(self) -> Option<&'static str> {
        Some(match self {
            Self::Generic => "generic_decline",
            Self::InsufficientFunds => "insufficient_funds",
            Self::LostCard => "lost_card",
            Self::StolenCard => "stolen_card",
            Self::VelocityExceeded => "card_velocity_exceeded",
            Self::ExpiredCard => "expired_card",
            Self::IncorrectCvc => "incorrect_cvc",
            Self::IncorrectZip => "incorrect_zip",
            Self::Fraudulent => "fraudulent",
            Self::ProcessingError => "processing_error",
            Self::AuthenticationRequired => "authentication_required",
            Self::NotATestCard => "test_mode_live_card",
            _ => return None,
        })
    }

    #[must_use]
    pub fn param(self) -> Option<&'static str> {
        match self {
            Self::IncorrectNumber => Some("number"),
            Self::InvalidExpiryMonth | Self::ExpiredCard => Some("exp_month"),
            Self::InvalidExpiryYear => Some("exp_year"),
            Self::InvalidCvc | Self::IncorrectCvc => Some("cvc"),
            Self::IncorrectZip => Some("address_zip"),
            _ => None,
        }
    }

    #[must_use]
    pub fn message(self) -> &'static str {
        match self {
            Self::Generic | Self::LostCard | Self::StolenCard | Self::Fraudulent => {
                "Your card was declined."
            }
            Self::InsufficientFunds => "Your card has insufficient funds.",
            Self::VelocityExceeded => {
                "Your card was declined for making repeated attempts too frequently or exceeding its amount limit."
            }
            Self::ExpiredCard => "Your card has expired.",
            Self::IncorrectCvc => "Your card's security code is incorrect.",
            Self::IncorrectZip => "The zip code you supplied failed validation.",
            Self::ProcessingError => {
                "An error occurred while processing your card. Try again in a little bit."
            }
            Self::AuthenticationRequired => {
                "Your card was declined. This transaction requires authentication."
            }
            Self::NotATestCard => {
                "Your card was declined. Your request was in test mode, but used a non test (live) card. \
                 For a list of valid test cards, visit: https://stripe.com/docs/testing."
            }
            Self::IncorrectNumber => "Your card number is incorrect.",
            Self::InvalidExpiryMonth => "Your card's expiration month is invalid.",
            Self::InvalidExpiryYear => "Your card's expiration year is invalid.",
            Self::InvalidCvc => "Your card's security code is invalid.",
        }
    }
}
