//! Why a card is refused. Chosen by [`crate::card`], told by [`crate::error`].

/// One refusal, with the codes and words Stripe sends for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decline {
    /// The bank gave no reason.
    Generic,
    InsufficientFunds,
    /// Reported lost: the person must be told no more than `Generic` says.
    LostCard,
    StolenCard,
    /// Used too often, or over its limit.
    VelocityExceeded,
    /// Past its date, says the bank.
    ExpiredCard,
    /// The security code does not match.
    IncorrectCvc,
    /// A failure between the banks; the same card may pass later.
    ProcessingError,
    /// The postal code does not match.
    IncorrectZip,
    /// Taken for fraud, by the bank or by Radar: the person must be told no more than `Generic` says.
    Fraudulent,
    /// The bank wants the person to confirm, and nobody was there.
    AuthenticationRequired,
    /// A number that is not a published test number.
    NotATestCard,
    /// The number fails its check digit.
    IncorrectNumber,
    /// The month is not 1 to 12, or is past.
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

    /// `error.decline_code`; absent when no bank was asked.
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
